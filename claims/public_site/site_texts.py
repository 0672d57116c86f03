"""What the newsroom itself says on its pages: the version in force, in
the language of the page where there is one, and each earlier one at an
address of its own.
"""

from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.choices import SitePage
from claims.models import SiteText
from claims.public_site.decorators import changing, public
from factcheck.ledger import clock

Response = TypeVar("Response", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a page, None where the newsroom has written none."""

    version: SiteText | None
    # Another version comes into force later, when nothing else changes.
    is_due_to_change: bool

    def kept_until_then(self, response: Response) -> Response:
        return changing(response) if self.is_due_to_change else response


def text_of(page: SitePage) -> Shown:
    """In the language of the page; else in the first of the site's
    languages in which it is written.
    """
    now = clock.now()
    rows = SiteText.objects.filter(page=page).order_by("number")
    heads = list(rows.values_list("pk", "language", "in_force_from"))
    # The newest of each language comes last, and replaces those before it.
    in_force = {language: pk for pk, language, begins in heads if begins <= now}
    languages = [get_language() or "", *dict(settings.LANGUAGES)]
    chosen = next((in_force[language] for language in languages if language in in_force), None)
    return Shown(
        version=SiteText.objects.get(pk=chosen) if chosen else None,
        is_due_to_change=any(begins > now for _pk, _language, begins in heads),
    )


@public
def about(request: HttpRequest) -> HttpResponse:
    shown = text_of(SitePage.ABOUT)
    context = {"text": shown.version, "canonical": settings.SITE_URL + reverse("claims:about")}
    return shown.kept_until_then(render(request, "claims/about.html", context))


@public
def text_version(request: HttpRequest, page: str, language: str, number: int) -> HttpResponse:
    """One version. Http404 until it is in force."""
    series = SiteText.objects.filter(page=page, language=language)
    versions = list(series.in_force(clock.now()).defer("text"))
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        raise Http404(_("This text has no such version. Its page links those it has."))
    later = [other for other in versions if other.number > number]
    context = {
        "text": version,
        "others": [other for other in versions if other != version],
        # versions come newest first, so the last of the later ones is what replaced it
        "replaced": later[-1].in_force_from if later else None,
        "present": reverse(f"claims:{page.replace('-', '_')}"),
        "canonical": settings.SITE_URL + request.path,
    }
    # when a version comes into force
    return changing(render(request, "claims/text_version.html", context))
