"""What the newsroom refused, and that it could not be asked."""

from typing import Any


class ApiError(Exception):
    """The newsroom said no. Its text is what was said, with everything
    that is missing or wrong.
    """

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.title = str(problem.get("title") or "")
        self.detail = str(problem.get("detail") or self.title or "No reason was given.")
        # Each with `text`, and `field` or `anchor` where there is one.
        self.errors: list[dict[str, str]] = list(problem.get("errors") or [])
        super().__init__(status, problem)

    def __str__(self) -> str:
        told = [self.detail]
        for error in self.errors:
            place = error.get("field") or error.get("anchor") or ""
            line = f"{place}: {error['text']}" if place else error["text"]
            if error["text"] not in self.detail:
                told.append(line)
        return "\n".join(told)


class UnreachableError(Exception):
    """The newsroom's site did not answer, or not as this API does."""
