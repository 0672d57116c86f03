"""The list of evidence over all claims, and that each filter finds its items."""

from django.test import Client
from django.urls import reverse

from claims.models import Claim, Evidence
from factcheck.newsroom.models import User
from tests import factories

LIST = reverse("admin:claims_evidence_changelist")


def test_each_filter_finds_its_items(
    client: Client, checker: User, outsider: User, ready: Claim
) -> None:
    first, second = ready.evidence.order_by("number")
    factories.withdrawn(second, checker)
    both, one, other, none = {1, 2}, {1}, {2}, set[int]()
    cases = {
        "": both,
        "withdrawn=no": one,
        "withdrawn=yes": other,
        f"desk={ready.desk_id}": both,
        f"stance={first.stance}": both,
        "stance=context": none,
        f"quote={first.quote_state}": both,
        f"link={first.link.state}&publisher={first.link.publisher}": one,
        "added_from=2020-01-01": both,
        "added_to=2020-01-01": none,
    }
    client.force_login(checker)
    wrong = {}
    for asked, wanted in cases.items():
        page = client.get(f"{LIST}?{asked}")
        found = {item.number for item in page.context["cl"].result_list}
        if found != wanted:
            wrong[asked] = found
    assert not wrong
    assert client.get(f"{LIST}?stance=maybe").status_code == 400
    row = reverse("admin:claims_evidence_change", args=[first.pk])
    assert client.get(row)["Location"].endswith(f"/claims/claim/{ready.pk}/change/#evidence-1")
    client.force_login(outsider)
    assert client.get(LIST).context["cl"].result_count == 0
    assert client.get(row).status_code == 404
    assert Evidence.objects.count() == 2
