"""An address with a place in its page cites the page, and keeps the place."""

import pytest

from claims.choices import Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.models import Evidence
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def _attach(by: User, url: str, **words: str) -> Evidence:
    details = EvidenceDetails(stance=Stance.SUPPORTS, finding="It says so.", url=url, **words)
    return attach(factories.claim(by), by=by, details=details)


def test_two_places_are_two_items_of_one_link(editor: User) -> None:
    third = _attach(editor, "https://example.org/report.pdf#page=3")
    ninth = _attach(editor, "https://example.org/report.pdf#page=9")
    assert third.link == ninth.link
    assert (third.locator, ninth.locator) == ("page 3", "page 9")


def test_a_place_that_somebody_wrote_is_kept(editor: User) -> None:
    item = _attach(editor, "https://example.org/a.pdf#page=3", locator="Table 2")
    assert item.locator == "Table 2"


def test_two_routes_of_an_application_are_two_links(editor: User) -> None:
    first = _attach(editor, "https://example.org/app#/report/1")
    second = _attach(editor, "https://example.org/app#/report/2")
    assert first.link != second.link
    assert first.locator == ""
