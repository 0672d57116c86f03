"""Exit 0 when the audit log explains all accounts, roles and tokens;
exit 1 and a line for each that was changed past the application.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.newsroom.account_seals import changed_past_the_application
from factcheck.newsroom.models import ApiToken, Membership, User


class Command(BaseCommand):
    help = "Find accounts, roles and tokens that were changed past the application, as by SQL."

    def handle(self, *args: Any, **options: Any) -> None:
        users = list(User.objects.order_by("username"))
        found = changed_past_the_application(
            users,
            list(Membership.objects.select_related("user", "desk")),
            list(ApiToken.objects.select_related("owner")),
        )
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            sys.exit(1)
        self.stdout.write(f"The audit log explains all {len(users)} accounts.")
