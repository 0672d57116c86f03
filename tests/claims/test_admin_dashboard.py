"""The dashboard of a desk: every number is the number of its list, and tells of no
claim that the reader may not see.
"""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.dashboard.charts import chart
from claims.admin.dashboard.tables import Cell, Table
from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.project.busy_desk import busy_desks

pytestmark = pytest.mark.django_db
PAGE = "/admin/dashboard/"
LINKED = {
    "backlog",
    "load",
    "links",
    "turnaround",
    "corrections",
    "claimants",
    "topics",
    "acceptance",
}


def _tables(client: Client, asked: str = "") -> dict[str, Table]:
    answer: Any = client.get(f"{PAGE}{asked}")
    assert answer.status_code == 200, answer.content
    return {table.name: table for table, _chart in answer.context["shown"]}


def test_every_number_is_the_number_of_the_list_it_links_to(client: Client, desk: Desk) -> None:
    people = busy_desks(desk)
    elsewhere = factories.desk("Culture")
    both = factories.person("both", desk, "editor")
    Membership.objects.create(user=both, desk=elsewhere, role="checker")
    factories.submitted(factories.person("there", elsewhere, "checker"))
    cases = [
        (people["editor"], ""),
        (people["auditor"], ""),
        (both, ""),
        (both, f"?desk={desk.pk}"),
    ]
    for person, asked in cases:
        client.force_login(person)
        linked = [
            (table.name, cell)
            for table in _tables(client, asked).values()
            for row in table.rows
            for cell in row
            # Of the many that are 0, those of one person.
            if cell.url and (cell.value or person == people["editor"])
        ]
        assert {name for name, _cell in linked} == LINKED
        for name, cell in linked:
            listed: Any = client.get(cell.url)
            assert listed.status_code == 200, cell.url
            rows = listed.context.get("cl")
            number = rows.result_count if rows else listed.context["page"].paginator.count
            assert number == cell.value, (name, cell)


def test_it_tells_how_long_verdicts_took_and_what_became_of_them(
    client: Client,
    checker: User,
    editor: User,
    second_editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = clock.now()
    for hours in (2, 10, 30):
        monkeypatch.setattr(clock, "now", lambda back=hours: now - timedelta(hours=back))
        made = factories.approved(checker, editor)
        monkeypatch.setattr(clock, "now", lambda: now)
        apply(made, Action.PUBLISH, by=editor)
    client.force_login(editor)
    assert [row[1].value for row in _tables(client)["turnaround"].rows] == [10.0]
    factories.corrected(checker, editor, second_editor)
    factories.retracted(checker, editor)
    shown = _tables(client)
    assert [row[1].value for row in shown["corrections"].rows] == [5, 1, 1, 20.0]
    assert shown["corrections"].note, "five verdicts are too few for a rate"
    long_ago = _tables(client, "?first=2019-01-01&last=2019-12-31")
    assert [row[1].value for row in long_ago["corrections"].rows] == [0, 0, 0, ""]


def test_the_page_names_its_period_also_where_none_was_chosen(client: Client, editor: User) -> None:
    client.force_login(editor)
    last = clock.now().date()
    for asked, first in (("", last - timedelta(days=89)), ("?first=2026-01-05", "2026-01-05")):
        page = client.get(f"{PAGE}{asked}").text
        assert f'name="first" value="{first}"' in page and f'value="{last}"' in page


def test_nobody_learns_of_what_they_may_not_see(
    client: Client,
    checker: User,
    editor: User,
    outsider: User,
    auditor: User,
    desk: Desk,
    submitted: Claim,
) -> None:
    Claim.objects.filter(pk=submitted.pk).update(claimant=factories.claimant("Canary Brandt"))
    client.force_login(outsider)
    seen = client.get(PAGE).content.decode()
    assert "Canary" not in seen and str(checker) not in seen
    assert not _tables(client)["backlog"].rows
    answer = client.get(f"{PAGE}?desk={desk.pk}")
    assert answer.status_code == 400, "another desk's, which is no choice"
    assert not answer.context["shown"]
    for person, status in ((checker, 403), (auditor, 200), (editor, 200)):
        client.force_login(person)
        assert client.get(PAGE).status_code == status, person
        assert client.get(reverse("dashboard:file", args=["backlog"])).status_code == status


@pytest.mark.parametrize(
    "asked",
    ["first=tomorrow", "first=2026-02-30", "first=2026-03-02&last=2026-03-01", "first=0001-01-01", "last=0001-01-01",
     "last=9999-12-31", "first=1990-01-01", "desk=x", "desk=99999999999999999999999", "desk=%00"],
)  # fmt: skip
def test_nonsense_is_answered_with_what_is_wrong(client: Client, editor: User, asked: str) -> None:
    client.force_login(editor)
    for path in (PAGE, f"{PAGE}load.csv"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert "errorlist" in answer.content.decode()
    assert client.get(f"{PAGE}nothing.csv").status_code == 404


def test_a_file_holds_the_table_and_no_formula(client: Client, checker: User, editor: User) -> None:
    checker.username = "=1+1"
    checker.save()
    factories.submitted(checker)
    client.force_login(editor)
    for name, table in _tables(client).items():
        head = client.get(f"{PAGE}{name}.csv").content.decode().splitlines()[0]
        assert head == ",".join(f'"{column}"' for column in table.columns), name
    answer = client.get(f"{PAGE}load.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.decode().splitlines()[1] == '"\'=1+1","1","0"'


def test_a_chart_shows_names_as_text_and_nothing_where_there_is_nothing_to_compare() -> None:
    name = "<script>alert(1)</script> & “Ümit”"
    drawn = chart([(name, 3), ("b", 1)], over_time=False)
    assert "<script" not in drawn and "style=" not in drawn
    texts = [
        each.text for each in ElementTree.fromstring(drawn).iter() if each.tag.endswith("text")
    ]
    assert "<script>alert(1)</script> &…" in texts
    for nothing in ([], [("a", 1)], [("a", 0), ("b", 0)]):
        assert chart(nothing, over_time=True) == ""
    years = [(str(year), year) for year in range(2000, 2026)]
    assert "2025" in chart(years, over_time=True), "the newest"
    table = Table("t", "T", [], [[Cell("a"), Cell("")], [Cell("b"), Cell(2)]])
    assert table.chart == [("b", 2)]


def test_a_file_is_the_same_whoever_takes_it(client: Client, checker: User, editor: User) -> None:
    factories.submitted(checker)
    client.force_login(editor)
    for name in _tables(client):
        english, german = (
            client.get(f"{PAGE}{name}.csv", headers={"Accept-Language": language}).content
            for language in ("en", "de")
        )
        assert english == german, name
