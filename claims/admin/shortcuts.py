"""The keys that lead to editorial work from every staff screen."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.claim_work import list_of
from factcheck.newsroom.models import User
from factcheck.newsroom.shortcuts import Shortcut, add_shortcut


def my_queue(user: User) -> str:
    """What the panel “My claims” counts."""
    return list_of("mine", assignee__id__exact=user.pk)


def triage(_user: User) -> str:
    return f"{reverse('admin:sources_article_changelist')}?triage=open"


def new_claim(_user: User) -> str:
    return reverse("admin:claims_claim_add")


add_shortcut(Shortcut(("g", "q"), _("my claims"), my_queue, "claim.take"))
add_shortcut(Shortcut(("g", "t"), _("articles to triage"), triage, "suggestion.decide"))
add_shortcut(Shortcut(("n",), _("new claim"), new_claim, "claim.create"))
