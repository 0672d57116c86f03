"""The source of a web page, sent as a text: read as the page, with offsets into what is
stored.
"""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.intake.extraction_jobs import extract
from claims.models import Extraction, Suggestion
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.plaintext import TextError

STORY = (
    "The storm of Monday sank 40 boats at Largo harbour, the port authority said after it had"
    " counted the wrecks along the old quay."
)
MORE = (
    "Two people were killed when the roof of the fish market fell in, and 12 others were taken to"
    " the hospital of the county on the same night."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Storm sinks boats</title>
<meta property="article:published_time" content="2021-05-04T08:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport: 3 goals scored</a></li></ul></nav>
<article><h1>Storm sinks boats</h1><p>{STORY}</p><h2>1,204 shares</h2><p>{MORE}</p></article>
<footer><p>Copyright 2021 Largo Post. All rights reserved. 900 readers today.</p></footer></body></html>"""


@pytest.mark.parametrize("sent", [PAGE, PAGE.encode()], ids=["words", "bytes"])
def test_a_page_is_stored_as_its_text_and_read_with_offsets_into_it(
    checker: User, sent: str | bytes
) -> None:
    desk = checker.memberships.get().desk
    article, new = submit_text(desk, by=checker, text=sent)
    version = article.versions.get()
    assert (
        new and article.title == "Storm sinks boats" and str(article.published_date) == "2021-05-04"
    )
    assert STORY in version.text and "<p>" not in version.text and "Sport:" not in version.text
    extract(Extraction.objects.get(version=version).pk)
    found = Suggestion.objects.filter(article=article)
    assert {STORY, MORE} <= {one.text for one in found}
    assert all(version.text[one.start : one.end] == one.text for one in found)
    monday = next(
        date for one in found for date in one.details["dates"] if date["text"] == "Monday"
    )
    assert monday["from"] == "2021-05-03"
    assert submit_text(desk, by=checker, text=sent) == (article, False)


def test_what_the_sender_states_comes_before_what_the_page_says(checker: User) -> None:
    article, _ = submit_text(
        checker.memberships.get().desk, by=checker, text=PAGE, details=ArticleDetails(title="Boats")
    )
    assert article.title == "Boats"


def test_a_page_without_words_is_refused_with_the_remedy(checker: User) -> None:
    with pytest.raises(TextError, match="paste that"):
        submit_text(
            checker.memberships.get().desk,
            by=checker,
            text="<!doctype html><html><body><script>1</script></body></html>",
        )


def test_a_text_that_speaks_of_html_stays_as_it_is(checker: User) -> None:
    text = "The mayor wrote <p> into the minutes of 3 May 2021.\n"
    article, _ = submit_text(checker.memberships.get().desk, by=checker, text=text)
    assert article.versions.get().text == text


def test_the_command_prints_offsets_into_the_text_it_prints(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    printed, claims = StringIO(), StringIO()
    call_command("extract_claims", str(page), "--text", stdout=printed)
    call_command("extract_claims", str(page), stdout=claims)
    rows = [json.loads(line) for line in claims.getvalue().splitlines()]
    assert {STORY, MORE} <= {row["text"] for row in rows}
    assert all(printed.getvalue()[row["start"] : row["end"]] == row["text"] for row in rows)
