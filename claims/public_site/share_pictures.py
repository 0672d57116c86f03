"""The picture that others show of a verdict: its rating and claim, as a
PNG of the size that OpenGraph and Twitter cards want.
"""

import json
import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from claims.choices import Category, Meanwhile
from claims.models import Verdict
from claims.public_site.addresses import address_of, of_public_record
from claims.public_site.caching import public_moments, with_last_modified
from claims.rules.headlines import wording_of
from claims.rules.translation_of import Original, current_original
from claims.templatetags.reading import direction
from claims.workflow.corrections import open_correction
from factcheck.newsroom.languages import of_text

WIDTH, HEIGHT = 1200, 630
_PAGE = Path(__file__).with_name("share_picture.typ")
_ACCENT = "#0b4f8a"
# Longer ones could not be read on a phone.
LONGEST_CLAIM, LONGEST_NAME = 260, 60
# What the fonts that come with Typst have a picture of: a letter outside these would be
# an empty box. Latin with all its accents, Greek, Cyrillic, Hebrew, Arabic without
# marks, punctuation and money; a test sets each of them.
DRAWABLE = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B),
    (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE),
    (0x400, 0x45F), (0x490, 0x493), (0x5D0, 0x5EA), (0x60C, 0x60C), (0x61B, 0x61B),
    (0x61F, 0x61F), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x669), (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2122, 0x2122), (0x2212, 0x2212),
)  # fmt: skip
Json = dict[str, Any]
_CODE = re.compile(r"[a-z]{2,3}")


@of_public_record
def share_picture(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Of a retracted verdict it says that alone. Http404 while it is
    withheld, and where the fonts lack a letter.
    """
    content: Json = json.loads(verdict.content)
    words = _words(verdict, open_correction(verdict), current_original(content))
    if words is None:
        raise Http404(_("There is no picture of this verdict."))
    picture = HttpResponse(drawn(words), content_type="image/png")
    picture["X-Robots-Tag"] = "noindex"
    return with_last_modified(picture, *public_moments(verdict.claim.verdicts.all()))


def address_of_picture(
    verdict: Verdict, *, correction: Verdict | None, original: Original | None
) -> str:
    """With a mark of what is drawn, so that whoever stored an older
    picture fetches the new one; "" where there is none. `correction` is
    the open one.
    """
    words = _words(verdict, correction, original)
    if words is None:
        return ""
    mark = sha256(words.encode()).hexdigest()[:12]
    return f"{address_of(verdict, 'claims:share_picture')}?v={mark}"


def _words(verdict: Verdict, correction: Verdict | None, original: Original | None) -> str | None:
    """What stands on the picture now, as JSON. None while that is
    withheld, and where it cannot be drawn.
    """
    content: Json = json.loads(verdict.content)
    if correction and correction.meanwhile == Meanwhile.WITHHELD:
        return None
    in_doubt = (correction is not None and correction.meanwhile != Meanwhile.UNCHANGED) or (
        original is not None and original.is_in_question
    )
    with of_text(content["language"]):
        words = _frame(content) | _said(verdict, content, in_doubt=in_doubt)
    return json.dumps(words, sort_keys=True, ensure_ascii=False) if is_drawable(words) else None


def _frame(content: Json) -> Json:
    code = content["language"].split("-")[0].lower()
    return {
        "site": _line(settings.SITE_NAME, LONGEST_NAME),
        "accent": settings.BRAND_COLOUR or _ACCENT,
        # By which rules words are parted; Typst refuses what is no such code.
        "language": code if _CODE.fullmatch(code) else "en",
        "right_to_left": direction(content["language"]) == "rtl",
        "kicker": _("The claim"),
        "colour": content["rating"]["colour"],
    }


def _said(verdict: Verdict, content: Json, *, in_doubt: bool) -> Json:
    blank = {"mark": "", "rating": "", "claim": "", "day": ""}
    if verdict.retracted_at:
        return blank | {"mark": _("We have retracted this fact check")}
    day = _day(verdict)
    shown = blank | {"claim": _line(wording_of(content), LONGEST_CLAIM), "day": day}
    if in_doubt:
        # The rating would be passed on without the notice beside it.
        return shown | {"mark": capfirst(_("under review"))}
    if verdict.corrects_id and verdict.category != Category.TYPO:
        shown["mark"] = _("Corrected on %(date)s") % {"date": day}
    return shown | {"rating": _line(content["rating"]["name"], LONGEST_NAME)}


def _day(verdict: Verdict) -> str:
    if verdict.published_at is None:
        raise ValueError(f"{verdict} is not published.")
    local = verdict.published_at.astimezone(ZoneInfo(verdict.claim.desk.time_zone))
    return date_format(local, "DATE_FORMAT")


def is_drawable(words: Json) -> bool:
    letters = {letter for value in words.values() if isinstance(value, str) for letter in value}
    return all(any(low <= ord(one) <= high for low, high in DRAWABLE) for one in letters)


def _line(text: str, longest: int) -> str:
    return Truncator(unicodedata.normalize("NFC", " ".join(text.split()))).chars(longest)


@lru_cache(maxsize=128)
def drawn(words: str) -> bytes:
    """The PNG, kept by what stands on it: no correction finds an older
    one, and no publication of another verdict takes it away.
    """
    # One pixel a point, and its own fonts only: the same picture on every machine.
    picture = typst.compile(
        str(_PAGE),
        root=str(_PAGE.parent),
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={"words": words},
    )
    if not isinstance(picture, bytes):
        raise TypeError("The picture of a verdict is one page.")
    return picture
