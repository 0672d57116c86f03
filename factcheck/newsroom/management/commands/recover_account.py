"""Give a person back their account: for the last admin who lost password and mail."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from factcheck.newsroom.models import User
from factcheck.newsroom.recovery import recover


class Command(BaseCommand):
    help = (
        "Send a person the link to choose a new password, unlock the account and end its sessions."
        " Never quiet: the audit log has it with the reason, and the person (at the old address"
        " too) and the editors of their desks are told by mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why; everybody who is told reads it")
        parser.add_argument("--email", default="", help="a new e-mail address for the account")

    def handle(self, *args: Any, **options: Any) -> None:
        username, address = options["username"], options["email"]
        user = User.objects.filter(username=username, is_service=False).first()
        if user is None:
            raise CommandError(f"Nobody is called {username!r}.")
        if not options["reason"].strip():
            raise CommandError("Give a reason: the person and the editors will read it.")
        try:
            if address:
                validate_email(address)
            recover(user, reason=options["reason"].strip(), address=address)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(
            f"A link is on its way to {username}. The audit log, the person and the editors of"
            " their desks know of it."
        )
