"""Somebody of every role, and who has none: every address is tried as each of them."""

from dataclasses import dataclass, field

from django.test import Client

from claims.models import DeskExport, Mailbox
from factcheck.ledger import clock
from factcheck.newsroom import mail, service_accounts
from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.models import Desk, User
from sources.watching.feeds import follow
from tests import factories
from tests.claims.export_cases import imported_claim
from tests.claims.live_cases import debate
from tests.picture_rows import similar_pictures
from tests.project.api import Api

NOBODY = "anonymous"
ROLES = tuple(role.value for role in PEOPLE_ROLES)
WHO = (NOBODY, *ROLES, "superuser", "elsewhere")  # elsewhere: every role, of another desk


@dataclass
class Newsroom:
    """One desk with one person of each role; their pages and their tokens, made when
    they are first needed.
    """

    desk: Desk = field(default_factory=lambda: factories.desk("Metro"))
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, Client] = field(default_factory=dict)
    apis: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {role: factories.person(f"a_{role}", self.desk, role) for role in ROLES}
        self.people["superuser"] = User.objects.create_superuser(
            "root", password=factories.PASSWORD
        )
        self.people["elsewhere"] = factories.person("elsewhere", factories.desk("Sports"), *ROLES)
        service_accounts.create(self.desk, by=self.people["admin"], name="Content system")
        follow(self.desk, by=self.people["editor"], url="https://paper.example/feed")
        debate(self.desk, self.people["checker"])
        mail.send_later(self.people["checker"], "password_changed", address="a@news.example")
        DeskExport.objects.create(
            desk=self.desk,
            by=self.people["editor"],
            made_at=clock.now(),
            expires_at=clock.now(),
            job_state="done",
        )
        Mailbox.objects.create(desk=self.desk, secret_hash="x")
        imported_claim(self.desk, self.people["editor"])
        similar_pictures()
        for who in WHO:
            self.pages[who], self.apis[who] = Client(), Client()
            if who != NOBODY:
                self.pages[who].force_login(self.people[who])
                self.apis[who] = Api(self.people[who]).client

    def __getitem__(self, who: str) -> User:
        return self.people[who]

    def client(self, who: str, path: str) -> Client:
        return self.apis[who] if path.startswith("/api/") else self.pages[who]
