"""How others cite a verdict: as an entry for BibTeX."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from claims.models import Verdict
from claims.rules.headlines import headline_of

# What TeX would take for a command.
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "{}$&#%_"},
    }
)


def bibtex(verdict: Verdict, content: dict[str, Any], *, url: str) -> str:
    """The entry of this version: what it says may change with the next."""
    published = verdict.published_at
    if published is None:
        raise ValueError(f"{verdict} is not published.")
    day = published.astimezone(ZoneInfo(verdict.claim.desk.time_zone)).date()
    fields = {
        "author": f"{{{_text(settings.SITE_NAME)}}}",
        "title": f"{{{_text(headline_of(content))}}}",
        "year": str(day.year),
        "date": day.isoformat(),
        "version": str(verdict.number),
        # Not escaped: packages that print it take it as it is.
        "url": url,
        "language": content["language"],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    key = f"factcheck-{verdict.claim.public_id.hex[:8]}-{verdict.number}"
    return "\n".join([f"@online{{{key},", *lines, "}"])


def _text(words: str) -> str:
    return " ".join(words.split()).translate(_ESCAPED)
