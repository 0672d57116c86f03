"""Create a desk with a rating scale and its first people. Running it
again adds what is missing.
"""

import json
import secrets
from argparse import ArgumentParser
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from claims.intake import received_tips
from claims.management import demo_texts
from claims.models import Rating, RatingScale
from claims.publication import methodology, site_texts
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom import account_links, second_factor, tokens
from factcheck.newsroom.choices import Role, Scope
from factcheck.newsroom.models import Desk, Membership, User

SCALE = "Truth"


class ScaleRating(NamedTuple):
    name: str
    definition: str
    colour: str  # contrast of at least 4.5:1 against white, as the word is printed in it
    value: int | None
    needs_reply: bool = False  # of those who would be contradicted: right of reply


RATINGS = (
    ScaleRating(
        "False",
        "What the claim says is not so, and good evidence shows it.",
        "#a3201d",
        1,
        needs_reply=True,
    ),
    ScaleRating(
        "Mostly false",
        "One part holds, but the point of the claim does not.",
        "#a8430f",
        2,
        needs_reply=True,
    ),
    ScaleRating(
        "Mixed",
        "Some of it holds and some does not; neither outweighs the other.",
        "#7a5a00",
        3,
        needs_reply=True,
    ),
    ScaleRating(
        "Mostly true",
        "The point holds; a detail is wrong or something needed to understand it is left out.",
        "#4a6b12",
        4,
    ),
    ScaleRating(
        "True",
        "What the claim says is so, and nothing needed to understand it is missing.",
        "#1b6b3a",
        5,
    ),
    ScaleRating(
        "Unproven", "The evidence that can be had neither shows nor refutes it.", "#4d5560", None
    ),
    ScaleRating(
        "Satire",
        "It was made to be laughed at and is passed on as if it were meant.",
        "#5a3d8a",
        None,
    ),
)
DEMO_PEOPLE = (
    ("reporter", Role.REPORTER),
    ("checker", Role.CHECKER),
    ("checker2", Role.CHECKER),
    ("editor", Role.EDITOR),
    ("editor2", Role.EDITOR),
    ("legal", Role.LEGAL),
    ("auditor", Role.AUDITOR),
    ("admin", Role.ADMIN),
)


class Command(BaseCommand):
    help = "Create a desk, the rating scale and the first superuser. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--desk", default="Metro", help="the name of the desk (default: Metro)")
        parser.add_argument(
            "--superuser", metavar="NAME", help="the first superuser, who becomes admin of the desk"
        )
        parser.add_argument(
            "--email", default="", help="the superuser's e-mail address; the invitation goes there"
        )
        parser.add_argument(
            "--demo",
            action="store_true",
            help="one person per role with passwords and tokens; demo only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and settings.ENVIRONMENT != "demo":
            raise CommandError(
                "--demo creates people whose passwords are stored in a file. It works only with"
                " FACTCHECK_ENV=demo."
            )
        username = options["superuser"]
        if username:
            _check_address(username, options["email"])
        with transaction.atomic():
            desk = _desk(options["desk"])
            _scale()
            invited = _superuser(username, options["email"], desk) if username else None
        if invited:
            self._hand_over(invited)
        if options["demo"]:
            with second_factor.unattended("create_newsroom"):
                self.stdout.write(json.dumps(_demo(desk), indent=2))
        else:
            self.stdout.write(f"The desk {desk} is ready, with {len(RATINGS)} ratings.")

    def _hand_over(self, user: User) -> None:
        """The first invitation where no mail can be sent yet: once, on
        the operator's own terminal. It is in the audit log that it was
        shown.
        """
        self.stdout.write(f"An invitation is on its way to {user.email}.")
        if settings.EMAIL_HOST:
            return
        with transaction.atomic():
            log_change("user.link_shown", user, by=None)
            link = account_links.make_link(user, user.link_number, event=account_links.INVITATION)
        self.stdout.write(
            f"No mail server is set (FACTCHECK_SMTP_HOST). Here is the link for {user}, this one"
            f" time: whoever opens it first owns the account. The audit log says that you saw it."
            f"\n{link}"
        )


def _check_address(username: str, address: str) -> None:
    """A new superuser needs an e-mail address; one who exists keeps theirs."""
    if User.objects.filter(username=username).exists():
        return
    try:
        validate_email(address)
    except ValidationError:
        raise CommandError(
            f"{username} needs an e-mail address, to choose a password and to reset it later. Add"
            " --email ADDRESS."
        ) from None


def _desk(name: str) -> Desk:
    existing = Desk.objects.filter(name=name).first()
    if existing:
        return existing
    desk = Desk(name=name)
    try:
        desk.full_clean()
    except ValidationError as error:
        raise CommandError(
            f"The desk cannot be called {name!r}: {' '.join(error.messages)}"
        ) from None
    desk.save()
    return desk


def _scale() -> None:
    """Create the default rating scale, unless the newsroom has any scale."""
    if RatingScale.objects.exists():
        return
    scale = RatingScale.objects.create(name=SCALE)
    for position, rating in enumerate(RATINGS, 1):
        Rating.objects.create(scale=scale, position=position, **rating._asdict())


def _superuser(username: str, address: str, desk: Desk) -> User | None:
    """The new superuser, invited; None where they exist already."""
    existing = User.objects.filter(username=username).first()
    if existing:
        _member(existing, desk, Role.ADMIN)
        return None
    user = User(username=username, email=address, is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    _member(user, desk, Role.ADMIN)
    account_links.send_invitation(user, by=None)
    return user


def _member(user: User, desk: Desk, role: Role) -> None:
    Membership.objects.get_or_create(user=user, desk=desk, role=role)


def _demo(desk: Desk) -> dict[str, Any]:
    """Create one person per role; their logins are stored, so that they
    stay the same.
    """
    path = settings.DATA_DIR / "logins.json"
    saved = json.loads(path.read_text("utf-8"))["people"] if path.exists() else []
    before = {login["username"]: login for login in saved}
    with transaction.atomic():
        people = [
            _demo_person(username, role, desk, before.get(username, {}))
            for username, role in DEMO_PEOPLE
        ]
    _demo_texts(User.objects.get(username="admin"))
    # The same again is the tip that is there already.
    received_tips.receive(demo_texts.TIP, desk=desk)
    logins = {"desk": desk.name, "people": people}
    # Created with its mode before anything is written, so that nobody else reads the
    # passwords in between.
    path.touch(mode=0o600)
    path.write_text(json.dumps(logins, indent=2), "utf-8")
    return logins


def _demo_texts(admin: User) -> None:
    """What readers learn of the newsroom. Saved again it is the same version."""
    methodology.publish(by=admin, text=demo_texts.METHODOLOGY)
    for page, text in demo_texts.ABOUT_PAGES.items():
        site_texts.publish(by=admin, page=page, language="en", text=text)


def _demo_person(
    username: str,
    role: Role,
    desk: Desk,
    before: dict[str, str],
) -> dict[str, str]:
    user, _ = User.objects.get_or_create(
        username=username,
        defaults={
            "byline": f"{username.capitalize()} (demo)",
            "email": f"{username}@newsroom.example",
        },
    )
    _member(user, desk, role)
    password, token = before.get("password", ""), before.get("token", "")
    # A password changed by hand is replaced: the printed one has to work.
    if not password or not user.check_password(password):
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save(update_fields=["password"])
    existing = tokens.find(token)
    if existing is None or existing.owner_id != user.pk:
        _, token = tokens.issue(user, by=user, name="demo", scopes=Scope.values)
    return {"username": username, "roles": role.value, "password": password, "token": token}
