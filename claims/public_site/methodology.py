"""How we work, for readers: the version in force, and each earlier one at its own address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.models import Methodology
from claims.public_site.decorators import public
from factcheck.ledger import clock


@public
def methodology(request: HttpRequest) -> HttpResponse:
    versions = list(Methodology.objects.in_force(clock.now()).defer("text"))
    return _shown(
        request, versions[0] if versions else None, versions, reverse("claims:methodology")
    )


@public
def methodology_version(request: HttpRequest, number: int) -> HttpResponse:
    """What is not in force yet has no page yet."""
    versions = list(Methodology.objects.in_force(clock.now()).defer("text"))
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404(
            "There is no methodology of this version. The page “How we work” lists those there are."
        )
    return _shown(request, found, versions, reverse("claims:methodology_version", args=[number]))


def _shown(
    request: HttpRequest, found: Methodology | None, versions: list[Methodology], path: str
) -> HttpResponse:
    others = [one for one in versions if one != found]
    replaced = next(
        (one.in_force_from for one in reversed(versions) if found and one.number > found.number),
        None,
    )
    context = {
        "method": found,
        "others": others,
        "replaced": replaced,
        "canonical": settings.SITE_URL + path,
    }
    return render(request, "claims/methodology.html", context)
