"""A newsroom as the first version left it, and what the present one makes of it. Run by
test_upgrade.py, in a process of its own.

python -m tests.project.old_newsroom      prints, as JSON, what the upgraded newsroom shows
"""

import hashlib
import json
import sys
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402

from claims.models import Verdict  # noqa: E402
from factcheck.ledger.triggers import missing  # noqa: E402

FIRST = [
    ("newsroom", "0001_initial"),
    ("ledger", "0001_initial"),
    ("sources", "0001_initial"),
    ("claims", "0002_initial"),
]
AT = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
SIGNED = json.dumps(
    {
        "appearance": "", "claim": "The bridge at Oll is closed.", "claimant": None, "evidence": [],
        "explanation": "It carries traffic since April.", "language": "en", "schema": 1,
        "rating": {"best": 5, "colour": "#7a5a00", "definition": "It is not so.", "name": "False", "scale": "Truth", "scale_version": 1, "value": 1, "worst": 1},
        "short_answer": "It is open.", "stated_on": "2026-05-01",
    },
    sort_keys=True, separators=(",", ":"),
)  # fmt: skip
HASH = hashlib.sha256(SIGNED.encode()).hexdigest()


def fill(apps: Any) -> None:
    """One published verdict, with the columns that there were."""
    users = apps.get_model("newsroom", "User").objects
    checker, editor = (users.create(username=name) for name in ("checker", "editor"))
    desk = apps.get_model("newsroom", "Desk").objects.create(name="Metro")
    scale = apps.get_model("claims", "RatingScale").objects.create(name="Truth")
    rating = apps.get_model("claims", "Rating").objects.create(
        scale=scale, name="False", definition="It is not so.", colour="#7a5a00", value=1, position=1
    )
    claim = apps.get_model("claims", "Claim").objects.create(
        desk=desk,
        text="The bridge at Oll is closed.",
        status="published",
        moves=4,
        slug="the-bridge",
        assignee=checker,
        created_by=checker,
        created_at=AT,
    )
    apps.get_model("claims", "Verdict").objects.create(
        claim=claim,
        state="published",
        rating=rating,
        short_answer="It is open.",
        explanation="It carries traffic since April.",
        content=SIGNED,
        content_hash=HASH,
        author=checker,
        author_hash=HASH,
        author_signed_at=AT,
        approver=editor,
        approver_hash=HASH,
        approver_signed_at=AT,
        sources_needed=2,
        independent_sources=2,
        published_at=AT,
        published_by=editor,
    )


def main() -> None:
    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in dict(FIRST)]
    executor.migrate([*FIRST, *others])
    fill(executor.loader.project_state([*FIRST, *others]).apps)
    call_command("migrate", verbosity=0)

    verdict = Verdict.objects.get()
    answer = Client().get(
        f"/verdicts/{verdict.claim.address}/", headers={"host": "localhost"}, follow=True
    )
    shown = {
        "state": verdict.state,
        "hash": verdict.content_hash,
        "first": verdict.first_published_at.isoformat(),
        "status": answer.status_code,
        "page": answer.content.decode(),
        "missing_guards": sorted(map(str, missing("default"))),
    }
    sys.stdout.write(json.dumps(shown))


if __name__ == "__main__":
    main()
