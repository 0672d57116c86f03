"""Why an action was refused. A wrong person is Django's
PermissionDenied; the rest is here.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from claims.rules.unmet import UnmetRequirement


class WorkflowError(Exception):
    """The claim has a status in which this cannot be done (409)."""


class StaleError(Exception):
    """Somebody changed the row since it was read (412).

    `what` names the row in a sentence; `expected` and `current` are its
    versions then and now.
    """

    def __init__(self, what: str, *, expected: int, current: int) -> None:
        message = (
            _(
                "%(what)s was changed by someone else (you have version %(expected)s, current is"
                " %(current)s). Your changes were not saved. Review the new version and try again."
            )
            if expected <= current
            # Nobody changed it: the number is that of something else.
            else _(
                "%(what)s has no version %(expected)s yet, current is %(current)s. Your changes"
                " were not saved. Read it and send the version that you read."
            )
        )
        super().__init__(message % {"what": what, "expected": expected, "current": current})
        self.expected, self.current = expected, current


def check_current(what: str, *, expected: int | None, current: int) -> None:
    """Raise StaleError where the version that a person saw is not the
    one of now; None is no version, and is not compared.
    """
    if expected is not None and expected != current:
        raise StaleError(what, expected=expected, current=current)


class ContentChangedError(StaleError):
    """What would be signed is not what the person was shown (412).

    Captures and bylines change without a new version of the claim, so
    only the hash of the content tells.
    """

    def __init__(self) -> None:
        self.expected = self.current = 0
        Exception.__init__(
            self,
            _(
                "The content changed since you opened the page, for example a capture or a"
                " byline. Nothing was signed. Review it and sign again."
            ),
        )


class GateError(Exception):
    """Everything to fix before the action is possible (422)."""

    def __init__(self, missing: Sequence[UnmetRequirement]) -> None:
        super().__init__(" ".join(item.text for item in missing))
        self.missing = tuple(missing)
