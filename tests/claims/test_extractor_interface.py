"""Another extractor behind the interface: believed only where its words stand in the
text.
"""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from claims.extraction import Candidate, Quantity, extract, rules
from claims.extraction.extractor import INVENTED, checked
from claims.intake import extractors
from claims.intake.extraction_jobs import extract as do
from claims.models import Extraction, Suggestion
from factcheck import checks
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api

TEXT = "The dam of Largo cost 40 million dollars, the auditor said. It broke in 2019.\n"


@dataclass(frozen=True)
class InventingExtractor:
    """As a language model might: one sentence as it stands, one from nowhere, one a
    letter off.
    """

    name: str = "dreamer"
    version: str = "7"

    def extract(self, text: str, *, published: datetime.date | None) -> Iterable[Candidate]:
        true = extract(text)[0]
        yield true
        yield replace(true, text="The dam of Largo cost 90 million dollars.")
        yield replace(true, start=true.start + 1)


def _true() -> Candidate:
    return extract(TEXT)[0]


def test_the_rules_pass_their_own_check() -> None:
    reading = checked(TEXT, rules().extract(TEXT, published=None))
    assert reading.candidates == extract(TEXT) and (reading.rejected, reading.invented) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "The dam of Largo cost 41 million dollars, the auditor said."},
        {"start": -1}, {"end": 10_000}, {"start": 5, "end": 5, "text": ""}, {"start": 1}, {"start": 58, "end": 59, "text": " "},
        {"score": float("nan")}, {"score": 1.2}, {"kind": "hearsay"}, {"article": -1},
    ],
    ids=str,
)  # fmt: skip
def test_what_does_not_stand_in_the_text_is_rejected(wrong: dict[str, object]) -> None:
    reading = checked(TEXT, [replace(_true(), **wrong), _true()])  # type: ignore[arg-type]
    assert (len(reading.candidates), reading.rejected) == (1, 1)


def test_invented_parts_are_left_out_and_the_blank_speaker_says_why() -> None:
    invented = replace(
        _true(),
        speaker="the minister",
        speaker_span=(4, 16),
        chain=("the minister",),
        cue="swore",
        quantities=(Quantity("90 boats", "", "90", "", "boats", 0, 8), *_true().quantities),
    )
    reading = checked(TEXT, [invented])
    found = reading.candidates[0]
    assert (found.speaker, found.speaker_span, found.chain, found.cue) == ("", None, (), "")
    assert found.reasons[-1] == INVENTED and found.quantities == _true().quantities
    assert (reading.rejected, reading.invented) == (0, 4)


def test_the_setting_chooses_and_the_desk_sees_what_was_left_out(
    settings: object, checker: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EXTRACTOR = f"{__name__}.InventingExtractor"  # type: ignore[attr-defined]
    with caplog.at_level(logging.WARNING, "claims.intake.extractors"):
        article = factories.article_read(checker, text=TEXT)
    job = Extraction.objects.get(version__article=article)
    assert (job.extractor, job.extractor_version, job.suggestion_count, job.rejected) == (
        "dreamer",
        "7",
        1,
        2,
    )
    assert [record.rejected for record in caplog.records] == [2] and "Largo" not in caplog.text
    do(job.pk)
    assert Suggestion.objects.filter(article=article).count() == 1
    client.force_login(checker)
    page = client.get(f"/admin/sources/article/{article.pk}/change/").content.decode()
    assert "2 suggestions of the extractor are not in the text and were left out." in page
    assert Api(checker).get(f"articles/{article.public_id}/").json()["job"]["rejected"] == 2


@pytest.mark.parametrize(
    "wrong", ["nowhere.at_all", "datetime.datetime.now", "claims.extraction.nothing"]
)
def test_a_setting_that_names_no_extractor_is_refused_in_words(
    settings: object, wrong: str
) -> None:
    settings.EXTRACTOR = wrong  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="FACTCHECK_EXTRACTOR"):
        extractors.chosen()
    assert [found.id for found in checks.extractor(None)] == ["factcheck.E004"]
