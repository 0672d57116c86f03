"""Imports for tests: a file of fact checks, begun, tried or written."""

from typing import Any

from claims.choices import Origin
from claims.exchange.importing.running import Begun, begin, choose, read, start
from claims.models import Import
from factcheck.newsroom.models import Desk, User

DEFAULTS = {"publisher": "", "language": "en", "day_order": ""}
HEADER = "Claim;Rating;URL;Speaker;Date of claim;Published on"
BRIDGE = (
    "The bridge cost 40 million.;False;https://www.checks.example/bridge;The mayor;2024-05-30;"
    "31.05.2024"
)
TREES = "“No tree was cut.”;Mostly true;https://checks.example/trees;;;"


def as_csv(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *rows)).encode("utf-8-sig")


def begun(desk: Desk, by: User, *rows: str, **details: Any) -> Import:
    origin = details.pop("origin", Origin.OTHER_NEWSROOM)
    defaults = {**DEFAULTS, **details}
    return begin(desk, read(as_csv(*rows)), Begun("checks.csv", origin, defaults), by=by)


def checked(desk: Desk, by: User, *rows: str, **details: Any) -> Import:
    made = begun(desk, by, *rows, **details)
    return choose(made, by=by, mapping=made.mapping, defaults=made.defaults)


def imported(desk: Desk, by: User, *rows: str, **details: Any) -> Import:
    return start(checked(desk, by, *rows, **details), by=by)
