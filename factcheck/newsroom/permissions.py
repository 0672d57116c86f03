"""Who may do what: `may(user, action, obj)` and the table of rules
behind it.

The module knows roles and relations, and no model of claims or sources:
an object says which desk it belongs to and how a person stands to it. A
superuser has no editorial power.
"""

from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom.choices import PEOPLE_ROLES, Role
from factcheck.newsroom.models import Membership, User

ADMIN, AUDITOR, CHECKER, EDITOR = Role.ADMIN, Role.AUDITOR, Role.CHECKER, Role.EDITOR
LEGAL, REPORTER, SERVICE = Role.LEGAL, Role.REPORTER, Role.SERVICE
# About oneself, so open also to people who see assigned work only.
OWN = frozenset({"interest.declare"})
# The relations that make an assigned-only role count for an object.
ASSIGNED = frozenset({"assignee", "signer"})


class Subject(Protocol):
    """What an action is done to."""

    @property
    def desk_id(self) -> int: ...

    def relations_to(self, user: User) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """Holders of one of `roles` on the object's desk; or people of that
    desk who stand in one of `relations` to it and hold one of
    `relation_roles`.
    """

    roles: frozenset[Role]
    relations: frozenset[str] = frozenset()
    relation_roles: frozenset[Role] = frozenset({CHECKER, EDITOR})


def _roles(*roles: Role) -> Rule:
    return Rule(frozenset(roles))


_WORKERS = _roles(CHECKER, EDITOR)
_EDITORS = _roles(EDITOR)
_ASSIGNEE = Rule(frozenset(), frozenset({"assignee"}))
_ASSIGNEE_OR_EDITOR = Rule(frozenset({EDITOR}), frozenset({"assignee"}))
# The author may take a submission back even after the claim was reassigned.
_AUTHOR_OR_EDITOR = Rule(frozenset({EDITOR}), frozenset({"author", "assignee"}))
# In the desk's night hours a second checker stands in for the editor.
_EDITOR_OR_NIGHT = Rule(frozenset({EDITOR}), frozenset({"night"}), frozenset({CHECKER}))

