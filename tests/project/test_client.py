"""The Python client and its command line, against a server that runs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import httpx
import pytest
from factcheck_client import ApiError, Client, UnreachableError, rows
from factcheck_client.command_line import main
from pytest_django.live_server_helper import LiveServer

from claims.intake.extraction_jobs import extract
from claims.models import Claim, Extraction
from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories

TEXT = "The mayor, Mira Halloway, said on Monday that the city planted 4,200 trees in 2025."
CONTRACT = Path(__file__).with_name("openapi.json")


def _token(owner: User) -> str:
    return tokens.issue(owner, by=owner, name="client", scopes=Scope.values)[1]


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    desk = factories.desk("Metro")
    return {role: factories.person(role, desk, role) for role in ("checker", "editor")}


@pytest.fixture
def client(live_server: LiveServer, people: dict[str, User]) -> Iterator[Client]:
    with Client(live_server.url, _token(people["checker"])) as opened:
        yield opened


class _Losing(httpx.BaseTransport):
    """A network that loses the answer to the first request that is no GET."""

    def __init__(self) -> None:
        self.inner, self.lost = httpx.HTTPTransport(), 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.inner.handle_request(request)
        if request.method != "GET" and not self.lost:
            answer.read()
            self.lost += 1
            raise httpx.ReadError("The connection was lost.", request=request)
        return answer

    def close(self) -> None:
        self.inner.close()


def test_an_article_goes_in_and_comes_out_as_a_claim(client: Client) -> None:
    sent = client.send_article(text=TEXT, title="Trees")
    assert client.send_article(text=TEXT)["id"] == sent["id"]
    extract(Extraction.objects.get(version__article__public_id=sent["id"]).pk)
    read = client.wait_until_read(sent["id"])
    assert read["job"] is not None and read["job"]["suggestion_count"] == 1
    (suggestion,) = client.suggestions(article=sent["id"], state="proposed")
    claim = client.accept(suggestion["id"])
    client.move(client.claim(claim["id"]), "take")
    assert client.claim(claim["id"])["assignee"] == "checker"
    with pytest.raises(ApiError) as refused:
        client.move(claim, "release")
    assert refused.value.status == 412


def test_lists_are_read_to_their_end(client: Client, people: dict[str, User]) -> None:
    made = {str(factories.claim(people["checker"]).public_id) for _ in range(5)}
    assert {row["id"] for row in client.claims(page_size=2)} == made
    verdict = factories.published(people["checker"], people["editor"]).verdicts.get()
    (found,) = client.verdicts(state="published")
    assert found["id"] == str(verdict.public_id)
    assert client.verdict(found["id"])["rating"] == found["rating"]


def test_what_is_refused_says_why(client: Client, live_server: LiveServer) -> None:
    with pytest.raises(ApiError, match="text") as refused:
        client.post("claims/", text="")
    assert refused.value.status == 400 and refused.value.errors[0]["field"] == "text"
    with pytest.raises(ApiError) as unknown, Client(live_server.url, "nobody's") as stranger:
        stranger.get("me/")
    assert unknown.value.status == 401
    with (
        Client(f"{live_server.url}/verdicts", "a token") as lost,
        pytest.raises(UnreachableError, match="address of the newsroom's site"),
    ):
        lost.get("me/")


def test_a_lost_answer_leaves_nothing_done_twice(
    live_server: LiveServer, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck_client.client._pause", lambda *_: 0.0)
    network = _Losing()
    with Client(live_server.url, _token(people["checker"]), transport=network) as client:
        made = client.post("claims/", text="The city planted 4,200 trees.", topic=None)
    assert network.lost == 1
    assert str(Claim.objects.get().public_id) == made["id"]


def test_a_site_that_is_away_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck_client.client._pause", lambda *_: 0.0)
    with Client("http://127.0.0.1:9", "a token") as client, pytest.raises(UnreachableError):
        client.get("me/")


def test_the_command_line(
    live_server: LiveServer,
    people: dict[str, User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FACTCHECK_SITE", live_server.url)
    monkeypatch.setenv("FACTCHECK_TOKEN", _token(people["checker"]))
    story = tmp_path / "story.txt"
    story.write_text(TEXT, "utf-8")
    assert main(["article", str(story), "--title", "Trees"]) == 0
    assert str(Article.objects.get().public_id) in capsys.readouterr().out
    factories.claim(people["checker"], text="Boats\x1b[2J sank.")
    assert main(["claims"]) == 0
    assert "Boats [2J sank." in capsys.readouterr().out
    factories.published(people["checker"], people["editor"])
    assert main(["--json", "verdicts"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["state"] == "published"
    assert main(["article", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err
    monkeypatch.setenv("FACTCHECK_TOKEN", "nobody's")
    assert main(["claims"]) == 1
    monkeypatch.delenv("FACTCHECK_TOKEN")
    assert main(["claims"]) == 2
    assert "FACTCHECK_TOKEN" in capsys.readouterr().err


def test_the_next_text_under_its_own_name_is_the_next_version(
    live_server: LiveServer,
    people: dict[str, User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FACTCHECK_SITE", live_server.url)
    monkeypatch.setenv("FACTCHECK_TOKEN", _token(people["checker"]))
    story = tmp_path / "story.txt"
    for text in (TEXT, TEXT.replace("4,200", "4,300")):
        story.write_text(text, "utf-8")
        assert main(["article", str(story), "--external-id", "cms-17"]) == 0
    article = Article.objects.get()
    assert (article.external_id, article.versions.count()) == ("cms-17", 2)


def test_who_reads_no_further_gets_no_error(
    live_server: LiveServer,
    people: dict[str, User],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As `factcheck claims | head` does."""
    monkeypatch.setenv("FACTCHECK_SITE", live_server.url)
    monkeypatch.setenv("FACTCHECK_TOKEN", _token(people["checker"]))
    factories.claim(people["checker"])
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as output:
        monkeypatch.setattr("sys.stdout", output)
        assert main(["claims"]) == 0
    assert capsys.readouterr().err == ""


