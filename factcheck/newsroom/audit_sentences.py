"""Audit entries as sentences: who did what to whom. The entry keeps the
dotted names and ids; these are for people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import ApiToken, Desk, Membership, User

LONGEST_NAME = 80
Names = dict[str, str]
# Ids of rows to the names that this person may read.
Namer = Callable[[User, Iterable[str]], Names]
Words = Mapping[str, str | Promise]

_words: dict[str, str | Promise] = {
    "user.add": gettext_lazy("%(actor)s created the account of %(about)s"),
    "user.change": gettext_lazy("%(actor)s changed %(fields)s of %(about)s"),
    "user.password": gettext_lazy("%(actor)s set the password of %(about)s"),
    "user.login": gettext_lazy("%(about)s signed in"),
    "user.logout": gettext_lazy("%(about)s signed out"),
    "user.login_failed": gettext_lazy("A sign-in as %(about)s failed"),
    "user.end_sessions": gettext_lazy("%(actor)s signed %(about)s out everywhere"),
    "user.factor_add": gettext_lazy("%(about)s added a second factor"),
    "user.factor_remove": gettext_lazy("%(about)s removed a second factor"),
    "user.factor_reset": gettext_lazy("%(actor)s reset the second factor of %(about)s"),
    "user.factor_failed": gettext_lazy("A second factor shown as %(about)s was wrong"),
    "user.invitation": gettext_lazy("%(actor)s sent an invitation to %(about)s"),
    "user.reset_link": gettext_lazy("A link for a new password was sent to %(about)s"),
    "user.link_shown": gettext_lazy("%(actor)s was shown the link of %(about)s"),
    "user.recover": gettext_lazy("%(actor)s recovered the account of %(about)s"),
    "membership.change": gettext_lazy("%(actor)s changed %(fields)s of %(about)s"),
    "apitoken.add": gettext_lazy("%(actor)s made the token %(about)s"),
    "apitoken.change": gettext_lazy("%(actor)s changed %(fields)s of the token %(about)s"),
    "apitoken.revoke": gettext_lazy("%(actor)s revoked the token %(about)s"),
    "desk.add": gettext_lazy("%(actor)s added the desk %(about)s"),
    "desk.change": gettext_lazy("%(actor)s changed %(fields)s of the desk %(about)s"),
    "audit.verify": gettext_lazy("%(actor)s verified the audit log"),
    "keys.rotate": gettext_lazy("%(actor)s encrypted everything with the new key"),
}
# Of the kinds of rows without words of their own; by what follows the dot.
_of_any_kind: dict[str, Promise] = {
    "add": gettext_lazy("%(actor)s added: %(about)s"),
    "change": gettext_lazy("%(actor)s changed %(fields)s: %(about)s"),
    "delete": gettext_lazy("%(actor)s deleted: %(about)s"),
    "remove": gettext_lazy("%(actor)s removed: %(about)s"),
    "rename": gettext_lazy("%(actor)s renamed: %(about)s"),
    "change_filters": gettext_lazy("%(actor)s changed the filters: %(about)s"),
    "use": gettext_lazy("%(actor)s changed what is in use: %(about)s"),
    "end": gettext_lazy("%(actor)s ended: %(about)s"),
}
_namers: dict[str, Namer] = {}


def add_words(words: Words) -> None:
    """Register sentences by action; the apps above know theirs."""
    _words.update(words)


def add_names(object_type: str, namer: Namer) -> None:
    """Register how rows of a model are named to a person: never one
    that they may not see.
    """
    _namers[object_type] = namer


def words_of(action: str) -> str | Promise:
    """The sentence of an action; empty where nobody wrote one."""
    return _words.get(action, "") or _of_any_kind.get(action.partition(".")[2], "")


def sentences(entries: Sequence[AuditEntry], by: User) -> list[str]:
    """One for each entry, with as many queries as there are kinds of
    objects, however many entries.
    """
    names = {
        kind: namer(by, {one.object_id for one in entries if one.object_type == kind})
        for kind, namer in _namers.items()
        if any(one.object_type == kind for one in entries)
    }
    actors = {one.actor_id for one in entries if one.actor_id}
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    return [
        _sentence(one, people, names.get(one.object_type, {}).get(one.object_id, ""))
        for one in entries
    ]


def _sentence(entry: AuditEntry, people: dict[int, str], about: str) -> str:
    actor = _actor(entry, people)
    changes = entry.changes
    if entry.action == "membership.add":
        return _role_given(actor, changes)
    if special := _special(entry, actor, about):
        return special
    values = {
        "actor": actor,
        "about": about or name_of_kind(entry.object_type),
        "fields": _fields(entry.object_type, changes),
    }
    if words := words_of(entry.action):
        return str(words) % values
    what = entry.action.partition(".")[2].replace("_", " ")
    return _("%(actor)s: %(what)s, %(about)s") % {**values, "what": what}


def _actor(entry: AuditEntry, people: dict[int, str]) -> str:
    if entry.actor_id:
        # The name of today; of who is gone, as it was then.
        return people.get(entry.actor_id, entry.actor)
    if entry.entry_point == "command":
        return _("A command on the server")
    return _("The system")


def _new(changes: Mapping[str, Any], name: str) -> str:
    value = changes.get(name)
    return str(value[1]) if isinstance(value, list) and len(value) == 2 else ""


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT") if value else ""


def _role_given(actor: str, changes: Mapping[str, Any]) -> str:
    """The entry names person, desk and role as they were then."""
    words = _("%(actor)s gave %(person)s the role %(role)s on %(desk)s") % {
        "actor": actor,
        "person": _new(changes, "user"),
        "role": _role(_new(changes, "role")),
        "desk": _new(changes, "desk"),
    }
    if day := _day(_new(changes, "end_date")):
        words = _("%(sentence)s until %(day)s") % {"sentence": words, "day": day}
    if _new(changes, "assigned_only") == "True":
        words = _("%(sentence)s, for assigned work only") % {"sentence": words}
    return words


def _role(value: str) -> str:
    return str(Role(value).label) if value in Role.values else value


def _special(entry: AuditEntry, actor: str, about: str) -> str:
    """Changes of one column that have words of their own."""
    values = {"actor": actor, "about": about or name_of_kind(entry.object_type)}
    changes = entry.changes
    # What an account is checked by comes with many changes, and says nothing to people.
    changed = set(changes) - {"seal"}
    if entry.action == "user.password" and actor == about:
        return _("%(actor)s chose a new password") % values
    if changed == {"is_active"}:
        if _new(changes, "is_active") == "True":
            return _("%(actor)s unlocked the account of %(about)s") % values
        return _("%(actor)s locked the account of %(about)s") % values
    if entry.action == "membership.change" and changed == {"end_date"}:
        if day := _day(_new(changes, "end_date")):
            words = _("%(actor)s set %(day)s as the last day of %(about)s")
            return words % {**values, "day": day}
        return _("%(actor)s took away the last day of %(about)s") % values
    return ""


def name_of_kind(object_type: str) -> str:
    """The kind of thing alone, for where it is gone or not for this person."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type.rpartition(".")[2]


