"""The example of docs/integrations.md does what it says, against a server that runs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from claims.choices import Action
from claims.exchange import event_order
from claims.exchange.webhooks import endpoints, sending
from claims.intake.extraction_jobs import extract
from claims.intake.triage import accept
from claims.models import Extraction, Suggestion, WebhookDelivery
from claims.workflow import apply
from demo.children import free_port
from factcheck.newsroom import service_accounts, tokens
from tests import factories
from tests.project.newcomer import ROOT

EXAMPLE = ROOT / "clients/examples/follow_article.py"
TEXT = "The mayor, Mira Halloway, said on Monday that the city planted 4,200 trees in 2025."


@pytest.mark.django_db(transaction=True)
def test_a_script_files_an_article_and_hears_of_its_verdict(
    live_server: LiveServer, settings: Any, tmp_path: Path
) -> None:
    desk = factories.desk("Metro")
    checker = factories.person("checker", desk, "checker")
    editor = factories.person("editor", desk, "editor")
    account, _new = service_accounts.create(desk, by=None, name="CMS")
    scopes = ["articles:write", "verdicts:read", "events:read"]
    _token, plain = tokens.issue(account, by=None, name="CMS", scopes=scopes)
    port = free_port()
    settings.FETCH_PORTS = frozenset({port})
    hook, _secret = endpoints.create(
        desk, by=editor, name="CMS", url=f"http://127.0.0.1:{port}/", types=["verdict.published"]
    )
    file = tmp_path / "trees.txt"
    file.write_text(TEXT, "utf-8")
    told = {
        "FACTCHECK_SITE": live_server.url,
        "FACTCHECK_TOKEN": plain,
        "FACTCHECK_SECRET": hook.secret,
    }
    with subprocess.Popen(
        [sys.executable, EXAMPLE, file, str(port)],
        env=os.environ | told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as script:  # fmt: skip
        try:
            assert script.stdout is not None and script.stderr is not None
            filed = script.stdout.readline().split()
            assert filed[:1] == ["filed"], script.stderr.read()
            extract(Extraction.objects.get(version__article__public_id=filed[1]).pk)
            claim = accept(Suggestion.objects.get(), by=checker)
            apply(claim, Action.TAKE, by=checker)
            for _ in range(2):
                factories.evidence(claim, checker)
            factories.written(claim, checker)
            for action, by in ((Action.SUBMIT, checker), (Action.APPROVE, editor)):
                apply(claim, action, by=by)
            apply(claim, Action.PUBLISH, by=editor)
            event_order.number_events()
            for row in WebhookDelivery.objects.filter(job_state="waiting"):
                sending.deliver(row.pk)
            said, wrong = script.communicate(timeout=60)
        finally:
            script.kill()
    assert script.returncode == 0, wrong
    claim.refresh_from_db()
    rating, words, address = said.splitlines()
    assert rating == "False" and words == claim.text
    assert address.endswith(f"/verdicts/{claim.address}/")
    assert len(EXAMPLE.read_text("utf-8").splitlines()) <= 75
