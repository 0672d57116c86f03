"""The audit pack of a desk: pages for each criterion of the IFCN code of principles,
with tables of a period, of what readers have and of how claims were selected.
"""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action, ExportKind, SitePage
from claims.desk.queries import Question, open_query
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.exchange.audit_pack.period import asked_for
from claims.exchange.desk_export import making
from claims.intake.topics import add_topic, set_topic
from claims.intake.triage import ClaimDetails, create_claim, decline
from claims.models import Claim, DeskExport, Suggestion
from claims.publication import methodology, site_texts
from claims.publication.embargo import set_embargo
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.claimants import get_or_create_claimant
from sources.models import Claimant
from tests import factories
from tests.project.api import Api, is_problem
from tests.project.full_newsroom import Newsroom
from tests.project.secret_markers import PREFIX, SECRETS, published_claim

ADD = "/admin/claims/deskexport/add/"
CRITERIA = (
    "1-non-partisanship.html",
    "2-sources.html",
    "3-funding-and-organisation.html",
    "4-methodology.html",
    "5-corrections.html",
)


def packed(desk: Desk, by: User, language: str = "en", **days: date) -> zipfile.ZipFile:
    asked = asked_for(days.get("first"), days.get("last"), language)
    made = making.order(desk, by=by, audit=asked)
    for _step in range(2):
        making.work(made.pk)
    made.refresh_from_db()
    assert made.finished_at, made.last_error
    return zipfile.ZipFile(io.BytesIO(making.file_of(made).read_bytes()))


def _table(pack: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.read(name).decode(), newline="")))


def _text(pack: zipfile.ZipFile, name: str) -> str:
    return pack.read(name).decode()


def _everything(pack: zipfile.ZipFile) -> str:
    return "\n".join(_text(pack, name) for name in pack.namelist())


def _claimant(desk: Desk, by: User, name: str, description: str) -> Claimant:
    return get_or_create_claimant(name, desk=desk, by=by, description=description)


