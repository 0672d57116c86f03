"""Fact checks of others: a file is read, tried, and written once."""

import io
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import ImportPhase, RowState
from claims.exchange.importing import running
from claims.exchange.importing.running import choose, start
from claims.models import Import, ImportedFactCheck
from claims.workflow import WorkflowError
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests.claims.import_cases import BRIDGE, TREES, as_csv, begun, checked, imported

ADD = reverse("admin:claims_import_add")


def test_a_person_imports_a_file_on_the_screen(client: Client, desk: Desk, editor: User) -> None:
    client.force_login(editor)
    assert client.get(ADD).status_code == 200
    sent = {"origin": "own_archive", "language": "en", "key": uuid.uuid4()}
    for _twice in range(2):
        file = io.BytesIO(as_csv(BRIDGE, TREES, ";False;https://checks.example/none;;;"))
        file.name = "archive.csv"
        assert client.post(ADD, {**sent, "file": file}).status_code == 302
    made = Import.objects.get()
    page = reverse("admin:claims_import_change", args=[made.pk])
    assert "The bridge cost 40 million." in client.get(page).text
    assert made.phase == ImportPhase.MAPPING and not ImportedFactCheck.objects.exists()
    columns = {f"column_{field}": column for field, column in made.mapping.items()}
    answer = client.post(f"{page[:-7]}columns/", {**columns, "language": "en", "day_order": ""})
    assert answer.status_code == 302
    shown = client.get(page).text
    assert "Start the import" in shown and "This is missing. Fill it in" in shown
    rows = b"".join(client.get(f"{page[:-7]}rows/").streaming_content).decode()  # type: ignore[attr-defined]
    assert '"4","refused","claim","This is missing.' in rows
    for _twice in range(2):
        assert client.post(f"{page[:-7]}start/").status_code == 302
    bridge, trees = ImportedFactCheck.objects.order_by("pk")
    assert (bridge.claim, bridge.rating, bridge.claimant) == (
        "The bridge cost 40 million.",
        "False",
        "The mayor",
    )
    assert (str(bridge.stated_date), str(bridge.published_date)) == ("2024-05-30", "2024-05-31")
    assert (bridge.publisher, bridge.site, bridge.origin) == (
        "checks.example",
        "checks.example",
        "own_archive",
    )
    assert (trees.claimant, trees.stated_date, trees.language) == ("", None, "en")
    one_page = reverse("admin:claims_importedfactcheck_change", args=[bridge.pk])
    one = client.get(one_page).text
    assert "not signed here" in one and "The bridge cost 40 million." in one
    found = client.get(reverse("admin:claims_importedfactcheck_changelist"), {"q": "bridge"}).text
    assert "The bridge cost" in found and "No tree" not in found
    assert one_page in client.get(reverse("search:page"), {"q": "bridge cost"}).text
    file = io.BytesIO(as_csv(TREES))
    file.name = "another.csv"
    assert client.post(ADD, {**sent, "file": file}).status_code == 302
    assert Import.objects.count() == 2
    actions = AuditEntry.objects.filter(action__startswith="import.").order_by("seq")
    told = ["import.begin", "import.start", "import.finish", "import.begin"]
    assert [one.action for one in actions] == told


def test_the_same_file_again_adds_nothing_and_a_changed_row_is_said(
    desk: Desk, editor: User
) -> None:
    imported(desk, editor, BRIDGE, TREES)
    again = checked(desk, editor, BRIDGE, BRIDGE, TREES.replace("Mostly true", "True"))
    assert again.counts == {"same": 1, "repeated": 1, "changed": 1}
    changed = again.rows.get(state=RowState.CHANGED)
    assert changed.line == 4 and changed.changes == {"rating": ["Mostly true", "True"]}
    assert ImportedFactCheck.objects.get(claim__contains="tree").rating == "Mostly true"
    start(again, by=editor)
    assert ImportedFactCheck.objects.count() == 2
    trees = ImportedFactCheck.objects.get(claim__contains="tree")
    assert trees.rating == "True" and trees.changed_at
    entry = AuditEntry.objects.get(action="fact_check.change")
    assert entry.changes == {"rating": ["Mostly true", "True"]}


def test_several_fact_checks_of_one_page_stay_apart(desk: Desk, editor: User) -> None:
    page = "https://checks.example/debate"
    rows = [f"He said {number}.;False;{page};;;" for number in range(3)]
    for _twice in range(2):
        imported(desk, editor, *rows)
    assert [one.part for one in ImportedFactCheck.objects.order_by("pk")] == [1, 2, 3]


def test_a_cut_off_import_goes_on_without_duplicates(
    desk: Desk, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "STEP", 2)
    rows = [f"He said {n}.;False;https://checks.example/{n % 4};;;" for n in range(5)]
    made = begun(desk, editor, *rows)
    choose(made, by=editor, mapping=made.mapping, defaults=made.defaults)
    for _step in range(3):
        running.work(made.pk)
    start(Import.objects.get(), by=editor)
    running.work(made.pk)
    # The worker dies in its step: nothing of that step is written.
    monkeypatch.setattr(running, "write", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    running.work(made.pk)
    assert ImportedFactCheck.objects.count() == 2
    monkeypatch.undo()
    running.again(Import.objects.get(), by=editor)
    for _step in range(3):
        running.work(made.pk)
    assert Import.objects.get().phase == ImportPhase.DONE
    assert sorted(ImportedFactCheck.objects.values_list("claim", flat=True)) == [
        f"He said {number}." for number in range(5)
    ]


def test_who_may_import_and_see(
    client: Client, desk: Desk, editor: User, checker: User, outsider: User, reporter: User
) -> None:
    made = imported(desk, editor, BRIDGE)
    page = reverse("admin:claims_import_change", args=[made.pk])
    fact_check = ImportedFactCheck.objects.get()
    one = reverse("admin:claims_importedfactcheck_change", args=[fact_check.pk])
    # An outsider is an editor elsewhere, and is not told that it exists.
    for who, of_import, of_fact_check in (
        (checker, 403, 200),
        (outsider, 404, 404),
        (reporter, 403, 403),
    ):
        client.force_login(who)
        assert client.get(page).status_code == of_import, who
        assert client.post(f"{page[:-7]}start/").status_code == of_import
        assert client.get(one).status_code == of_fact_check
    Membership.objects.filter(user=editor).delete()
    waiting = Import.objects.get()
    waiting.phase = ImportPhase.CHECKED
    waiting.save()
    with pytest.raises(Import.DoesNotExist):
        start(waiting, by=editor)


def test_an_import_that_may_not_start(desk: Desk, editor: User) -> None:
    made = begun(desk, editor, BRIDGE)
    with pytest.raises(WorkflowError, match="dry run is not over"):
        start(made, by=editor)
