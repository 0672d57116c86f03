"""The pages of one claimant and of one topic."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.public_site.caching import newest_public_moments, with_last_modified
from claims.public_site.decorators import public
from claims.public_site.list_pages import context_of
from claims.public_site.published import Filters, published


@public
def claimant_page(request: HttpRequest, claimant: UUID) -> HttpResponse:
    """What somebody said that was checked, and how it was rated."""
    return _page(request, "claimant", claimant)


@public
def topic_page(request: HttpRequest, topic: UUID) -> HttpResponse:
    return _page(request, "topic", topic)


def _page(request: HttpRequest, name: str, key: UUID) -> HttpResponse:
    """Http404 where readers have nothing of it, as where it does not exist."""
    filters = Filters(**{name: str(key)})
    rows = published(filters)
    newest = rows.select_related(name).first()
    if newest is None:
        raise Http404(_("No published verdict is about this. Search all verdicts instead."))
    ratings = rows.order_by("rating").values_list("rating").annotate(Count("pk"))
    path = reverse(f"claims:{name}", args=[key])
    context: dict[str, Any] = {
        **context_of(request, filters, rows, path=path, in_path=name),
        "kind": name,
        # As it was signed last: the words of a claimant's row never change.
        "subject": getattr(newest, name),
        "ratings": list(ratings),
    }
    response = render(request, "claims/subject.html", context)
    return with_last_modified(response, *newest_public_moments())
