"""Files of others, good and hostile: read, or refused with line and remedy."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from claims.choices import ImportForm
from claims.exchange.importing.addresses import records_at
from claims.exchange.importing.claim_reviews import FIELDS_READ
from claims.exchange.importing.mapping import guess
from claims.exchange.importing.row_values import sentence_of, values_of
from claims.exchange.importing.running import read
from claims.exchange.importing.tables import ImportFileError
from factcheck.newsroom.csv_lines import csv_line
from sources.fetching import pages
from sources.filestore import LARGEST_FILE

TODAY = date(2026, 11, 30)
GOOD = {"claim": "It cost 40 million.", "rating": "False", "url": "https://checks.example/1"}
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "claimReviewed": "It cost 40 million.",
    "author": {"@type": "Organization", "name": "Checks"},
    "datePublished": "2024-05-31T10:00:00+02:00",
    "inLanguage": "en-GB",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"name": "The mayor"},
        "datePublished": "2024-05-30",
    },
    "reviewRating": {
        "alternateName": "False",
        "ratingValue": 1,
        "ratingExplanation": "It cost 31.",
    },
}
TOOLS = {
    "claims": [
        {
            "text": "It cost 40 million.",
            "claimant": "The mayor",
            "claimDate": "2024-05-30T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Checks", "site": "checks.example"},
                    "url": "https://checks.example/1",
                    "reviewDate": "2024-05-31T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en-GB",
                }
            ],
        }
    ],
    "nextPageToken": "x",
}


def _rows(content: bytes, **defaults: str) -> list[tuple[int, Any, list[str]]]:
    """(line, values, what is wrong) of each row, with the columns guessed."""
    table = read(content)
    mapping = {name: name for name in table.columns} if table.fixed else guess(table.columns)
    rows = []
    for line, record in table.rows:
        values, faults = values_of(record, mapping, {"language": "en", **defaults}, today=TODAY)
        wrong = [f"{fault.field}: {sentence_of(fault.stored)}" for fault in faults]
        rows.append((line, values, wrong))
    return rows


def _json(*items: Any) -> bytes:
    return json.dumps([*items]).encode()


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(REVIEW).encode(),
        json.dumps({"@graph": [{"@type": "WebPage"}, REVIEW]}).encode(),
        json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}]}).encode(),
        json.dumps(TOOLS).encode(),
        b"\n".join(
            json.dumps({**REVIEW, "url": f"https://checks.example/{n}"}).encode() for n in (1, 2)
        ),
    ],
)
def test_claim_review_is_read_in_every_wrapping(content: bytes) -> None:
    _line, values, wrong = _rows(content)[0]
    assert not wrong and read(content).form == ImportForm.CLAIM_REVIEW
    assert (values["claim"], values["rating"]) == ("It cost 40 million.", "False")
    assert (values["claimant"], values["publisher"]) == ("The mayor", "Checks")
    assert (values["stated_date"], values["published_date"]) == (
        date(2024, 5, 30),
        date(2024, 5, 31),
    )
    assert values["language"] == "en-GB" and json.loads(values["record"])


def test_the_columns_of_a_sheet_are_guessed_as_people_name_them() -> None:
    columns = (
        "Statement", "Verdict", "URL", "Who said it", "Date of statement", "Site", "Reporter",
        "Headline", "Summary", "Published", "Language",
    )  # fmt: skip
    assert tuple(guess(columns)[field] for field in FIELDS_READ) == columns


def test_files_of_every_country_are_read() -> None:
    german = "Behauptung\tBewertung\tAdresse\tDatum\r\n„Müll“ kostet 1 €.\tfalsch\thttps://a.example/ü\t3.1.2024\r\n"
    for encoded in (german.encode("utf-8-sig"), german.encode("cp1252"), german.encode("utf-16")):
        ((line, values, wrong),) = _rows(encoded)
        assert (line, wrong) == (2, []) and values["claim"] == "„Müll“ kostet 1 €."
        assert values["published_date"] == date(2024, 1, 3)
    quoted = 'claim,rating,url\n"He said ""no"",\nthen left.",False,https://a.example/1\nx,y,z\n'
    first, second = _rows(quoted.encode())
    assert first[0] == 2 and first[1]["claim"] == 'He said "no", then left.' and second[0] == 4
    lines = _rows(b'{"claim": "a", "rating": "b", "url": "https://a.example"}\n{"claim": oops}\n')
    assert [line for line, _values, _wrong in lines] == [1, 2] and "JSON object" in lines[1][2][0]
    nested = _rows(
        _json({"review": {"claim": "It is so.", "rating": "True"}, "link": "https://a.example"})
    )
    assert nested[0][2] == [] and nested[0][1]["rating"] == "True"


CSV = b"claim,rating,url\n"
# What is refused as a whole, and a word of the message.
REFUSED_FILES = {
    b"": "empty",
    b" \n\t\n": "empty",
    b"\xef\xbb\xbf": "empty",
    b"claim,rating,url\n": "no row",
    b"claim,rating,claim\na,b,c\n": "name “claim”",
    CSV + b"a,b\0,c\n": "Line 2 has a NUL",
    CSV + b'a,"b,c\nd,e,f\n': "line 2 is never closed",
    CSV + b'a,"b"c,d\n': "Line 2 has a quotation mark",
    CSV + b'"' + b"x" * 140_000 + b'",b,c\n': "cell of more than",
    b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1\n": "first line has more than",
    b",".join(b"c%d" % n for n in range(300)) + b"\n1\n": "300 columns",
    b"x" * 300 + b",b\n1,2\n": "has 300 characters",
    CSV + b"a,b,c\n" * 50_001: "more than 50000 rows",
    b"PK\x03\x04 sheet": "Excel",
    b"\xd0\xcf\x11\xe0 sheet": "Excel",
    b"%PDF-1.7": "PDF",
    b"\x1f\x8b\x08": "GZIP",
    b"a,b\n" + b"x" * LARGEST_FILE: "larger than 20 MB",
    b"[" * 100_000: "nested too deeply",
    b'{"a":' * 100_000: "nested too deeply",
    b'[{"claim": "a", "claim": "b"}]': "“claim” twice",
    b'[{"claim": NaN}]': "NaN",
    b'[{"claim": Infinity}]': "NaN or Infinity",
    b'[{"claim": "a",}]': "line 1",
    b'[\n{"claim": "a"}\n{"claim": "b"}]': "line 3",
    b'{"claim": "a"': "not JSON",
    b"[1, 2, 3]": "no fact checks",
    b'["a", "b"]': "no fact checks",
    b"[]": "no fact checks",
    b"[[[]]]": "no fact checks",
    b"{" + b",".join(b'"c%d": "x"' % n for n in range(300)) + b"}": "300 columns",
    b"[" + b",".join([b'{"a": "b"}'] * 50_001) + b"]": "more than 50000 rows",
}  # fmt: skip
# Of one row, what is changed against a good one, and a word of the message.
REFUSED_ROWS: list[tuple[dict[str, Any], str]] = [
    ({"claim": ""}, "claim: This is missing"),
    ({"claim": None}, "claim: This is missing"),
    ({"claim": "\ufeff"}, "claim: This has characters"),
    ({"claim": "x" * 5_001}, "claim: This is longer than 5,000"),
    ({"claim": "x" * 100_001}, ": A cell has more than 100,000"),
    ({"claim": "a\0b"}, ": This has characters"),
    ({"claim": "a\ud800b"}, ": This has characters"),
    ({"claim": "a" + "\u0301" * 100}, "claim: This has characters"),
    ({"claim": "<script>alert(1)</script>"}, "claim: This holds a program or a frame (<script>)"),
    ({"claim": "< ScRiPt src=//x>"}, "claim: This holds a program"),
    ({"claim": "<img src=x onerror=alert(1)>"}, "(<img>)"),
    ({"explanation": "<iframe src=//x>"}, "explanation: This holds"),
    ({"explanation": "<svg/onload=alert(1)>"}, "explanation: This holds"),
    ({"rating": " "}, "rating: This is missing"),
    ({"rating": "x" * 201}, "rating: This is longer than 200"),
    ({"claimant": "x" * 301}, "claimant: This is longer than 300"),
    ({"publisher": "x" * 301}, "publisher: This is longer"),
    ({"author": "x" * 301}, "author: This is longer"),
    ({"title": "x" * 501}, "title: This is longer"),
    ({"url": ""}, "address: This is missing"),
    ({"url": "javascript:alert(1)"}, "address: This is not the address"),
    ({"url": "data:text/html,x"}, "address: This is not the address"),
    ({"url": "file:///etc/passwd"}, "address: This is not the address"),
    ({"url": "ftp://a.example/"}, "address: This is not the address"),
    ({"url": "//a.example/x"}, "address: This is not the address"),
    ({"url": "a.example/x y"}, "address: This is not the address"),
    ({"url": "https://[::1"}, "address: This is not the address"),
    ({"url": "https://a.example/\u202egnp.exe"}, "address: This is not the address"),
    ({"url": "https://a.example/" + "x" * 2_001}, "address: This is longer than 2,000"),
    ({"url": "=HYPERLINK(\"https://a.example\")"}, "address: This is not the address"),
    ({"date": "31.02.2024"}, "published_date: “31.02.2024” is not a date"),
    ({"date": "2024-13-01"}, "is not a date"),
    ({"date": "0001-01-01"}, "is not a date"),
    ({"date": "99999-01-01"}, "is not a date"),
    ({"date": "yesterday"}, "is not a date"),
    ({"date": "45443"}, "is not a date"),
    ({"date": "\u0662\u0660\u0662\u0664-01-01"}, "is not a date"),
    ({"date": "2999-01-01"}, "is in the future"),
    ({"date": "05/06/2024"}, "may be two days"),
    ({"date": "1" * 10_000}, "is not a date"),
    ({"claim date": "never"}, "stated_date: “never” is not a date"),
    ({"language": "english"}, "language: “english” is not a language tag"),
    ({"language": "e"}, "is not a language tag"),
    ({"language": "<b>"}, "is not a language tag"),
    ({"language": "en-" + "x" * 20}, "is not a language tag"),
    ({"language": "en;q=1"}, "is not a language tag"),
]  # fmt: skip
# What looks hostile and is text: taken as it is, harmless where it is shown.
TAKEN: list[dict[str, Any]] = [
    {"claim": "=1+1"},
    {"claim": "@SUM(A1)"},
    {"claim": "5 < 6 & 7 > 3"},
    {"claim": "{{ settings.SECRET_KEY }} %(x)s {0}"},
    {"claim": "'; DROP TABLE claims_claim; --"},
    {"claim": "\u202eright to left\u202c"},
    {"claim": "👩🏽\u200d🚒 said so."},
    {"rating": "3.14159265358979323846264338327950288"},
    {"rating": "null"},
    {"url": "https://a.example/1#part-2"},
    {"url": "HTTPS://A.EXAMPLE:443/%7ex"},
    {"date": "2024-05-31T23:59:59.999Z"},
    {"date": "31/05/2024"},
    {"date": "05/31/2024"},
    {"language": "pt_BR"},
    {"language": ""},
    {"__proto__": "x", "constructor": "y"},
    {"nested": {"a": {"b": {"c": {"d": {"e": {"f": {"g": "h"}}}}}}}},
    {"list": [1, 2, [3, [4, [5]]]], "bool": True},
    {"number": "9" * 5_000},
    {"author": "=cmd|' /C calc'!A0"},
    {"title": "\ufeffWith a mark"},
]  # fmt: skip


def _with_neighbours(row: dict[str, Any]) -> Iterator[tuple[int, bytes]]:
    """A file of each form with this row between two good ones, and its line there."""
    rows = [{**GOOD, "url": f"{GOOD['url']}{number}"} for number in (1, 2)]
    rows.insert(1, {**GOOD, **row})
    yield 2, _json(*rows)
    yield 2, b"\n".join(json.dumps(one).encode() for one in rows)
    names = list(rows[1])
    # A NUL or half a character refuses a CSV file as a whole, an endless cell too.
    text = "".join(str(value) for value in row.values())
    if not {"\0", "\ud800"} & set(text) and len(text) < 100_000:
        lines = [csv_line(names), *(csv_line(one.get(name) for name in names) for one in rows)]
        # csv_line disarms formulas, and a hostile file does not.
        yield 3, "".join(lines).replace("\"'=", '"=').encode()


def test_more_than_a_hundred_hostile_files_are_told_what_is_wrong() -> None:
    files = 0
    for content, word in REFUSED_FILES.items():
        with pytest.raises(ImportFileError) as refused:
            read(content)
        assert word in str(refused.value), (content[:60], str(refused.value))
        files += 1
    for change, word in REFUSED_ROWS:
        for at, content in _with_neighbours(change):
            before, (line, _values, wrong), after = _rows(content)
            assert line == at and len(wrong) == 1 and word in wrong[0], (content[:200], wrong)
            # The rows beside it are none the worse.
            assert not before[2] and not after[2]
            files += 1
    assert files >= 150
    for change in TAKEN:
        ((_line, values, wrong),) = _rows(_json({**GOOD, **change}))
        assert not wrong and values["claim"] and values["rating"], (change, wrong)
    # In a CSV file the other rows are none the worse.
    rows = _rows(CSV + b"a,b,https://a.example/1\na,b,c,d,e\n\n,,\na,b,https://a.example/2\n")
    assert [(line, bool(wrong)) for line, _values, wrong in rows] == [
        (2, False),
        (3, True),
        (6, False),
    ]
    assert "more cells" in rows[1][2][0]
    assert _rows(_json({**GOOD, "date": "05/06/2024"}), day_order="mdy")[0][1][
        "published_date"
    ] == date(2024, 5, 6)


def test_a_page_is_read_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    unaddressed = {name: value for name, value in REVIEW.items() if name != "url"}
    script = f'<script type="application/ld+json">{json.dumps(unaddressed)}</script>'
    page = f"<html><script type='application/ld+json'>{{oops</script>{script}".encode()

    class Exchange:
        body, final_url = page, "https://checks.example/1"

        def header(self, _name: str) -> str:
            return "text/html; charset=utf-8"

    class Visit:
        answered, exchange = True, Exchange()

    monkeypatch.setattr(pages, "get", lambda *_args, **_options: Visit())
    (record,) = records_at("https://checks.example/1")
    assert (record["claim"], record["address"]) == (
        "It cost 40 million.",
        "https://checks.example/1",
    )
    Exchange.body = b"<html>Nothing here."
    assert records_at("https://checks.example/1") == [{"": "none_on_page"}]
    Visit.answered = False
    assert records_at("https://checks.example/1") == [{"": "no_page"}]
    assert records_at("javascript:alert(1)") == [{"": "address"}]