def test_events_are_followed_from_a_cursor_that_is_kept(
    live_server: LiveServer,
    people: dict[str, User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FACTCHECK_SITE", live_server.url)
    monkeypatch.setenv("FACTCHECK_TOKEN", _token(people["checker"]))
    kept = tmp_path / "cursor"
    made = [str(factories.claim(people["checker"]).public_id) for _ in range(3)]
    assert main(["--json", "events", "--cursor", str(kept)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["data"]["claim"] for one in told] == made
    made = [str(factories.claim(people["checker"]).public_id) for _ in range(2)]
    with Client(live_server.url, _token(people["checker"])) as client:
        pages = client.follow(kept.read_text("utf-8").strip(), page_size=1)
        assert [next(pages)["results"][0]["data"]["claim"] for _ in made] == made
    assert main(["--json", "events", "--cursor", str(kept)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(made)


SCHEMAS = {
    rows.Article: "ArticleOut",
    rows.Job: "JobOut",
    rows.Suggestion: "SuggestionOut",
    rows.Claim: "ClaimOut",
    rows.Verdict: "VerdictOut",
    rows.Event: "EventOut",
    rows.EventPage: "EventPageOut",
}
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


@pytest.mark.parametrize("row", SCHEMAS, ids=lambda row: row.__name__)
def test_its_types_are_those_of_the_contract(row: type) -> None:
    fields = json.loads(CONTRACT.read_text("utf-8"))["components"]["schemas"][SCHEMAS[row]]
    for name, hint in get_type_hints(row).items():
        told = _types(fields["properties"][name])
        if hint in PLAIN:
            assert told <= {PLAIN[hint], "enum"}, name
        elif hint == (str | None):
            assert told == {"string", "null"}, name
        elif hint == (int | None):
            assert told == {"integer", "null"}, name
        assert name in fields["required"]


def _types(field: dict[str, Any]) -> set[str]:
    if "$ref" in field:
        return {"enum"}
    if parts := field.get("oneOf") or field.get("allOf") or field.get("anyOf"):
        return set().union(*(_types(part) for part in parts))
    told = field["type"]
    return set(told) if isinstance(told, list) else {told}
