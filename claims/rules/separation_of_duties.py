"""Two signatures must come from two people, not from two accounts.

Whoever lately gave somebody access does not sign the same verdict as
them. And two people do not sign the same verdict while a third person
could be behind both: somebody who lately gave each of them a way into
the account. That is an account or invitation, a link to set a password,
a new e-mail address (the next link goes there), a locked account opened
again, a reset of the second factor, a token made for them; not a mere
role, which lets nobody else into the account. It counts through several
accounts too: who gives a way into an admin's account is behind all that
this admin gives.

What a command did is recorded and pairs nobody: no account of the
database stands behind it. That is how a newsroom begins, and how it
helps itself when one admin has to invite everybody.
"""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.rules.whom_to_ask import whom_to_ask
from factcheck.ledger import clock
from factcheck.newsroom.account_control import AccountControl, Connection
from factcheck.newsroom.models import AccessGrant, User


def missing_second_person(
    claim: Claim,
    author: User,
    *,
    by: User,
) -> list[UnmetRequirement]:
    """Unmet while one person could control the accounts of both."""
    control = AccountControl(clock.now())
    connection = control.connection(author, by)
    if connection is None:
        return []
    barred = {author.pk, by.pk, *control.connected_to(author)}
    message = _(
        "%(grants)s. Until %(end)s %(author)s and %(approver)s cannot sign the same verdict,"
        " because one person could control both accounts. %(others)s"
    ) % {
        "grants": get_text_list(_sentences(connection), _("and")),
        "end": date_format(connection.ends_at, "DATE_FORMAT"),
        "author": author,
        "approver": by,
        "others": whom_to_ask("claim.approve", claim, but=barred),
    }
    return [UnmetRequirement("separation_of_duties", message, "signatures")]


def _sentences(connection: Connection) -> list[str]:
    grants = AccessGrant.objects.select_related("user", "by").filter(
        pk__in=[grant.pk for grant in connection.grants]
    )
    return [
        _("%(giver)s gave %(kind)s to %(receiver)s on %(day)s")
        % {
            "giver": grant.by,
            "kind": grant.get_what_display(),
            "receiver": grant.user,
            "day": date_format(grant.at, "DATE_FORMAT"),
        }
        for grant in grants
    ]
