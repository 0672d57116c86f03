"""oEmbed (https://oembed.com): how another site shows a verdict in a
frame, and what stands in it.
"""

import json
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.translation import gettext as _

from claims.choices import Category, Meanwhile
from claims.models import Verdict
from claims.public_site.addresses import address_of, of_public_record, on_public_record
from claims.public_site.caching import public_moments, with_last_modified
from claims.public_site.decorators import framed, public
from claims.public_site.share_pictures import HEIGHT as HEIGHT_OF_PICTURE
from claims.public_site.share_pictures import WIDTH as WIDTH_OF_PICTURE
from claims.public_site.share_pictures import address_of_picture
from claims.public_site.site_files import TEXT
from claims.rules.headlines import headline_of
from claims.rules.translation_of import current_original
from claims.workflow.corrections import open_correction
from factcheck.newsroom.languages import of_text

WIDTH, HEIGHT = 600, 320
SMALLEST = 120
Json = dict[str, Any]


@public
def oembed(request: HttpRequest) -> HttpResponse:
    """What to put into a page for the address of a verdict."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(_("Ask for format=json."), status=501, content_type=TEXT)
    try:
        width = _limited(request, "maxwidth", WIDTH)
        height = _limited(request, "maxheight", HEIGHT)
    except ValueError as error:
        return HttpResponseBadRequest(str(error), content_type=TEXT)
    verdict = _verdict_at(request.GET.get("url", ""))
    content: Json = json.loads(verdict.content)
    title = headline_of(content)
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
        address_of(verdict, "claims:embed"),
        width,
        height,
        title,
    )
    data = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "html": frame,
        "width": width,
        "height": height,
    }
    picture = address_of_picture(
        verdict, correction=open_correction(verdict), original=current_original(content)
    )
    if picture:
        size = {"thumbnail_width": WIDTH_OF_PICTURE, "thumbnail_height": HEIGHT_OF_PICTURE}
        data |= {"thumbnail_url": picture, **size}
    return with_last_modified(JsonResponse(data), verdict.published_at)


def _limited(request: HttpRequest, name: str, most: int) -> int:
    typed = request.GET.get(name, str(most))
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) >= SMALLEST):
        raise ValueError(
            _("%(name)s must be a number of pixels from %(least)s on.")
            % {"name": name, "least": SMALLEST}
        )
    return min(most, int(typed[:9]))


def _verdict_at(url: str) -> Verdict:
    """The verdict whose page has the address; Http404 for any other
    address, and for what readers do not have now.
    """
    unknown = Http404(_("Give the address of a published verdict of this site as url."))
    try:
        parts, site = urlsplit(url), urlsplit(settings.SITE_URL)
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        raise unknown from None
    if parts.netloc != site.netloc or match.view_name != "claims:verdict":
        raise unknown
    verdict = on_public_record(match.kwargs["address"])
    if not Verdict.objects.readable().filter(pk=verdict.pk).exists():
        raise unknown
    return verdict


@partial(of_public_record, page=framed)
def embed(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page in the frame. It is there for good, and says so itself
    when the verdict was corrected, is in doubt, or was retracted.
    """
    content: Json = json.loads(verdict.content)
    correction, original = open_correction(verdict), current_original(content)
    in_doubt = correction if correction and correction.meanwhile != Meanwhile.UNCHANGED else None
    context = {
        "verdict": verdict,
        "content": content,
        "language": content["language"],
        "zone": verdict.claim.desk.time_zone,
        "canonical": address_of(verdict),
        "open_correction": in_doubt,
        "withheld": in_doubt is not None and in_doubt.meanwhile == Meanwhile.WITHHELD,
        "corrected": bool(verdict.corrects_id) and verdict.category != Category.TYPO,
        "original_in_question": original is not None and original.is_in_question,
    }
    with of_text(content["language"]):
        response = render(request, "claims/embed.html", context)
    response["X-Robots-Tag"] = "noindex"
    moments = (
        *public_moments(verdict.claim.verdicts.all()),
        *(original.moments if original else ()),
    )
    return with_last_modified(response, *moments)
