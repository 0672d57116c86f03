"""What a new newsroom does first, as steps with buttons, until its
first verdict is published.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.claim_work import list_of
from claims.choices import Action
from claims.models import Claim, Evidence, Transition, Verdict
from factcheck.newsroom.choices import Role
from factcheck.newsroom.home_panels import Guide, Step, add_guide
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import desks_where, may_anywhere
from sources.models import Article


def first_steps(user: User) -> Guide | None:
    """None for people who could take none of them."""
    working, managing = desks_where(user, "suggestion.decide"), desks_where(user, "people.manage")
    steps = [
        *(_people_steps(managing) if may_anywhere(user, "people.manage") else []),
        *(_claim_steps(user, working) if working else []),
    ]
    published = Verdict.objects.published().order_by()
    desks = working | managing
    return (
        Guide(
            tuple(steps),
            # Somebody who only manages people may belong to no desk.
            published.filter(claim__desk__in=desks) if desks else published,
        )
        if steps
        else None
    )


def _people_steps(desks: frozenset[int]) -> list[Step]:
    current = Membership.objects.current().order_by()
    here = current.filter(desk__in=desks) if desks else current
    return [
        Step(
            _("Invite a checker"),
            _("Checkers choose claims, attach evidence and write verdicts."),
            _("Write to a checker"),
            reverse("admin:newsroom_user_add"),
            here.filter(role=Role.CHECKER),
        ),
        Step(
            _("Invite an editor"),
            _("Two people sign each verdict; one of them is an editor."),
            _("Write to an editor"),
            reverse("admin:newsroom_user_add"),
            here.filter(role=Role.EDITOR),
        ),
    ]


def _claim_steps(user: User, desks: frozenset[int]) -> list[Step]:
    here = Q(claim__desk__in=desks)
    submitted = Transition.objects.filter(here, action=Action.SUBMIT).order_by()
    signing = "to_sign" if desks_where(user, "claim.approve") else "in_review"
    return [
        Step(
            _("Add an article"),
            _("Paste a text or an address. Its claims are found and ranked for you."),
            _("Paste a text"),
            reverse("admin:sources_article_add"),
            Article.objects.filter(desk__in=desks).order_by(),
        ),
        Step(
            _("Choose what to check"),
            _("Accept a suggestion of the article, or add a claim of your own."),
            _("See suggestions"),
            reverse("admin:sources_article_changelist"),
            Claim.objects.filter(desk__in=desks).order_by(),
        ),
        Step(
            _("Take a claim and attach evidence"),
            _("Each source is kept as it is today, and its quote is looked for."),
            _("See what is open"),
            list_of("unassigned"),
            Evidence.objects.filter(here).order_by(),
        ),
        Step(
            _("Write the verdict and submit it"),
            _("Your submission is the first of two signatures."),
            _("See my work"),
            list_of("mine", assignee__id__exact=user.pk),
            submitted,
        ),
        Step(
            _("Let a second person sign and publish it"),
            _("Readers then see the verdict with its evidence."),
            _("See what awaits review"),
            list_of(signing),
            Verdict.objects.published().filter(here).order_by(),
        ),
    ]


add_guide(first_steps)
