"""Invite somebody to a desk, as its admins do on the screen: for the
operator who sets up a newsroom.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.invitation_form import InvitationForm
from factcheck.newsroom.inviting import invite
from factcheck.newsroom.models import Desk


class Command(BaseCommand):
    help = (
        "Invite a person to a desk. They choose their own password by the link in the e-mail,"
        " which nobody else sees. The audit log has it as done by a command; the editors of the"
        " desk are told by mail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", required=True, help="where the invitation goes")
        parser.add_argument("--desk", required=True, help="the name of the desk")
        parser.add_argument("--role", required=True, choices=[role.value for role in PEOPLE_ROLES])
        parser.add_argument("--byline", default="", help="the name that readers see")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(name=options["desk"]).first()
        if desk is None:
            raise CommandError(f"There is no desk called {options['desk']!r}.")
        typed = {name: options[name] for name in ("username", "byline", "email", "role")}
        # The form of the screen, so that both refuse the same.
        form = InvitationForm({**typed, "desk": desk.pk})
        form.fields["desk"].queryset = Desk.objects.filter(pk=desk.pk)  # type: ignore[attr-defined]
        if not form.is_valid():
            raise CommandError(
                " ".join(f"{name}: {text}" for name, texts in form.errors.items() for text in texts)
            )
        person = form.save(commit=False)
        invite(person, role=form.first_role(), by=None)
        self.stdout.write(f"An invitation for {person.username} is on its way.")
