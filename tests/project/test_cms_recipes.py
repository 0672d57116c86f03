"""What docs/integrations.md shows for content management systems runs: an article is
filed when it is saved, and a verdict's box is shown.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
ARC = [sys.executable, str(ROOT / "clients/arc/factcheck_arc.py")]
WORDPRESS = ["php", str(Path(__file__).with_name("wordpress.php"))]
_needs_php = pytest.mark.skipif(shutil.which("php") is None, reason="no php here")
STORY = {
    "_id": "ABC123",
    "type": "story",
    "canonical_url": "/local/trees",
    "headlines": {"basic": "Trees"},
    "content_elements": [
        {"type": "text", "content": "The city <b>planted</b> 4,200 trees in 2025 &amp; 2026."},
        {"type": "image", "caption": "A tree"},
        {"type": "text", "content": "The mayor said so."},
    ],
}
POST = {
    "ID": 7,
    "post_title": "Trees",
    "post_content": "<p>The city planted 4,200 trees &amp; shrubs in 2025.</p><p>The mayor said so.</p>",
    "post_status": "publish",
    "post_modified_gmt": "2026-05-04 10:00:00",
    "link": "https://paper.example/trees/",
}


@pytest.fixture
def checker(transactional_db: None) -> User:
    return factories.person("checker", factories.desk("Metro"), "checker")


@pytest.fixture
def env(live_server: LiveServer, checker: User, settings: Any) -> dict[str, str]:
    settings.SITE_URL = live_server.url
    _, token = tokens.issue(checker, by=checker, name="cms", scopes=[Scope.ARTICLES_WRITE])
    return {
        **{name: os.environ[name] for name in ("PATH",)},
        "FACTCHECK_SITE": live_server.url,
        "FACTCHECK_TOKEN": token,
        "PYTHONPATH": str(ROOT / "clients/python"),
        "NEWSPAPER": "https://paper.example",
    }


def _run(command: list[str], env: dict[str, str], typed: str = "", code: int = 0) -> str:
    done = subprocess.run(
        command, env=env, input=typed, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code, done.stderr
    return done.stdout or done.stderr


def _saved(env: dict[str, str], *posts: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        _run(WORDPRESS, env, "\n".join(map(json.dumps, posts)) + "\n")
    )
    return told


def test_a_story_of_arc_is_filed_and_again_as_its_next_version(
    env: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "story.json"
    file.write_text(json.dumps(STORY), "utf-8")
    told = _run([*ARC, "file", str(file)], env)
    article = Article.objects.get()
    assert (
        told.strip() == str(article.public_id)
        and article.url == "https://paper.example/local/trees"
    )
    assert article.versions.get().text == (
        "The city planted 4,200 trees in 2025 & 2026.\n\nThe mayor said so."
    )
    changed = STORY | {"content_elements": STORY["content_elements"][:1]}  # type: ignore[index]
    file.write_text(json.dumps(changed), "utf-8")
    assert _run([*ARC, "file", str(file)], env) == told
    assert Article.objects.get().versions.count() == 2
    file.write_text('{"_id": "EMPTY"}', "utf-8")
    assert "text" in _run([*ARC, "file", str(file)], env, code=1)


def test_the_box_of_a_verdict_is_an_element_of_a_story(env: dict[str, str], checker: User) -> None:
    editor = factories.person("editor", checker.memberships.get().desk, "editor")
    claim = factories.published(checker, editor)
    site = env["FACTCHECK_SITE"]
    box = json.loads(_run([*ARC, "box", f"{site}/verdicts/{claim.address}/"], env))
    assert box["type"] == "oembed_response" and "<iframe" in box["raw_oembed"]["html"]
    assert "404" in _run([*ARC, "box", f"{site}/verdicts/none/"], env, code=1)


@_needs_php
def test_a_post_of_wordpress_is_filed_when_it_is_saved(env: dict[str, str]) -> None:
    told = _saved(env, POST, POST)
    article = Article.objects.get()
    assert told["meta"] == {"7": {"_factcheck": str(article.public_id)}} and told["waits"] == []
    assert article.versions.get().text == (
        "The city planted 4,200 trees & shrubs in 2025.\n\nThe mayor said so."
    )
    site = env["FACTCHECK_SITE"]
    assert told["embeds"] == {f"{site}/verdicts/*": f"{site}/oembed"}


@_needs_php
def test_a_changed_post_becomes_the_next_version(env: dict[str, str]) -> None:
    other = POST | {
        "post_content": "<p>It planted 900.</p>",
        "post_modified_gmt": "2026-05-04 10:05:00",
    }
    _saved(env, POST, other)
    texts = Article.objects.get().versions.order_by("number").values_list("text", flat=True)
    assert len(texts) == 2 and texts[1] == "It planted 900."


@_needs_php
def test_a_post_in_the_bin_is_not_sent(env: dict[str, str]) -> None:
    assert _saved(env, POST | {"post_status": "trash"})["meta"] == []
    assert not Article.objects.exists()


@_needs_php
def test_what_wordpress_could_not_send_waits_and_what_is_refused_is_told(
    env: dict[str, str],
) -> None:
    away = _saved(env | {"FACTCHECK_SITE": "http://127.0.0.1:9"}, POST)
    assert away["waits"] == {"7": 300} and "did not answer" in away["meta"]["7"]["_factcheck"]
    refused = _saved(env | {"FACTCHECK_TOKEN": "nobody's"}, POST)
    assert refused["waits"] == [] and "token" in refused["meta"]["7"]["_factcheck"].lower()
    assert not Article.objects.exists()
