"""How we work, for readers: the version in force, and each earlier one
at its own address.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Methodology
from claims.public_site.decorators import changing, public
from factcheck.ledger import clock


@public
def methodology(request: HttpRequest) -> HttpResponse:
    # defer: the texts are long, and only one of them is read, by a query of its own
    versions = list(Methodology.objects.in_force(clock.now()).defer("text"))
    return _render(
        request, versions[0] if versions else None, versions, reverse("claims:methodology")
    )


@public
def methodology_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version by its number. Http404 until it is in force."""
    versions = list(Methodology.objects.in_force(clock.now()).defer("text"))
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        raise Http404(
            _("The methodology has no such version. The page “How we work” lists all versions.")
        )
    return _render(request, version, versions, reverse("claims:methodology_version", args=[number]))


def _render(
    request: HttpRequest, version: Methodology | None, versions: list[Methodology], path: str
) -> HttpResponse:
    others = [other for other in versions if other != version]
    # versions come newest first, so the first later one from the end is what replaced
    # this one
    replaced = next(
        (
            other.in_force_from
            for other in reversed(versions)
            if version and other.number > version.number
        ),
        None,
    )
    context = {
        "methodology": version,
        "others": others,
        "replaced": replaced,
        "canonical": settings.SITE_URL + path,
    }
    # when a version comes into force
    return changing(render(request, "claims/methodology.html", context))
