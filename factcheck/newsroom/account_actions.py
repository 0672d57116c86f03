"""What an admin does to somebody's account, by the name that stands in
addresses and requests.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from factcheck.newsroom import account_links, account_states
from factcheck.newsroom.account_states import AccountState


@dataclass(frozen=True, slots=True)
class AccountAction:
    """A button on a person's page: what it does, in which states it is
    there, and what to say afterwards.
    """

    label: str | Promise
    run: Callable[..., None]
    states: frozenset[AccountState]
    done: str | Promise
    grave: bool = False


_UNANSWERED = frozenset({AccountState.INVITED, AccountState.WAITING, AccountState.EXPIRED})
_ACTIVE = frozenset({AccountState.ACTIVE})
ACTIONS = {
    "invite": AccountAction(
        gettext_lazy("Send invitation again"),
        account_links.send_invitation,
        _UNANSWERED,
        gettext_lazy("The invitation of %(user)s is on its way. Older links no longer work."),
    ),
    "reset-link": AccountAction(
        gettext_lazy("Send reset link"),
        account_links.send_reset_link,
        _ACTIVE,
        gettext_lazy("The link is on its way to %(user)s. Older links no longer work."),
    ),
    "end-sessions": AccountAction(
        gettext_lazy("End sessions"),
        account_states.end_sessions,
        _ACTIVE,
        gettext_lazy("%(user)s is signed out everywhere."),
    ),
    "reset-factor": AccountAction(
        gettext_lazy("Reset second factor"),
        account_states.reset_second_factor,
        _ACTIVE,
        gettext_lazy("%(user)s has no second factor now, and adds one after the next sign-in."),
        grave=True,
    ),
    "lock": AccountAction(
        gettext_lazy("Lock account"),
        account_states.lock,
        _ACTIVE | _UNANSWERED,
        gettext_lazy("The account of %(user)s is locked, and signed out everywhere."),
        grave=True,
    ),
    "unlock": AccountAction(
        gettext_lazy("Unlock account"),
        account_states.unlock,
        frozenset({AccountState.LOCKED}),
        gettext_lazy("The account of %(user)s is open again."),
    ),
}
