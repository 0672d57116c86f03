"""Make a desk with its ratings and the people who start there. Running it again adds only what is
missing.
"""

import getpass
import json
import secrets
from argparse import ArgumentParser
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.models import Rating, RatingScale
from factcheck import env
from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Role, Scope
from factcheck.newsroom.models import Desk, Membership, User

SCALE = "Truth"


class Word(NamedTuple):
    name: str
    definition: str
    colour: str  # at least 4.5:1 against white, so that the word can be read in it
    value: int | None
    needs_reply: bool = False  # whoever is told they were wrong is asked first


WORDS = (
    Word(
        "False",
        "What the claim says is not so, and good evidence shows it.",
        "#a3201d",
        1,
        needs_reply=True,
    ),
    Word(
        "Mostly false",
        "One part holds, but the point of the claim does not.",
        "#a8430f",
        2,
        needs_reply=True,
    ),
    Word(
        "Mixed",
        "Some of it holds and some does not; neither outweighs the other.",
        "#7a5a00",
        3,
        needs_reply=True,
    ),
    Word(
        "Mostly true",
        "The point holds; a detail is wrong or something needed to understand it is left out.",
        "#4a6b12",
        4,
    ),
    Word(
        "True",
        "What the claim says is so, and nothing needed to understand it is missing.",
        "#1b6b3a",
        5,
    ),
    Word("Unproven", "The evidence that can be had neither shows nor refutes it.", "#4d5560", None),
    Word(
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
    help = "Make a desk, the rating scale and the first superuser. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--desk", default="Metro", help="the name of the desk (default: Metro)")
        parser.add_argument(
            "--superuser", metavar="NAME", help="the first superuser, who becomes admin of the desk"
        )
        parser.add_argument(
            "--demo",
            action="store_true",
            help="one person per role with passwords and tokens; demo only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and settings.ENVIRONMENT != "demo":
            raise CommandError(
                "--demo makes people whose passwords lie in a file. It works only with"
                " FACTCHECK_ENV=demo."
            )
        password = _password(options["superuser"]) if options["superuser"] else ""
        with transaction.atomic():
            desk = _desk(options["desk"])
            _scale()
            if options["superuser"]:
                _member(_superuser(options["superuser"], password), desk, Role.ADMIN)
        if options["demo"]:
            self.stdout.write(json.dumps(_demo(desk), indent=2))
        else:
            self.stdout.write(f"The desk {desk} is ready, with {len(WORDS)} ratings.")


def _password(username: str) -> str:
    """A password fit for a superuser; none is asked for when the person is there already."""
    if User.objects.filter(username=username).exists():
        return ""
    password = env.text("FACTCHECK_PASSWORD") or getpass.getpass(
        f"Password for {username} (at least 12 characters): "
    )
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise CommandError(
            f"{' '.join(error.messages)} Set FACTCHECK_PASSWORD to a better one, or type it when"
            " asked."
        ) from None
    return password


def _desk(name: str) -> Desk:
    found = Desk.objects.filter(name=name).first()
    if found:
        return found
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
    """The default scale; a newsroom that has any scale keeps its own."""
    if RatingScale.objects.exists():
        return
    scale = RatingScale.objects.create(name=SCALE)
    for position, word in enumerate(WORDS, 1):
        Rating.objects.create(scale=scale, position=position, **word._asdict())


def _superuser(username: str, password: str) -> User:
    found = User.objects.filter(username=username).first()
    if found:
        return found
    return User.objects.create_superuser(username, password=password)


def _member(user: User, desk: Desk, role: Role) -> None:
    Membership.objects.get_or_create(user=user, desk=desk, role=role)


def _demo(desk: Desk) -> dict[str, Any]:
    """One person per role. Their logins are kept beside the demo's database, so that they are the
    same tomorrow.
    """
    path = settings.DATA_DIR / "logins.json"
    known = json.loads(path.read_text("utf-8"))["people"] if path.exists() else []
    before = {login["username"]: login for login in known}
    with transaction.atomic():
        people = [
            _demo_person(username, role, desk, before.get(username, {}))
            for username, role in DEMO_PEOPLE
        ]
    logins = {"desk": desk.name, "people": people}
    path.touch(mode=0o600)
    path.write_text(json.dumps(logins, indent=2), "utf-8")
    return logins


def _demo_person(username: str, role: Role, desk: Desk, before: dict[str, str]) -> dict[str, str]:
    user, _ = User.objects.get_or_create(
        username=username, defaults={"byline": f"{username.capitalize()} (demo)"}
    )
    _member(user, desk, role)
    password, token = before.get("password", ""), before.get("token", "")
    if not password or not user.check_password(password):
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save(update_fields=["password"])
    found = tokens.find(token)
    if found is None or found.owner_id != user.pk:
        _, token = tokens.issue(user, by=user, name="demo", scopes=Scope.values)
    return {"username": username, "roles": role.value, "password": password, "token": token}