def _declined(by: User, editor: User, text: str, claimant: Claimant) -> Claim:
    desk = by.memberships.get().desk
    claim = create_claim(desk, by=by, details=ClaimDetails(text=text, claimant=claimant))[0]
    apply(claim, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    return claim


def test_it_has_a_page_for_each_criterion_and_the_tables_of_the_period(
    desk: Desk,
    checker: User,
    editor: User,
    published: Claim,
    second_editor: User,
    admin_person: User,
) -> None:
    set_topic(published, by=editor, topic=add_topic(desk, by=editor, name="=Trees")[0])
    _declined(
        checker, editor, "Their hall is green.", _claimant(desk, checker, "Ann", "Green Party")
    )
    corrected = factories.corrected(checker, editor, second_editor)
    methodology.publish(by=admin_person, text="Two people sign each verdict.")
    site_texts.publish(by=admin_person, page=SitePage.CORRECTIONS, language="en", text="At once.")
    pack = packed(desk, editor)
    assert {"index.html", "style.css", "corrections.html", *CRITERIA} <= set(pack.namelist())
    rows = _table(pack, "verdicts.csv")
    assert {row["address"].rsplit("/", 2)[1] for row in rows} == {
        claim.address for claim in (published, corrected)
    }
    # A spreadsheet runs nothing of it.
    assert {row["topic"] for row in rows} == {"'=Trees", ""}
    assert {(row["rating"], row["author"]) for row in rows} == {
        ("False", "checker"),
        ("False", "editor"),
    }
    (change,) = _table(pack, "corrections.csv")
    assert (change["kind"], change["reason"]) == ("correction", "It counted a street twice.")
    assert "It counted a street twice." in _text(pack, "corrections.html")
    month = rows[0]["published"][:7]
    assert f"{published.address}/" in _text(pack, f"verdicts-{month}.html")
    assert "/methodology/1/" in _text(pack, CRITERIA[3])
    # What is written is linked, what is not is named with the place to write it.
    first, funding, corrections = (_text(pack, CRITERIA[at]) for at in (0, 2, 4))
    assert "Not written yet" in funding and "/admin/claims/sitetext/add/?page=about" in funding
    assert corrections.count("Not written yet") == 1 and "/corrections/" in corrections
    assert "Not written yet" not in first and "few: may be chance" in first
    index = _text(pack, "index.html")
    assert "/about/" in index and "<script" not in _everything(pack)
    manifest = json.loads(pack.read("manifest.json"))
    assert manifest["counts"]["verdicts"] == 2 and manifest["counts"]["missing_texts"] == 3
    assert set(manifest["sha256"]) == set(pack.namelist()) - {"manifest.json"}


def test_selection_tells_reason_and_affiliation_and_no_words_or_names(
    desk: Desk, checker: User, editor: User, published: Claim
) -> None:
    _declined(
        checker, editor, "Their hall is green.", _claimant(desk, checker, "Ann Roe", "Greens")
    )
    suggestion = factories.article_read(checker).suggestions.earliest("pk")
    decline(suggestion, by=checker, reason="opinion")
    factories.claim(checker, text="Still in work.")
    pack = packed(desk, editor)
    rows = _table(pack, "selection.csv")
    assert [(row["decision"], row["reason"], row["affiliation"]) for row in rows] == [
        ("accepted", "", ""),
        ("declined", "opinion", ""),
        ("declined", "trivial", "Greens"),
    ]
    counted = {
        row["name"]: (row["offered"], row["accepted"], row["declined"], row["note"])
        for row in _table(pack, "balance.csv")
        if row["by"] == "affiliation"
    }
    assert counted == {
        "not recorded": ("2", "1", "1", "few: may be chance"),
        "Greens": ("1", "0", "1", "few: may be chance"),
    }
    shown = _everything(pack)
    assert "Greens" in shown
    for words in ("Their hall", "Ann Roe", "Still in work", suggestion.text, suggestion.speaker):
        assert not words or words not in shown


def test_what_is_protected_or_of_other_days_and_desks_is_counted_nowhere(
    desk: Desk, checker: User, editor: User, outsider: User, published: Claim
) -> None:
    secret = [
        create_claim(
            desk,
            by=checker,
            details=ClaimDetails(
                text=f"Hidden {number}.",
                claimant=_claimant(desk, checker, f"Sec {number}", f"Hidden party {number}"),
            ),
        )[0]
        for number in range(3)
    ]
    set_embargo(secret[0], by=editor, until=clock.now() + timedelta(days=3))
    open_query(secret[1], by=editor, question=Question(text="May we?", privileged=True))
    apply(secret[2], Action.TAKE, by=checker)
    told = Note(
        person="a person known to the desk",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="It was closed in April.",
        confidential=True,
        real_name="Nell Sec",
    )
    item = EvidenceDetails(url="", stance="supports", quote="closed in April")
    attach_note(secret[2], by=checker, note=told, item=item)
    for claim in secret:
        claim.refresh_from_db()
        apply(claim, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    elsewhere = outsider.memberships.get().desk
    other = _claimant(elsewhere, outsider, "Far", "Hidden party elsewhere")
    create_claim(elsewhere, by=outsider, details=ClaimDetails(text="Far.", claimant=other))
    pack = packed(desk, editor)
    assert "Hidden party" not in _everything(pack)
    assert [row["decision"] for row in _table(pack, "selection.csv")] == ["accepted"]
    past = packed(desk, editor, first=date(2020, 1, 1), last=date(2020, 12, 31))
    assert not _table(past, "verdicts.csv") and not _table(past, "selection.csv")
    assert "No verdict was published" in _text(past, "index.html")


def test_a_claimant_of_an_unpublished_correction_is_not_told(
    desk: Desk, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    Claim.objects.filter(pk=claim.pk).update(
        claimant=_claimant(desk, checker, "New", "Hidden party of a correction")
    )
    assert "Hidden party" not in _everything(packed(desk, editor))


def test_who_is_named_by_a_correction_alone_is_not_looked_up_by_name(
    desk: Desk, checker: User, editor: User
) -> None:
    ann = _claimant(desk, checker, "Ann Roe", "Greens")
    known = factories.ready(checker)
    known.claimant, known.stated_date = ann, clock.now().date()
    known.appearance_url = "https://radio.example/"
    known.save(update_fields=["claimant", "stated_date", "appearance_url"])
    for action, by in (
        (Action.SUBMIT, checker),
        (Action.APPROVE, editor),
        (Action.PUBLISH, editor),
    ):
        apply(known, action, by=by)
    unnamed = factories.correcting(checker, editor)
    Claim.objects.filter(pk=unnamed.pk).update(claimant=ann)
    rows = _table(packed(desk, editor), "selection.csv")
    assert sorted(row["affiliation"] for row in rows) == ["", "Greens"]


def test_no_secret_of_a_full_newsroom_is_in_it(db: None) -> None:
    room = Newsroom()
    published_claim(room)
    for secret in SECRETS:
        secret.plant(room, secret.mark)
    shown = _everything(packed(room.desk, room["editor"]))
    assert PREFIX not in shown
    assert len(_table(packed(room.desk, room["auditor"]), "verdicts.csv")) == 1
    assert Suggestion.objects.exists() and "@" not in shown


def test_an_editor_orders_one_on_the_page_and_sees_what_is_missing(
    client: Client, desk: Desk, editor: User
) -> None:
    client.force_login(editor)
    assert "/admin/claims/sitetext/add/?page=about" in client.get(ADD).text
    wrong = client.post(
        ADD, {"desk": desk.pk, "kind": "audit", "first": "2026-05-02", "last": "2026-05-01"}
    )
    assert wrong.status_code == 400 and "before the first" in wrong.text
    asked = {"desk": desk.pk, "kind": "audit", "language": "de"}
    for _twice in range(2):
        pressed = client.post(ADD, asked)
    made = DeskExport.objects.get()
    assert pressed.url == reverse("admin:claims_deskexport_change", args=[made.pk])
    assert (made.kind, made.language) == (ExportKind.AUDIT, "de")
    assert made.last_date and made.first_date == made.last_date - timedelta(days=364)
    # Everything of the desk is another order.
    client.post(ADD, {"desk": desk.pk})
    assert DeskExport.objects.count() == 2
    for _step in range(2):
        making.work(made.pk)
    page = client.get(pressed.url).text
    assert "IFCN audit pack" in page and "texts that the newsroom has not written" in page.lower()
    file = client.get(reverse("admin:claims_deskexport_download", args=[made.pk]))
    assert "audit-pack-" in file["Content-Disposition"]
    whole = zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content)))
    assert '<html lang="de"' in _text(whole, "index.html")
    recorded = AuditEntry.objects.filter(action__contains="audit_pack").order_by("seq")
    assert list(recorded.values_list("action", flat=True)) == [
        "audit_pack.order",
        "desk.audit_pack",
    ]


def test_the_api_orders_one_and_refuses_what_makes_no_sense(
    desk: Desk, editor: User, checker: User
) -> None:
    api = Api(editor)
    days: dict[str, Any] = {"first": "2026-01-01", "last": "2026-03-31"}
    made = api.post("desk-exports/", {"kind": "audit", **days})
    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("kind", "first", "last", "language")} == {
        "kind": "audit",
        "language": "en",
        **days,
    }
    assert api.post("desk-exports/", {"kind": "audit", **days}).status_code == 200
    for wrong in (
        days,
        {"kind": "audit", "first": "2026-05-02", "last": "2026-05-01"},
        {"kind": "audit", "first": "2001-01-01", "last": "2026-05-01"},
        {"kind": "audit", "language": "xx"},
        {"kind": "everything"},
    ):
        assert is_problem(api.post("desk-exports/", wrong), 400)
    assert is_problem(Api(checker).post("desk-exports/", {"kind": "audit"}), 403)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_pages_are_in_the_language_that_was_asked_for(
    desk: Desk, editor: User, language: str
) -> None:
    pack = packed(desk, editor, language)
    assert f'<html lang="{language}"' in _text(pack, CRITERIA[0])
    assert "Not written yet" not in _everything(pack)
