"""The small files that programs look for on every site."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.public_site.contact import contact_url
from claims.public_site.decorators import changing, public
from factcheck.ledger import clock
from factcheck.newsroom.brand import style_sheet

TEXT = "text/plain; charset=utf-8"
CLOSED = ("/admin/", "/accounts/", "/api/")
# RFC 9116 wants less than a year, so that nobody writes to an address long given up.
SECURITY_TXT_DAYS = 180


@public
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('claims:sitemap_index')}",
        f"Sitemap: {settings.SITE_URL}{reverse('claims:news_sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@public
def brand_css(request: HttpRequest) -> HttpResponse:
    """The newsroom's colours; a file of its own, as pages have no styles inside."""
    return HttpResponse(style_sheet(), content_type="text/css; charset=utf-8")


@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    contact = contact_url()
    if not contact:
        raise Http404(_("This newsroom has named no contact; FACTCHECK_CONTACT sets one."))
    now = clock.now()
    # midnight, so that the file stays the same for a day
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    expires = midnight + timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('claims:security_txt')}",
    ]
    return changing(HttpResponse("\n".join(lines) + "\n", content_type=TEXT))
