"""The pictures of a claim on its workbench: what the file says of its
making, and beside each the claims with the same or a similar one.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.evidence.downloads import preview_of
from claims.matching import pictures
from claims.matching.model import Likeness
from claims.matching.pictures import PictureMatch, PictureOnClaim
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may
from sources.models import Picture

_ANSWERS = {"same": True, "different": False, "": None}
_LIKENESS: dict[Likeness, Promise] = {
    Likeness.SAME: pgettext_lazy("picture", "Looks the same"),
    Likeness.SIMILAR: pgettext_lazy("picture", "Looks similar"),
}
_DETAILS: dict[str, Promise] = {
    "camera": gettext_lazy("Camera"),
    "lens": gettext_lazy("Lens"),
    "software": gettext_lazy("Software"),
    "artist": gettext_lazy("Author"),
    "copyright": gettext_lazy("Copyright"),
    "description": gettext_lazy("Description"),
}
_WRITTEN = "%Y:%m:%d %H:%M:%S"  # as cameras write times


@dataclass(frozen=True, slots=True)
class MatchRow:
    match: PictureMatch
    word: Promise


@dataclass(frozen=True, slots=True)
class PictureRow:
    """`details` are what the file says of its making, each with its name."""

    picture: Picture
    numbers: list[int]
    details: list[tuple[Promise, str]]
    matches: list[MatchRow]


def context(state: PageState) -> Context:
    shown = (
        pictures.pictures_of(state.claim, state.evidence, by=state.by)
        if state.reads_evidence
        else []
    )
    return {
        "pictures": [_row(one) for one in shown],
        "may_decide_pictures": bool(shown) and may(state.by, "match.decide", state.claim),
    }


def _row(one: PictureOnClaim) -> PictureRow:
    return PictureRow(
        one.picture,
        [item.number for item in one.evidence],
        _details(one.picture),
        [MatchRow(match, _word(match)) for match in one.matches],
    )


def _word(match: PictureMatch) -> Promise:
    if match.same_file:
        return pgettext_lazy("picture", "Same file")
    return _LIKENESS[match.likeness]


def _details(picture: Picture) -> list[tuple[Promise, str]]:
    given = picture.details
    rows: list[tuple[Promise, str]] = []
    if given.get("taken_at"):
        rows.append((gettext_lazy("Taken"), _time(given["taken_at"], given.get("offset", ""))))
    if given.get("changed_at"):
        rows.append((gettext_lazy("Last changed"), _time(given["changed_at"], "")))
    if "latitude" in given and "longitude" in given:
        rows.append((gettext_lazy("Place"), _place(given["latitude"], given["longitude"])))
    camera = " ".join(filter(None, (given.get("make"), given.get("model"))))
    words = given | {"camera": camera}
    return rows + [(name, words[key]) for key, name in _DETAILS.items() if words.get(key)]


def _time(written: str, offset: str) -> str:
    """In the language of the page; as it was written where that is no time."""
    try:
        # Of the clock of the camera, wherever that was.
        at = datetime.strptime(written, _WRITTEN)  # noqa: DTZ007
    except ValueError:
        return written
    return f"{date_format(at, 'DATETIME_FORMAT')} {offset}".strip()


def _place(latitude: float, longitude: float) -> str:
    north = pgettext("compass", "N") if latitude >= 0 else pgettext("compass", "S")
    east = pgettext("compass", "E") if longitude >= 0 else pgettext("compass", "W")
    return f"{abs(latitude):.5f}° {north}, {abs(longitude):.5f}° {east}"


def preview(request: HttpRequest, claim: Claim, picture: UUID) -> Answer:
    row = pictures.picture_on(claim, picture, by=person(request))

    def send() -> HttpResponseBase:
        response = preview_of(row) if row else None
        if response is None:
            raise Http404(_("Picture not found, or you do not have access to it."))
        return response

    return respond(request, claim, None, send, atomic=False)


def decide(request: HttpRequest, claim: Claim, picture: UUID, other_picture: UUID) -> Answer:
    answer = request.POST.get("answer", "")

    def save() -> str:
        try:
            same = _ANSWERS[answer]
            pictures.decide(claim, picture, other_picture, same=same, by=person(request))
        except (KeyError, ObjectDoesNotExist):
            raise Http404(_("Picture not found, or you do not have access to it.")) from None
        return _("Saved.") if same is not None else _("Taken back.")

    return respond(request, claim, None, save, section="pictures")


PANEL = Panel(
    context,
    (
        Route("pictures/<uuid:picture>/preview/", preview, "picture", reads=True),
        Route("pictures/<uuid:picture>/<uuid:other_picture>/", decide, "picture_decide"),
    ),
)
