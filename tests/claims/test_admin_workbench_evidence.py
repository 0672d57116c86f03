"""Evidence on the workbench: attached, looked up in its capture, checked, withdrawn."""

from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Evidence
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.cited_links import publisher_of
from sources.models import Link
from tests import factories

TEXT = "Report of the parks office. The city planted 7,412 trees, most of them lindens."


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def _url(claim: Claim, name: str, *more: int) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk, *more])


def _page(client: Client, claim: Claim) -> str:
    return client.get(_url(claim, "change")).content.decode()


def test_a_checker_attaches_a_source_with_its_origin(client: Client, checker: User) -> None:
    claim, agency = _taken(checker), publisher_of("https://agency.example/")
    client.force_login(checker)
    typed = {
        "url": "https://paper.example/a",
        "stance": "refutes",
        "quote": "7,412\r\ntrees",
        "locator": "page 3",
        "origin": "agency.example",
    }
    page = client.post(_url(claim, "evidence"), typed, follow=True).content.decode()
    item = Evidence.objects.get()
    assert (item.quote, item.origin, item.locator, item.added_by) == (
        "7,412\ntrees",
        agency,
        "page 3",
        checker,
    )
    assert "Evidence 1 attached." in page
    assert "report of agency.example" in page
    assert "no capture yet" in page
    assert "Capturing evidence 1." in page


def test_attaching_twice_attaches_one(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    typed = {
        "url": "https://paper.example/a",
        "stance": "refutes",
        "finding": "It shows otherwise.",
    }
    for _ in range(2):
        assert client.post(_url(claim, "evidence"), typed).status_code == 302
    assert Evidence.objects.count() == 1


def test_what_is_missing_or_wrong_is_said_and_everything_typed_is_kept(
    client: Client, checker: User
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    for typed, said in (
        (
            {"url": "https://paper.example/a", "stance": "refutes", "locator": "page 3"},
            "Enter the quoted passage",
        ),
        (
            {"url": "paper.example/a", "stance": "refutes", "quote": "Words.", "locator": "page 3"},
            "The URL has no scheme.",
        ),
        (
            {
                "url": "https://paper.example/a",
                "stance": "proves",
                "quote": "Words.",
                "locator": "page 3",
            },
            "Select a valid choice.",
        ),
    ):
        answer = client.post(_url(claim, "evidence"), typed)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert 'value="page 3"' in answer.content.decode()
    assert not Evidence.objects.exists()
    assert not Link.objects.exists()


def test_a_found_quote_is_marked_in_its_captured_page(client: Client, checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker, quote="the city planted 7,412 trees", text=TEXT)
    client.force_login(checker)
    assert "<mark>The city planted 7,412 trees</mark>" in _page(client, claim)
    copy = client.get(_url(claim, "capture", 1)).content.decode()
    assert '<mark id="quote">The city planted 7,412 trees</mark>, most of them lindens.' in copy


def test_a_quote_that_is_not_there_shows_what_the_page_says(client: Client, checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker, quote="the city planted 9,999 trees", text=TEXT)
    client.force_login(checker)
    page = _page(client, claim)
    assert "quote not found" in page
    assert "The page says:" in page
    assert "7,412 trees" in page


def test_an_item_is_withdrawn_once_and_stays_in_the_history(client: Client, checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(claim, checker)
    client.force_login(checker)
    for _ in range(2):
        client.post(_url(claim, "withdraw", 1), {"note": "The page was a draft."})
    item = Evidence.objects.get()
    assert item.withdrawn_by == checker
    assert "Withdrawn: 1" in _page(client, claim)
    assert client.post(_url(claim, "withdraw", 2)).status_code == 404


def test_the_newest_capture_is_read_when_asked(client: Client, checker: User) -> None:
    claim = _taken(checker)
    item = factories.evidence(claim, checker, quote="most of them oaks", text=TEXT)
    client.force_login(checker)
    assert "Use latest capture" not in _page(client, claim)
    factories.captured(item.link, "The city planted 7,412 trees, most of them oaks.")
    assert "Use latest capture" in _page(client, claim)
    client.post(_url(claim, "read_capture", 1))
    item.refresh_from_db()
    assert item.quote_state == "found"


def test_check_now_makes_the_check_due_and_is_safe_twice(client: Client, checker: User) -> None:
    claim = _taken(checker)
    item = factories.evidence(claim, checker)
    Link.objects.update(next_attempt_at=None)
    client.force_login(checker)
    for _ in range(2):
        assert (
            "link check started"
            in client.post(_url(claim, "check_link", 1), follow=True).content.decode()
        )
    item.link.refresh_from_db()
    assert item.link.next_attempt_at is not None


def test_a_capture_and_a_quote_cannot_carry_markup(client: Client, checker: User) -> None:
    claim = _taken(checker)
    factories.evidence(
        claim, checker, quote="<b>x</b>", text="Before <script>alert(1)</script> <b>x</b> after"
    )
    client.force_login(checker)
    for page in (_page(client, claim), client.get(_url(claim, "capture", 1)).content.decode()):
        assert "<script>alert" not in page
        assert "&lt;b&gt;x&lt;/b&gt;</mark>" in page


def test_evidence_of_another_claim_is_not_reached(client: Client, checker: User) -> None:
    mine, other = _taken(checker), _taken(checker)
    factories.evidence(other, checker)
    client.force_login(checker)
    assert client.post(_url(mine, "withdraw", 1)).status_code == 404
    assert not Evidence.objects.exclude(withdrawn_at=None).exists()
