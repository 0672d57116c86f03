"""The page that offers the bookmarklet: a bookmark that sends the page
one reads, and the words selected in it, to our forms.

The policy of our pages forbids scripts in links, so that a click on it
here does nothing. It is there to be dragged or copied.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.home_panels import Entry, add_entry
from factcheck.newsroom.permissions import may_anywhere
from sources.admin.bookmarklet import NAME

add_entry(
    90, Entry(gettext_lazy("Bookmarklet"), "admin:claims_claim_bookmarklet", "article.submit")
)

# Of what is percent-encoded. Whoever is signed out comes back by an address that has it
# encoded twice, and servers take lines of 4,094 characters.
URL, TITLE, TEXT = 700, 200, 1300
_SCRIPT = (
    "javascript:(()=>{"
    # Half a character cannot be encoded.
    'const e=s=>encodeURIComponent(s.replace(/\\p{Cs}/gu,""));'
    'const c=(s,m)=>{let a=[...s];while(e(a.join("")).length>m)a.length=Math.min('
    'Math.floor(a.length*.95),m);return e(a.join(""))};'
    "const u=e(location.href);"
    'open("%(form)s?via=%(name)s&url="+(u.length>%(url)s?"":u)'
    '+"&title="+c(document.title,%(title)s)'
    '+"&text="+c(String(getSelection()).trim(),%(text)s),"_blank","noopener")'
    "})()"
)


@dataclass(frozen=True, slots=True)
class Bookmarklet:
    slug: str
    name: str
    purpose: str
    # Where the form is, for whoever makes the address by hand or by an app.
    form: str

    @property
    def script(self) -> str:
        return _SCRIPT % {
            "form": self.form,
            "name": NAME,
            "url": URL,
            "title": TITLE,
            "text": TEXT,
        }

    @property
    def address(self) -> str:
        return f"{self.form}?via={NAME}&url=…&title=…&text=…"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    by = person(request)
    offered = [
        made
        for action, made in (
            ("claim.create", _of_claims()),
            ("article.submit", _of_articles()),
        )
        if may_anywhere(by, action)
    ]
    if not offered:
        raise PermissionDenied(_("Your role adds neither claims nor articles."))
    context = {
        **admin.site.each_context(request),
        "title": _("Bookmarklet"),
        "opts": Claim._meta,
        "bookmarklets": offered,
    }
    return TemplateResponse(request, "admin/claims/claim/bookmarklet.html", context)


def _of_claims() -> Bookmarklet:
    return Bookmarklet(
        "claim",
        _("Check this claim"),
        _("Select what somebody said, then press it: the form for a claim opens, filled in."),
        settings.SITE_URL + reverse("admin:claims_claim_add"),
    )


def _of_articles() -> Bookmarklet:
    return Bookmarklet(
        "article",
        _("Add this article"),
        _("Press it on any page: the form for an article opens with its address."),
        settings.SITE_URL + reverse("admin:sources_article_add"),
    )