# Every permission of the project. Tests walk the whole table for every role and
# relation; a row added here must be added to tests/project/permission_matrix.txt, which
# people review.
RULES: dict[str, Rule] = {
    "article.submit": _roles(REPORTER, CHECKER, EDITOR, SERVICE),
    "article.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR, SERVICE}),
        frozenset({"submitter"}),
        frozenset({REPORTER}),
    ),
    # What is known about it besides its text, such as the headline.
    "article.correct": Rule(
        frozenset({CHECKER, EDITOR, SERVICE}), frozenset({"submitter"}), frozenset({REPORTER})
    ),
    "article.retry": _roles(CHECKER, EDITOR, SERVICE),
    # What other sites publish comes in by itself, and is read at once.
    "feed.view": _roles(CHECKER, EDITOR, AUDITOR),
    "feed.manage": _EDITORS,
    "suggestion.decide": _WORKERS,
    # A claim in words of its own; suggestions are decided by people.
    "claim.create": _roles(CHECKER, EDITOR, SERVICE),
    "claim.topic": _WORKERS,
    # Not the assignee: the tier decides how many sources their verdict needs.
    "claim.risk": _EDITORS,
    "topic.manage": _EDITORS,
    # Where the desk's claims are told of, and to whom.
    "channel.manage": _roles(EDITOR, ADMIN),
    # Where the desk's events are sent to, and where a provider sends its mail.
    "webhook.manage": _roles(EDITOR, ADMIN),
    "selection_log.view": _roles(EDITOR, AUDITOR),
    "dashboard.view": _roles(EDITOR, AUDITOR),
    "tip.view": _WORKERS,
    "tip.decide": _WORKERS,
    "tip.erase": _EDITORS,
    "claim.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR, SERVICE}),
        frozenset({"submitter", "counsel"}),
        frozenset({REPORTER, LEGAL}),
    ),
    "claim.edit": _ASSIGNEE_OR_EDITOR,
    "claim.assign": _EDITORS,
    "claim.take": _WORKERS,
    "claim.reassign": _EDITORS,
    "claim.release": _ASSIGNEE_OR_EDITOR,
    "claim.submit": _ASSIGNEE,
    "claim.sign": _WORKERS,
    "claim.request_changes": _EDITORS,
    "claim.approve": _EDITOR_OR_NIGHT,
    "claim.publish": _EDITOR_OR_NIGHT,
    "claim.approve_and_publish": _EDITOR_OR_NIGHT,
    "claim.schedule": _EDITORS,
    "claim.cancel_schedule": _EDITORS,
    "claim.confirm_night_work": _EDITORS,
    "claim.embargo": _EDITORS,
    "claim.recall": _AUTHOR_OR_EDITOR,
    "claim.decline": _EDITORS,
    "claim.reopen": _EDITORS,
    "claim.hold": _EDITORS,
    "claim.resume": _EDITORS,
    "claim.correct": _EDITORS,
    "claim.drop_correction": _EDITORS,
    "claim.retract": _EDITORS,
    "claim.confirm_retraction": _EDITORS,
    "claim.merge": _EDITORS,
    "claim.unmerge": _EDITORS,
    "claim.export": _roles(EDITOR, AUDITOR),
    # What others checked, as an import brought it.
    "fact_check.import": _EDITORS,
    "fact_check.view": _roles(CHECKER, EDITOR, AUDITOR),
    "evidence.attach": _ASSIGNEE_OR_EDITOR,
    "evidence.edit": _ASSIGNEE_OR_EDITOR,
    # The identity of a confidential source: whoever wrote the note, and people to whom
    # an editor gave access. Editors have none of their own, and give it to others only.
    "evidence.identity": Rule(frozenset(), frozenset({"writer", "granted"})),
    "identity.confirm": Rule(frozenset(), frozenset({"writer", "granted"})),
    "identity.grant": _EDITORS,
    "identity.manage": Rule(frozenset({EDITOR}), frozenset({"writer"})),
    "identity.reads": Rule(frozenset({EDITOR}), frozenset({"writer", "granted"})),
    "source_change.decide": _WORKERS,
    "evidence.view": _roles(CHECKER, EDITOR, AUDITOR, SERVICE),
    "gate.waive": _EDITORS,
    "interest.declare": _roles(*PEOPLE_ROLES),
    "interest.view": _roles(EDITOR, ADMIN),
    "reply_request.write": _ASSIGNEE_OR_EDITOR,
    "match.decide": _WORKERS,
    "repetition.add": _WORKERS,
    "repetition.confirm": _WORKERS,
    "repetition.withdraw": Rule(frozenset({EDITOR}), frozenset({"opener"})),
    "recheck.view": _roles(CHECKER, EDITOR, AUDITOR, SERVICE),
    "recheck.request": _EDITORS,
    "recheck.decide": _EDITORS,
    "query.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR}), frozenset({"asked"}), frozenset({REPORTER})
    ),
    "query.write": Rule(
        frozenset({CHECKER, EDITOR}), frozenset({"counsel", "asked"}), frozenset({LEGAL, REPORTER})
    ),
    "query.resolve": Rule(frozenset({EDITOR}), frozenset({"opener"}), frozenset({CHECKER, LEGAL})),
    "comment.write": _WORKERS,
    # Who wrote the text answers and resolves, too: the reviewer reads it again anyway.
    "comment.resolve": Rule(frozenset({EDITOR}), frozenset({"opener", "author", "assignee"})),
    # Advice of counsel stays privileged only while nobody else reads it.
    "query.privileged": _roles(EDITOR, LEGAL),
    "query.ask_sign_off": _EDITORS,
    "query.sign_off": _roles(LEGAL),
    "verdict.write": _ASSIGNEE_OR_EDITOR,
    "link.view": _roles(CHECKER, EDITOR, AUDITOR, SERVICE),
    "link.check": _WORKERS,
    "publisher.edit": _WORKERS,
    "publisher.note": _WORKERS,
    "claimant.edit": _WORKERS,
    # For good, and for all desks: whom a desk is checking is then known.
    "claimant.share": _EDITORS,
    "saved_view.share": _WORKERS,
    "saved_view.remove": _EDITORS,
    "audit.view": _roles(AUDITOR, ADMIN),
    # An admin sees who did what to accounts, and not what the desk is working on.
    "audit.view_content": _roles(AUDITOR),
    "people.manage": _roles(ADMIN),
    "ratings.manage": _roles(ADMIN),
    "methodology.manage": _roles(ADMIN),
    "site_text.manage": _roles(ADMIN),
}


