# ruff: noqa: RUF001
"""Whatever the text, every span is its words as they stand, and the same text gives the
same answer.

`EXTRACTION_EXAMPLES=10000 pytest tests/claims/test_extraction_spans.py` tries ten
thousand random texts.
"""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import Candidate, articles, extract
from claims.extraction.extractor import checked

_PIECES = st.sampled_from(
    [
        "The mayor said on Friday that 4,500 homes were built. ",
        "“We lost 12 boats,” Ana Ruiz told reporters. ",
        "According to the port, 3 ships sank.",
        "\r\n\r\n",
        "\n",
        " • ",
        "By News Desk\u00a0-2021-05-04\n\n",
        "😀 ",
        "e\u0301te\u0301 ",
        "وقالت الوزارة إن ٤٥٠ شخصا وصلوا. ",
        "‘so-called’ ",
        "’",
        "“",
        "Related News\n",
        "View image on Twitter\n",
        "\ud800",
        "İstanbul ",
        "750km2 ",
        "(2:00 P.M.) – ",
        "BERG: We paid 3 million. ",
        "The mayor Tom Berg, a lawyer, spoke. The mayor said 12 boats sank. ",
        "« Le port a perdu 2 500 bateaux le 3 mai », dit-il. ",
        "Am 3. Mai waren es „12.500“ Boote. ",
        "Hay 3,5 millones de barcos desde mayo de 2021. ",
    ]
)
_EXAMPLES = int(os.environ.get("EXTRACTION_EXAMPLES", "300"))
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=25).map("".join))


def _spans(candidate: Candidate) -> list[tuple[int, int, str]]:
    found = [(candidate.start, candidate.end, candidate.text)]
    parts = (
        *candidate.quantities,
        *candidate.dates,
        *candidate.repeated_at,
        *(one.passage for one in candidate.conflicting_figures),
    )
    found += [(one.start, one.end, one.text) for one in parts]
    if candidate.speaker_span:
        found.append((*candidate.speaker_span, candidate.speaker))
    return found


@settings(max_examples=_EXAMPLES, deadline=None)
@given(_TEXTS)
def test_every_span_is_the_words_as_they_stand_and_the_same_again(text: str) -> None:
    found = extract(text)
    parts = {one.article: one for one in articles(text)}
    for candidate in found:
        assert all(text[start:end] == words for start, end, words in _spans(candidate))
        assert bool(candidate.speaker) == (candidate.speaker_span is not None)
        assert 0 <= candidate.score <= 1
        assert (
            parts[candidate.article].start
            <= candidate.start
            < candidate.end
            <= parts[candidate.article].end
        )
    assert checked(text, found).candidates == found
    assert extract(text) == found
    assert articles(text) == tuple(parts.values())


def test_offsets_count_code_points_after_emoji_and_combining_marks() -> None:
    text = "😀😀 Cafe\u0301 news. The bridge cost $4 million, the builder Pia Holt said."
    candidate = next(one for one in extract(text) if "bridge" in one.text)
    assert text[candidate.start : candidate.end] == candidate.text
    assert candidate.text.startswith("The bridge")
    assert candidate.speaker == "the builder Pia Holt"


def test_candidates_of_one_article_come_best_first() -> None:
    scores = [
        one.score
        for one in extract(
            "The dam of Largo failed in the spring. It killed 40 people in 2019, more than any"
            " other."
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 2


def test_json_gives_null_for_an_unknown_speaker() -> None:
    text = "They said on 4 May 2021 that 300 boats sank."
    data = extract(text)[0].to_json()
    assert data["speaker"] is None
    assert data["speaker_span"] is None
    assert data["dates"][0]["from"] == "2021-05-04"
    assert data["quantities"][0]["value"] == "300"


def test_json_of_an_article_has_its_date_as_text() -> None:
    data = articles(
        "Ferry sinks off Largo\n\nBy Ana Ruiz - 2021-05-04\n\nA ferry sank off Largo on Monday with"
        " 40 aboard."
    )[0].to_json()
    assert data["date"] == "2021-05-04"
    assert data["headline"] == "Ferry sinks off Largo"
    assert data["byline"] == "Ana Ruiz"


def test_a_sentence_said_again_has_its_own_spans() -> None:
    text = "Ana Ruiz: The port lost 40 boats on May 3, 2019. " * 3
    for one in extract(f"{text}\n\n{text}"):
        for part in (*one.quantities, *one.dates):
            assert one.start <= part.start < part.end <= one.end