def _fields(object_type: str, changes: Mapping[str, Any]) -> str:
    """The names of the changed fields, as forms label them."""
    try:
        fields = {one.name: one for one in apps.get_model(object_type)._meta.fields}
    except (LookupError, ValueError):
        fields = {}
    labels = [
        str(fields[name].verbose_name) if name in fields else name.replace("_", " ")
        for name in changes
        if name != "seal"
    ]
    return ", ".join(labels) or _("something")


def quoted(text: str) -> str:
    """A text as the name of what it stands in."""
    return _("“%(text)s”") % {"text": Truncator(text).chars(LONGEST_NAME)}


def _people(_by: User, ids: Iterable[str]) -> Names:
    known = User.objects.filter(public_id__in=[one for one in ids if len(one) == 36])
    return {str(user.public_id): str(user) for user in known}


def _memberships(_by: User, ids: Iterable[str]) -> Names:
    # Entries of another desk's memberships are not in the list already.
    rows = Membership.objects.filter(pk__in=list(ids)).select_related("user", "desk")
    words = _("the role %(role)s of %(person)s on %(desk)s")
    return {
        str(row.pk): words % {"role": row.get_role_display(), "person": row.user, "desk": row.desk}
        for row in rows
    }


def _tokens(_by: User, ids: Iterable[str]) -> Names:
    rows = ApiToken.objects.filter(pk__in=list(ids)).select_related("owner")
    words = _("%(name)s of %(person)s")
    return {str(row.pk): words % {"name": quoted(row.name), "person": row.owner} for row in rows}


def _desks(_by: User, ids: Iterable[str]) -> Names:
    return {str(one.public_id): one.name for one in Desk.objects.filter(public_id__in=list(ids))}


add_names("newsroom.user", _people)
add_names("newsroom.membership", _memberships)
add_names("newsroom.apitoken", _tokens)
add_names("newsroom.desk", _desks)