def may(user: User | AnonymousUser, action: str, obj: Subject) -> bool:
    """May this person do this to this object, by roles and relations?
    Status and gates are checked by the workflow. Raises KeyError for an
    action that RULES does not have.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    rule = RULES[action]
    # Roles first: relations_to() may ask the database.
    roles = roles_for(user, obj)
    if roles & rule.roles:
        return True
    return bool(
        roles & rule.relation_roles and rule.relations and rule.relations & obj.relations_to(user)
    )


def who_may(action: str) -> str:
    """The roles that allow it on anything, in words; for who is refused."""
    roles = [str(role.label) for role in Role if role in RULES[action].roles]
    return ", ".join(roles) or _("the assignee")


def may_on_desk(user: User | AnonymousUser, action: str, desk_id: int) -> bool:
    """May this person do it on this desk, where there is no object yet?"""
    return desk_id in desks_where(user, action)


def may_anywhere(user: User | AnonymousUser, action: str) -> bool:
    """Does the person hold a role that allows the action on at least
    one desk? For menus and list pages.

    A superuser may manage people and nothing else: somebody must assign
    the first role.
    """
    if desks_where(user, action) or (action in OWN and desks_where_assigned(user, action)):
        return True
    return action == "people.manage" and user.is_superuser and user.is_active


@dataclass(frozen=True, slots=True)
class DeskAccess:
    """The desks a person's roles reach, read once for all the questions
    of one query.
    """

    # (desk id, role, whether it counts for the whole desk)
    roles: tuple[tuple[int, Role, bool], ...]

    @classmethod
    def of(cls, user: User | AnonymousUser) -> "DeskAccess":
        if not isinstance(user, User) or not user.is_active:
            return cls(())
        return cls(
            tuple(
                (membership.desk_id, Role(membership.role), membership.of_whole_desk)
                for membership in _current(user)
            )
        )

    def where(self, action: str) -> frozenset[int]:
        """Ids of the desks on which a role allows the action on everything."""
        return frozenset(
            desk for desk, role, whole in self.roles if whole and role in RULES[action].roles
        )

    def assigned(self, action: str) -> frozenset[int]:
        """Ids of the desks on which a role allows it on assigned work only."""
        return frozenset(
            desk for desk, role, whole in self.roles if not whole and role in RULES[action].roles
        )

    def related(self, action: str) -> frozenset[int]:
        """Ids of the desks on which it is allowed on objects to which
        they have one of the rule's relations.
        """
        rule = RULES[action]
        return frozenset(
            desk
            for desk, role, whole in self.roles
            if rule.relations and whole and role in rule.relation_roles
        )


def desks_where(user: User | AnonymousUser, action: str) -> frozenset[int]:
    return DeskAccess.of(user).where(action)


def desks_where_assigned(user: User | AnonymousUser, action: str) -> frozenset[int]:
    return DeskAccess.of(user).assigned(action)


def desks_where_related(user: User | AnonymousUser, action: str) -> frozenset[int]:
    return DeskAccess.of(user).related(action)


def roles_on(user: User, desk_id: int) -> frozenset[Role]:
    """The roles that count for everything on this desk."""
    return frozenset(Role(one.role) for one in _on_desk(user, desk_id) if one.of_whole_desk)


def holds(user: User, desk_id: int, role: Role) -> bool:
    """Do they hold this role on the desk at all, for the whole of it or
    for assigned work?
    """
    return any(one.role == role for one in _on_desk(user, desk_id))


def roles_for(user: User, obj: Subject) -> frozenset[Role]:
    """The roles that count for this object. Assigned-only ones are
    among them if the person is assigned to it or signed it.
    """
    memberships = _on_desk(user, obj.desk_id)
    assigned = frozenset(Role(one.role) for one in memberships if not one.of_whole_desk)
    whole = frozenset(Role(one.role) for one in memberships if one.of_whole_desk)
    return whole | assigned if assigned and ASSIGNED & obj.relations_to(user) else whole


def _on_desk(user: User, desk_id: int) -> list[Membership]:
    return [one for one in _current(user) if one.desk_id == desk_id]


def _current(user: User) -> list[Membership]:
    today = timezone.now().date()
    # all() and a loop instead of filter(): it uses what remember_roles() prefetched.
    return [one for one in user.memberships.all() if one.counts_on(today)]


def remember_roles(user: User) -> None:
    """Read the roles once, for a page that asks about a hundred
    objects.

    Never before an action: the workflow reads the roles while it holds
    the lock, because the person may have lost one since the request
    arrived.
    """
    prefetch_related_objects([user], "memberships")


def holds_any_role(user: User) -> bool:
    """Do they hold a role on any desk?"""
    return bool(_current(user))


def people_who(action: str, desk_id: int) -> QuerySet[User]:
    """Active people who may do it to anything on this desk."""
    return _holders(Membership.objects.current().of_whole_desk(), action, desk_id)


def assignable(action: str, desk_id: int) -> QuerySet[User]:
    """Active people who hold a role for it on this desk: whom an editor can assign."""
    return _holders(Membership.objects.current(), action, desk_id)


def admins_to_ask(user: User) -> QuerySet[User]:
    """Who can give this person a role: the admins of the desks where
    they had one, or else those of any desk, or else superusers.
    """
    managers = Membership.objects.current().of_whole_desk()
    managers = managers.filter(role__in=RULES["people.manage"].roles)
    own = managers.filter(desk__memberships__user=user)
    for memberships in (own, managers):
        admins = User.objects.filter(pk__in=memberships.values("user_id"))
        if admins.exists():
            return admins.order_by("username")
    return User.objects.filter(is_superuser=True, is_active=True).order_by("username")


def _holders(
    memberships: QuerySet[Membership],
    action: str,
    desk_id: int,
) -> QuerySet[User]:
    # People alone: a service account is asked, told and assigned nothing.
    roles = RULES[action].roles - {SERVICE}
    memberships = memberships.filter(desk_id=desk_id, role__in=roles)
    return User.objects.filter(pk__in=memberships.values("user_id")).order_by("username")
