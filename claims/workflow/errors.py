"""Why a move was refused. A wrong person is Django's PermissionDenied; the rest is here."""

from collections.abc import Sequence

from claims.rules.unmet import UnmetRequirement


class WorkflowError(Exception):
    """The claim is in a state from which this cannot be done (409)."""


class StaleError(Exception):
    """Somebody changed the row since it was read (412)."""

    def __init__(self, what: str, *, expected: int, found: int) -> None:
        super().__init__(
            f"{what} was changed by somebody else since you opened it (you have version {expected},"
            f" it is now {found}). Nothing of yours was saved. Look at the new version, then do it"
            " again."
        )
        self.expected, self.found = expected, found


class ContentChangedError(StaleError):
    """What would be signed is not what the person was shown (412): not every change of it is a
    version of the claim.
    """

    def __init__(self) -> None:
        self.expected = self.found = 0
        Exception.__init__(
            self,
            "What you would sign is not what you were shown: something it says or stands on has"
            " changed since, such as the copy of a page or the name of a publisher. Nothing was"
            " signed. Look at it again, then sign.",
        )


class GateError(Exception):
    """Everything that is missing before the move, in words (422)."""

    def __init__(self, missing: Sequence[UnmetRequirement]) -> None:
        super().__init__(" ".join(item.text for item in missing))
        self.missing = tuple(missing)
