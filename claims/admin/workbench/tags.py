"""The free tags of a claim: each with a button that takes it away, and a field for one
more.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk import tags
from claims.models import Claim
from claims.models.tag import LONGEST_TAG
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import ListInput


class TagForm(Part):
    part = "tag"
    section = "claim"

    tag = forms.CharField(
        label=gettext_lazy("Tag"),
        max_length=LONGEST_TAG,
        widget=ListInput("tags"),
    )


def context(state: PageState) -> Context:
    claim, by = state.claim, state.by
    shown: Context = {"tags": [tag.name for tag in claim.tags.all()], "tag_form": None}
    if may(by, "claim.topic", claim):
        shown |= {"tag_form": TagForm(), "offered_tags": tags.offered(claim, by)}
    return shown


def add(request: HttpRequest, claim: Claim) -> Answer:
    form = TagForm(request.POST)

    def change() -> str:
        if not form.is_valid():
            raise ValidationError(
                _("A tag has 1 to %(count)d characters and no comma.") % {"count": LONGEST_TAG}
            )
        tags.add_tag(claim, by=person(request), name=form.cleaned_data["tag"])
        return _("Tag added.")

    return respond(request, claim, None, change, section="claim")


def remove(request: HttpRequest, claim: Claim) -> Answer:
    def change() -> str:
        tags.remove_tag(claim, by=person(request), name=request.POST.get("tag", ""))
        return _("Tag removed.")

    return respond(request, claim, None, change, section="claim")


PANEL = Panel(
    context,
    (Route("tags/", add, "tag"), Route("tags/remove/", remove, "tag_remove")),
)
