"""Text that is a command to some interpreter stays text: to SQL, to the reader of
pages, and to the log.
"""

import io
import json
import logging

import pytest
from django.test import Client

from factcheck.ledger.logs import JsonFormatter
from factcheck.newsroom.models import User
from sources.readable import read_page
from tests import factories
from tests.project.api import Api

SQL = ["' OR 1=1 --", "'; DROP TABLE claims_claim; --", '" OR ""="', "%' OR '%'='", "\\'; SELECT 1"]


@pytest.mark.parametrize("text", SQL)
def test_a_search_for_sql_finds_that_text_and_nothing_else(checker: User, text: str) -> None:
    factories.claim(checker, text="The city planted 4,200 trees.")
    asked = factories.claim(checker, text=f"It says {text} on the wall.")
    page, api = Client(), Api(checker)
    page.force_login(checker)
    (found,) = api.get("claims/", q=text).json()["results"]
    assert found["id"] == str(asked.public_id)
    shown = page.get("/admin/claims/claim/", {"q": text})
    assert shown.status_code == 200 and "4,200 trees" not in shown.text
    assert api.get("claims/", status=text).status_code == 400
    assert api.get(f"claims/{text}/").status_code == 404


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % y SYSTEM "http://127.0.0.1:9/x.dtd"> %y;<!ENTITY x "z">',
        '<!ENTITY a "grow"><!ENTITY b "' + "&a;" * 99 + '"><!ENTITY x "' + "&b;" * 99 + '">',
    ],
    ids=["file", "network", "growing"],
)
def test_a_page_reads_no_file_and_grows_by_no_entity(declared: str, kind: str) -> None:
    words = "The city planted 4,200 trees in the spring, says the register of the park office. " * 5
    body = (
        f'<?xml version="1.0"?><!DOCTYPE html [{declared}]><html><body><article><p>{words}</p>'
        f"<p>&x; and more words of the office that published it.</p></article></body></html>"
    )
    page = read_page(body.encode(), url="https://office.example/", content_type=kind)
    assert "4,200 trees" in page.text
    assert "root:" not in page.text and len(page.text) < 2 * len(body)


@pytest.mark.parametrize("text", ["a\nERROR forged", "a\r\nb", "\x1b[2Jgone", '"} {"level": "none'])
def test_a_log_entry_is_one_line_whatever_stands_in_it(text: str) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    record = logging.LogRecord("x", logging.WARNING, "", 0, "typed %s", (text,), None)
    handler.emit(record)
    (line,) = out.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["event"] == f"typed {text}" and "\x1b" not in line
    assert entry["at"].endswith("+00:00")


@pytest.mark.parametrize("sent", ["a\tb", "x" * 65, '"}', "<b>"])
def test_an_id_of_a_request_from_outside_is_taken_only_if_harmless(sent: str) -> None:
    answer = Client().get("/healthz/live", headers={"X-Request-ID": sent})
    assert answer["X-Request-ID"] != sent and answer["X-Request-ID"].isalnum()
    kept = Client().get("/healthz/live", headers={"X-Request-ID": "trace-1.a_b"})
    assert kept["X-Request-ID"] == "trace-1.a_b"
