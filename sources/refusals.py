"""Refusals of the modules that know no Django. What went wrong and what
to do is said in English, as the API and stored rows say it; pages
translate the same sentence when they show it.
"""


class RefusedError(ValueError):
    """A whole sentence, and the values that stand in it as %(name)s."""

    def __init__(self, text: str, **values: str | int) -> None:
        self.text, self.values = text, values
        # Without values a text may hold a bare %.
        super().__init__(text % _english(values) if values else text)


def gettext_noop(text: str) -> str:
    """Marks a text that is translated later, as Django's does."""
    return text


def _english(values: dict[str, str | int]) -> dict[str, str]:
    return {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()
    }
