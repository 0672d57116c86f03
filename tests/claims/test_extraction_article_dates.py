"""The date line of an article as pages print it, in five languages."""

import pytest

from claims.extraction import articles

_BODY = (
    "The harbour of Largo was closed after 40 boats had sunk in the storm, the ministry told"
    " reporters, and nobody knows when it opens again."
)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Tuesday, 12 May 2015", "2015-05-12"),
        ("Published: May 12, 2015 at 4:15 p.m. EDT", "2015-05-12"),
        ("Published 12:04 PM, May 12, 2015", "2015-05-12"),
        ("Updated May 14, 2015; published May 12, 2015", "2015-05-12"),
        ("May 12, 2015 | By Ann Holt", "2015-05-12"),
        ("12 May 2015 · 5 min read", "2015-05-12"),
        ("First published on Tue 12 May 2015 08.04 BST", "2015-05-12"),
        ("2015-05-12T08:04:00Z", "2015-05-12"),
        ("Veröffentlicht am 12. Mai 2015, 08:04 Uhr", "2015-05-12"),
        ("Stand: 12.05.2015 08:04 Uhr", "2015-05-12"),
        ("Stand: 12.05.15, 08:04 Uhr", "2015-05-12"),
        ("(12.05.2015)", "2015-05-12"),
        ("Publié le 12/05/15", "2015-05-12"),
        ("13/05/98", "1998-05-13"),
        ("12.45.15", None),
        ("Dienstag, 12. Mai 2015", "2015-05-12"),
        ("Le mardi 12 mai 2015 à 8h04", "2015-05-12"),
        ("Publié le 12/05/2015 à 08:04", "2015-05-12"),
        ("Published 12/05/2015 08:04", None),
        ("Mis en ligne le 12 mai 2015", "2015-05-12"),
        ("Publicado el 12 de mayo de 2015", "2015-05-12"),
        ("Martes 12 de mayo de 2015", "2015-05-12"),
        ("نشر في 12 مايو 2015", "2015-05-12"),
        ("الثلاثاء ١٢ مايو ٢٠١٥", "2015-05-12"),
        ("The storm of May 12, 2015 sank the boats of the town", None),
    ],
)
def test_a_date_line_dates_the_article(line: str, date: str | None) -> None:
    (article,) = articles(f"Storm sinks boats of Largo\n\n{line}\n\n{_BODY}")
    assert (article.date.isoformat() if article.date else None) == date


def test_a_date_in_brackets_behind_the_headline_dates_the_article() -> None:
    def date(headline: str, line: str = "") -> str:
        (article,) = articles(f"{headline}\n\n{line}\n\n{_BODY}")
        return str(article.date)

    assert date("Storm sinks boats of Largo (12.05.2015)") == "2015-05-12"
    assert date("Storm sinks boats of Largo (12 May 2015)") == "2015-05-12"
    assert (
        date("Storm sinks boats of Largo (12.05.2015)", "By Ann Holt, 14 May 2015") == "2015-05-14"
    )
    assert date("Storm sinks boats of Largo (as of 2015)") == "None"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ann Holt, May 12, 2015", "Ann Holt"),
        ("By Ann Holt | Tuesday, May 12, 2015 8:04 AM", "Ann Holt"),
        ("By Ann Holt on 12 May 2015", "Ann Holt"),
        ("By Ann Holt, Harbour Correspondent, 12 May 2015", "Ann Holt, Harbour Correspondent"),
        ("By Ann Holt Published May 12, 2015", "Ann Holt"),
        ("Von Anna Holt, 12. Mai 2015", "Anna Holt"),
        ("Par Anne Holt - Publié le 12 mai 2015", "Anne Holt"),
        ("Por Ana Holt, 12 de mayo de 2015", "Ana Holt"),
    ],
)
def test_a_byline_gives_its_name_and_its_date(line: str, byline: str) -> None:
    (article,) = articles(f"Storm sinks boats of Largo\n\n{line}\n\n{_BODY}")
    assert (article.byline, str(article.date)) == (byline, "2015-05-12")
