"""Many ids in one query: exactly their rows are found, by key and by foreign key."""

import pytest

from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.models import Link

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_exactly_the_rows_of_these_ids_are_found(desk: Desk, checker: User) -> None:
    links = [
        cite(f"https://register.example/{number}", desk=desk, by=checker).pk for number in range(5)
    ]
    asked = {links[3], links[1], links[1] + 10**12}
    assert set(Link.objects.filter(pk__among=asked).values_list("pk", flat=True)) == {
        links[1],
        links[3],
    }
    assert Link.objects.exclude(pk__among=asked).count() == 3
    assert Link.objects.filter(desk__among=[desk.pk]).count() == 5
    assert Link.objects.filter(pk__among=iter(links)).update(reason="asked") == 5


def test_no_ids_find_nothing(desk: Desk, checker: User) -> None:
    cite("https://register.example/1", desk=desk, by=checker)
    assert (
        not Link.objects.filter(pk__among=[]).exists()
        and not Link.objects.filter(desk__among=()).exists()
    )


def test_what_is_no_id_is_refused(desk: Desk) -> None:
    with pytest.raises(TypeError):
        Link.objects.filter(pk__among=[1, "x"]).exists()
