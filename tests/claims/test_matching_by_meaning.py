"""With the extra `matching`, what means the same stands before what only has the same
words. Without it nothing is missing but that.
"""

import socket
from typing import Any

import pytest

from claims.matching import index, lookup, meaning, model
from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories
from tests.shared_rows import shared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not meaning.available(), reason="needs the extra `matching`"),
]
ASKED = "The hospital of Evers fired doctors who refused the night shift."
SAME = "The hospital of Evers dismissed physicians who declined to work at night."
OTHER = "The hospital of Evers praised doctors who took the night shift."


@shared
def known(checker: User) -> tuple[Claim, Claim]:
    claims = tuple(factories.claim(checker, text=text) for text in (SAME, OTHER))
    index.update_due()
    return claims


def _ranks(by: User) -> dict[str, float]:
    return {one.entry.text: one.rank for one in lookup.for_person(ASKED, "en", by=by)}


def test_what_means_the_same_gains_on_what_has_the_same_words(
    known: tuple[Claim, Claim], checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("no network is needed")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(meaning, "available", lambda: False)
    without, version = _ranks(checker), model.version()
    monkeypatch.setattr(meaning, "available", lambda: True)
    beside = _ranks(checker)
    assert without.keys() == beside.keys() == {SAME, OTHER}
    assert beside[SAME] / beside[OTHER] > without[SAME] / without[OTHER]
    assert model.version() != version


def test_texts_are_as_near_as_they_mean_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "available", lambda: True)
    [same], [other], [apart] = meaning.features(
        ASKED, [SAME, OTHER, "Milk became cheaper in the north."]
    )
    assert 1 > same > apart and 1 > other > apart
    assert meaning.features(ASKED, [ASKED])[0][0] == pytest.approx(1, abs=1e-5)


def test_without_the_extra_there_is_no_such_feature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "available", lambda: False)
    assert meaning.features(ASKED, [SAME, OTHER]) == [[], []]
    assert model.shipped().names == model.NAMES
