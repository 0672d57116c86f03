"""What a newsroom sets for all its desks, over the API: rating scales, the methodology,
texts for readers, publishers, topics and claimants.
"""

from typing import Any

import pytest

from claims.models import Claim, Methodology, Rating, RatingScale, SiteText, Topic
from factcheck.newsroom.models import Desk, User
from sources.models import Claimant, Owner, Publisher
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
RATING = {"name": "Half true", "definition": "Half.", "colour": "#aa7700", "position": 3}


def test_a_scale_gets_a_version_that_is_edited_and_put_in_use(
    published: Claim, admin_person: User, editor: User
) -> None:
    api = Api(admin_person)
    scale = RatingScale.objects.get(in_use=True)
    at = f"scales/{scale.public_id}/"
    used = Rating.objects.get(verdicts__claim=published)
    # What a verdict carries stays.
    assert is_problem(api.patch(at, {"name": "Other"}), 409)
    assert is_problem(api.post(f"{at}ratings/", RATING), 409)
    assert is_problem(api.patch(f"ratings/{used.public_id}/", {"name": "Wrong"}), 409)
    answers = [api.post(f"{at}versions/") for _twice in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    made = answers[0].json()
    assert (made["version"], made["in_use"]) == (scale.version + 1, False)
    new = f"scales/{made['id']}/"
    assert api.post(f"{new}ratings/", RATING | {"value": 9}).status_code == 201
    for wrong in (RATING, RATING | {"name": "X", "colour": "red"}, RATING | {"name": ""}):
        assert is_problem(api.post(f"{new}ratings/", wrong), 400), wrong
    first = f"ratings/{made['ratings'][0]['id']}/"
    assert api.patch(first, {"definition": "Otherwise."}).json()["definition"] == "Otherwise."
    for _twice in range(2):
        assert api.post(f"{new}activate/").json()["in_use"]
    assert not api.get(at).json()["in_use"]
    for person, status in ((editor, 403), (admin_person, 403)):
        other = Api(person) if person == editor else Api(person, "verdicts:read")
        assert is_problem(other.post(f"{new}activate/"), status)
        assert is_problem(other.patch(first, {"name": "X"}), status)


def test_a_scale_of_its_own_begins_without_ratings(admin_person: User, editor: User) -> None:
    api = Api(admin_person)
    assert is_problem(Api(editor).post("scales/", {"name": "Context"}), 403)
    made = api.post("scales/", {"name": "Context"}).json()
    assert not made["in_use"] and made["ratings"] == []
    assert is_problem(api.post("scales/", {"name": "Context"}), 400)
    at = f"scales/{made['id']}/"
    assert is_problem(api.post(f"{at}activate/"), 409)
    assert api.patch(at, {"name": "In context"}).json()["name"] == "In context"
    assert "In context" in str(Api(editor).get("scales/").json())


@pytest.mark.parametrize(
    ("path", "given", "model"),
    [
        ("methodology/", {}, Methodology),
        ("site-texts/", {"page": "about", "language": "en"}, SiteText),
    ],
)
def test_a_text_is_published_in_versions(
    path: str, given: dict[str, str], model: Any, admin_person: User, editor: User
) -> None:
    api, body = Api(admin_person), given | {"text": "Two people sign."}
    assert [api.post(path, body).status_code for _twice in range(2)] == [201, 200]
    for wrong in (
        {"text": " "},
        {"in_force_from": "2020-01-01T00:00:00Z"},
        {"in_force_from": "2040-01-01T00:00:00"},
        {"language": "xx"},
        {"page": "home"},
    ):
        assert is_problem(api.post(path, body | {"text": "Other."} | wrong), 400), wrong
    later = body | {"text": "Three people sign.", "in_force_from": "2040-01-01T00:00:00Z"}
    assert api.post(path, later).json()["version"] == 2
    assert is_problem(api.post(path, body | {"text": "Sooner."}), 409)
    assert is_problem(Api(editor).post(path, body), 403)
    assert is_problem(Api(admin_person, "verdicts:publish").post(path, body), 403)
    assert model.objects.count() == 2


def test_a_publisher_gets_an_owner_and_a_kind(
    published: Claim, editor: User, auditor: User
) -> None:
    row = Publisher.objects.exclude(domain=None).order_by("pk")
    publisher, api = row[0], Api(editor)
    at = f"publishers/{publisher.public_id}/"
    for _twice in range(2):
        answer = api.patch(at, {"owner": " A  house ", "kind": "primary"}).json()
        assert (answer["owner"], answer["kind"]) == ("A house", "primary")
    assert Owner.objects.filter(name="A house", desk=None).count() == 1
    domain = api.patch(at, {"domain": "www.other.co.uk"}).json()["domain"]
    assert domain == "other.co.uk"
    for wrong in ({"domain": None}, {"domain": "no domain"}, {"owner": " "}, {"kind": "good"}):
        assert is_problem(api.patch(at, wrong), 400), wrong
    assert is_problem(Api(auditor).patch(at, {"kind": "primary"}), 403)


def test_a_topic_is_renamed(desk: Desk, editor: User, checker: User, outsider: User) -> None:
    made = Api(editor).post("topics/", {"name": "Trees"}).json()
    at = f"topics/{made['id']}/"
    for _twice in range(2):
        assert Api(editor).patch(at, {"name": "Parks"}).json()["name"] == "Parks"
    Api(editor).post("topics/", {"name": "Floods"})
    assert is_problem(Api(editor).patch(at, {"name": "Floods"}), 400)
    assert is_problem(Api(checker).patch(at, {"name": "Woods"}), 403)
    assert is_problem(Api(outsider).patch(at, {"name": "Woods"}), 404)
    assert set(Topic.objects.values_list("name", flat=True)) == {"Parks", "Floods"}


def test_a_claimant_gets_other_words_and_is_shared(
    desk: Desk, editor: User, checker: User, outsider: User, auditor: User
) -> None:
    made = {"text": "They planted 600.", "claimant": {"name": "Ole Brandt"}}
    assert Api(checker).post("claims/", made).status_code == 201
    [row] = Api(checker).get("claimants/", name="brandt").json()["results"]
    at = f"claimants/{row['id']}/"
    assert row["desk"] == str(desk.public_id)
    assert is_problem(Api(outsider).get(at), 404)
    assert is_problem(Api(auditor).patch(at, {"name": "Ole"}), 403)
    for _twice in range(2):
        changed = Api(checker).patch(at, {"description": "mayor"}).json()
        assert (changed["name"], changed["description"]) == ("Ole Brandt", "mayor")
    assert Claimant.objects.filter(name="Ole Brandt").count() == 2
    assert is_problem(Api(checker).patch(at, {"same_as": "no address"}), 400)
    assert is_problem(Api(checker).post(f"{at}share/"), 403)
    for _twice in range(2):
        assert Api(editor).post(f"{at}share/").json()["desk"] is None
    assert Api(outsider).get(at).status_code == 200
