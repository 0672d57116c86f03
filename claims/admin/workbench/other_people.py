"""Who could make the moves that a person cannot make, and what happens
without anybody.
"""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Action, VerdictState
from claims.models import Claim, Verdict
from claims.rules.content import IN_WORK
from claims.rules.whom_to_ask import ask, people_for
from claims.workflow.schedule import planned
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import RULES, Rule
from factcheck.newsroom.time_zones import format_local

_ROLES = {
    Role.CHECKER: gettext_lazy("checkers"),
    Role.EDITOR: gettext_lazy("editors"),
}
_RELATIONS = {
    "assignee": gettext_lazy("the assignee"),
    "author": gettext_lazy("the author"),
}


def who_else(actions: Iterable[Action], claim: Claim, user: User) -> tuple[str, ...]:
    """A line for each move: the roles, and people of the desk who have
    them and are not kept from this claim.
    """
    # The same few people hold the roles of nearly all moves.
    holders: dict[frozenset[Role], list[User]] = {}
    lines = []
    for action in actions:
        rule = RULES[f"claim.{action}"]
        if rule.roles not in holders:
            holders[rule.roles] = people_for(f"claim.{action}", claim)
        people = [*_related(rule, claim), *holders[rule.roles]]
        barred = {user.pk, *_barred(action, claim)}
        able = {one.pk: one for one in people if one.pk not in barred}
        lines.append(_line(action, rule, claim, list(able.values())))
    return tuple(lines)


def waiting_for(action: Action, claim: Claim) -> str:
    """Whose step is next, in a few words for the bar."""
    rule = RULES[f"claim.{action}"]
    by_name = claim.assignee if rule.relations == {"assignee"} else None
    people = str(by_name) if by_name else _kinds(rule, claim)
    return _("Next: %(action)s, by %(people)s") % {"action": action.label, "people": people}


def scheduled_for(claim: Claim) -> str:
    """When a schedule publishes the claim, in a few words for the bar;
    nothing once that failed, as somebody has to act then.
    """
    plan = planned(claim)
    if plan is None or plan.failed:
        return ""
    return _("To be published on %(time)s") % {"time": format_local(plan.at, plan.zone)}


def _line(action: Action, rule: Rule, claim: Claim, people: list[User]) -> str:
    return _("%(action)s: %(roles)s. %(ask)s") % {
        "action": action.label,
        "roles": _kinds(rule, claim),
        "ask": ask(people, claim),
    }


def _kinds(rule: Rule, claim: Claim) -> str:
    return get_text_list([*_roles(rule), *_by_night(rule, claim)], _("or"))


def _roles(rule: Rule) -> list[str]:
    roles = [str(_ROLES.get(role, role.label)) for role in sorted(rule.roles)]
    return roles + [str(text) for name, text in _RELATIONS.items() if name in rule.relations]


def _by_night(rule: Rule, claim: Claim) -> list[str]:
    """“night” is a relation by the clock, and only on desks that
    publish by night.
    """
    desk = claim.desk
    if "night" not in rule.relations or not (desk.night_from and desk.night_until):
        return []
    hours = {
        "start": f"{desk.night_from:%H:%M}",
        "end": f"{desk.night_until:%H:%M}",
        "zone": desk.time_zone,
    }
    return [_("between %(start)s and %(end)s (%(zone)s) a checker who is not the author") % hours]


def _related(rule: Rule, claim: Claim) -> list[User]:
    found = [claim.assignee] if "assignee" in rule.relations else []
    if "author" in rule.relations:
        found += [one.author for one in _verdicts(claim) if one.author_hash]
    return [person for person in found if person]


def _barred(action: Action, claim: Claim) -> set[int | None]:
    """Who did the first half of what needs two people."""
    if action in {Action.APPROVE, Action.APPROVE_AND_PUBLISH}:
        return {one.author_id for one in _verdicts(claim)}
    if action == Action.CONFIRM_NIGHT_WORK:
        return {pk for one in _verdicts(claim) for pk in (one.author_id, one.approver_id)}
    if action == Action.CONFIRM_RETRACTION:
        return {one.retracted_by_id for one in claim.verdicts.all()}
    return set()


def _verdicts(claim: Claim) -> list[Verdict]:
    """In work, or what readers have."""
    # all(), not filter(): the workbench prefetches the versions.
    states = {*IN_WORK, VerdictState.PUBLISHED}
    return [one for one in claim.verdicts.all() if one.state in states]
