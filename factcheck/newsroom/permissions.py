"""`may(user, action, obj)`: every question of who may do what is answered here.

It knows roles and relations, and no model of claims or sources: an object says which desk it
belongs to and how a person stands to it. A superuser has no editorial power.
"""

from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Membership, User

ADMIN, AUDITOR, CHECKER, EDITOR = Role.ADMIN, Role.AUDITOR, Role.CHECKER, Role.EDITOR
LEGAL, REPORTER = Role.LEGAL, Role.REPORTER
OWN = frozenset({"interest.declare"})  # about oneself: also by those who see assigned work alone
ASSIGNED = frozenset(
    {"assignee", "signer"}
)  # what makes a role that is assigned-only count for an object


class Subject(Protocol):
    """What an action is done to."""

    @property
    def desk_id(self) -> int: ...

    def relations_to(self, user: User) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """Holders of one of `roles` on the object's desk; or people of that desk who stand in one of
    `relations` to it and hold one of `relation_roles`.
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
_AUTHOR_OR_EDITOR = Rule(frozenset({EDITOR}), frozenset({"author", "assignee"}))
_EDITOR_OR_NIGHT = Rule(frozenset({EDITOR}), frozenset({"night"}), frozenset({CHECKER}))

RULES: dict[str, Rule] = {
    "article.submit": _roles(REPORTER, CHECKER, EDITOR),
    "article.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR}), frozenset({"reader_tip"}), frozenset({REPORTER})
    ),
    "article.retry": _WORKERS,
    "suggestion.decide": _WORKERS,
    "claim.create": _WORKERS,
    "claim.topic": _WORKERS,
    "topic.manage": _EDITORS,
    "selection_log.view": _roles(EDITOR, AUDITOR),
    "tip.view": _WORKERS,
    "tip.erase": _EDITORS,
    "claim.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR}),
        frozenset({"reader_tip", "counsel"}),
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
    "evidence.attach": _ASSIGNEE_OR_EDITOR,
    "evidence.edit": _ASSIGNEE_OR_EDITOR,
    "evidence.identity": Rule(frozenset({EDITOR}), frozenset({"writer"})),
    "source_change.decide": _WORKERS,
    "evidence.view": _roles(CHECKER, EDITOR, AUDITOR),
    "gate.waive": _EDITORS,
    "interest.declare": _roles(*Role),
    "interest.view": _roles(EDITOR, ADMIN),
    "reply_request.write": _ASSIGNEE_OR_EDITOR,
    "repetition.add": _WORKERS,
    "repetition.confirm": _WORKERS,
    "repetition.withdraw": Rule(frozenset({EDITOR}), frozenset({"opener"})),
    "recheck.view": _roles(CHECKER, EDITOR, AUDITOR),
    "recheck.request": _EDITORS,
    "recheck.decide": _EDITORS,
    "query.view": Rule(
        frozenset({CHECKER, EDITOR, AUDITOR}), frozenset({"asked"}), frozenset({REPORTER})
    ),
    "query.write": Rule(
        frozenset({CHECKER, EDITOR}), frozenset({"counsel", "asked"}), frozenset({LEGAL, REPORTER})
    ),
    "query.resolve": Rule(frozenset({EDITOR}), frozenset({"opener"}), frozenset({CHECKER, LEGAL})),
    "query.privileged": _roles(EDITOR, LEGAL),
    "query.ask_sign_off": _EDITORS,
    "query.sign_off": _roles(LEGAL),
    "verdict.write": _ASSIGNEE_OR_EDITOR,
    "link.view": _roles(CHECKER, EDITOR, AUDITOR),
    "link.check": _WORKERS,
    "publisher.edit": _WORKERS,
    "publisher.note": _WORKERS,
    "audit.view": _roles(AUDITOR, ADMIN),
    "audit.view_content": _roles(AUDITOR),
    "people.manage": _roles(ADMIN),
    "ratings.manage": _roles(ADMIN),
    "methodology.manage": _roles(ADMIN),
}


def may(user: User | AnonymousUser, action: str, obj: Subject) -> bool:
    """May this person do this to this object, as far as roles and relations go? States and gates
    are workflow's.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    rule = RULES[action]
    roles = roles_for(user, obj)
    if roles & rule.roles:
        return True
    return bool(
        roles & rule.relation_roles and rule.relations and rule.relations & obj.relations_to(user)
    )


def may_on_desk(user: User | AnonymousUser, action: str, desk_id: int) -> bool:
    """The same where there is no object yet: may this person make one on this desk?"""
    return desk_id in desks_where(user, action)


def may_anywhere(user: User | AnonymousUser, action: str) -> bool:
    """Does the person hold a role that allows the action on at least one desk? For menus and list
    pages.

    A superuser may manage people, and nothing else: somebody must give out the first role.
    """
    if desks_where(user, action) or (action in OWN and desks_where_assigned(user, action)):
        return True
    return action == "people.manage" and user.is_superuser and user.is_active


@dataclass(frozen=True, slots=True)
class DeskAccess:
    """The desks a person's roles reach, read once for all the questions of one query."""

    held: tuple[tuple[int, Role, bool], ...]  # desk, role, does it count for the whole desk

    @classmethod
    def of(cls, user: User | AnonymousUser) -> "DeskAccess":
        if not isinstance(user, User) or not user.is_active:
            return cls(())
        return cls(
            tuple((one.desk_id, Role(one.role), one.of_whole_desk) for one in _current(user))
        )

    def where(self, action: str) -> frozenset[int]:
        """Ids of the desks on which they hold a role that allows the action outright."""
        return frozenset(
            desk for desk, role, whole in self.held if whole and role in RULES[action].roles
        )

    def assigned(self, action: str) -> frozenset[int]:
        """Ids of the desks on which they may do it to what they are assigned to, and to nothing
        else.
        """
        return frozenset(
            desk for desk, role, whole in self.held if not whole and role in RULES[action].roles
        )

    def related(self, action: str) -> frozenset[int]:
        """Ids of the desks on which they may do it to objects they stand in the rule's
        relation to.
        """
        rule = RULES[action]
        return frozenset(
            desk
            for desk, role, whole in self.held
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
    return frozenset(Role(one.role) for one in _held(user, desk_id) if one.of_whole_desk)


def holds(user: User, desk_id: int, role: Role) -> bool:
    """Do they hold this role on the desk at all, for the whole of it or for assigned work?"""
    return any(one.role == role for one in _held(user, desk_id))


def roles_for(user: User, obj: Subject) -> frozenset[Role]:
    """The roles that count for this object: also those held for assigned work alone, where it is
    such.
    """
    held = _held(user, obj.desk_id)
    own = frozenset(Role(one.role) for one in held if not one.of_whole_desk)
    whole = frozenset(Role(one.role) for one in held if one.of_whole_desk)
    return whole | own if own and ASSIGNED & obj.relations_to(user) else whole


def _held(user: User, desk_id: int) -> list[Membership]:
    return [one for one in _current(user) if one.desk_id == desk_id]


def _current(user: User) -> list[Membership]:
    today = timezone.now().date()
    return [
        one for one in user.memberships.all() if one.counts_on(today)
    ]  # all(): see remember_roles


def remember_roles(user: User) -> None:
    """For a page that is being drawn and asks about a hundred objects: the roles as they are now,
    read once.

    Never before a move: it asks when it holds the lock, for somebody may have lost the role since
    the request came.
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


def _holders(memberships: QuerySet[Membership], action: str, desk_id: int) -> QuerySet[User]:
    held = memberships.filter(desk_id=desk_id, role__in=RULES[action].roles)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("username")
