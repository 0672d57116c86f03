"""The product's own site with a bare view beside it; and, run as a
program, which pages there are to ask for.
"""

import json
import re
from collections import Counter
from urllib.parse import quote

# It prepares Django, which the models below need.
from factcheck.wsgi import application  # isort: split

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse

from claims.models import Listing, Verdict

__all__ = ["application"]
BARE = "healthz/bare"
WORDS = 20
_word = re.compile(r"[^\W\d_]{4,}")


def bare(request: HttpRequest) -> HttpResponse:
    """What any view costs here, whatever it does."""
    return HttpResponse("ok")


# This module is the root of the addresses as well: below healthz no page is looked for
# in the cache.
urlpatterns: list[URLPattern | URLResolver] = [
    path(BARE, bare),
    path("", include("factcheck.urls")),
]
settings.ROOT_URLCONF = __name__


def pages() -> dict[str, str]:
    newest = Listing.objects.newest_first().select_related("verdict__claim")
    address = newest[0].verdict.claim.address
    return {
        "bare": f"/{BARE}",
        "verdict": reverse("claims:verdict", kwargs={"address": address}),
        "list": reverse("claims:verdicts"),
    }


def searches() -> list[str]:
    """For the words that most verdicts have."""
    found: Counter[str] = Counter()
    for text in Verdict.objects.published().values_list("short_answer", flat=True)[:500]:
        found.update(set(_word.findall(text.lower())))
    return [f"?q={quote(word)}" for word, _number in found.most_common(WORDS)]


if __name__ == "__main__":
    number = Listing.objects.count()
    print(json.dumps({"verdicts": number, "pages": pages(), "searches": searches()}))
