"""Create a service account and a token, or end one, as admins do on the
screen: for the operator who connects another system.
"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from factcheck.ledger import clock
from factcheck.newsroom import service_accounts, tokens
from factcheck.newsroom.choices import SERVICE_SCOPES
from factcheck.newsroom.models import Desk, User


class Command(BaseCommand):
    help = (
        "Create a service account of a desk, such as its content system, and print a token for it"
        " once; or end it with --end. The audit log has it as done by a command."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="of the other system")
        parser.add_argument("--desk", required=True, help="the name of the desk")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            choices=sorted(scope.value for scope in SERVICE_SCOPES),
            help="what the token may do; once for each",
        )
        parser.add_argument("--days", type=int, help="until the token expires; left out: never")
        parser.add_argument("--end", action="store_true", help="revoke its tokens and close it")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(name=options["desk"]).first()
        if desk is None:
            raise CommandError(f"There is no desk called {options['desk']!r}.")
        if options["end"]:
            self._end(desk, options["name"])
        else:
            self._issue(desk, options)

    def _issue(self, desk: Desk, options: dict[str, Any]) -> None:
        if not options["scope"]:
            raise CommandError("Say what the token may do, such as --scope articles:write.")
        days = options["days"]
        try:
            account, _new = service_accounts.create(desk, by=None, name=options["name"])
            _token, plain = tokens.issue(
                account,
                by=None,
                name="By command",
                scopes=options["scope"],
                expires_at=None if days is None else clock.now() + timedelta(days=days),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(plain)

    def _end(self, desk: Desk, name: str) -> None:
        account = User.objects.filter(
            is_service=True, is_active=True, byline=name, memberships__desk=desk
        ).first()
        if account is None:
            raise CommandError(f"{desk} has no service account called {name!r}.")
        service_accounts.end(account, by=None)
        self.stdout.write(f"{name} ended.")
