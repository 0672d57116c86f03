# ruff: noqa: RUF001 - letters of other scripts are the matter of this file
"""A page is decoded as browsers decode it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.charset import LABELS, decoded

WORDS = "Grüße aus Köln"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), "text/html"),
        (WORDS.encode("latin-1"), "text/html; charset=iso-8859-1"),
        (WORDS.encode("latin-1"), 'text/html; charset="ISO-8859-1"'),
        (WORDS.encode("latin-1"), "text/html"),
        (WORDS.encode("latin-1"), "text/html; charset=utf-8"),
        (WORDS.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (WORDS.encode("utf-16"), "text/html"),
        (WORDS.encode("utf-16-be"), "text/html; charset=utf-16be"),
        (WORDS.encode(), "text/html; charset=idna"),
        (WORDS.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_the_words_come_out_whatever_the_encoding(body: bytes, content_type: str) -> None:
    assert decoded(body, content_type=content_type) == WORDS


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_the_page_may_name_its_encoding(meta: str) -> None:
    page = meta + "<p>Привет"
    assert decoded(page.encode("cp1251"), content_type="text/html") == page


def test_the_header_wins_over_the_page_and_curly_quotes_survive_a_latin_label() -> None:
    assert decoded(
        '<meta charset="windows-1251">ü'.encode("cp1252"),
        content_type="text/html; charset=iso-8859-1",
    ).endswith("ü")
    assert (
        decoded(b"\x93quoted\x94", content_type="text/html; charset=latin1") == "\u201cquoted\u201d"
    )


def test_a_broken_byte_is_marked_and_the_rest_is_kept() -> None:
    assert decoded(
        "Käse ".encode() + b"\x81\xff", content_type="text/html; charset=utf-8"
    ).endswith("\ufffd")


HARBOUR = "Порт закрыт, 4200 человек"


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        ("", "text/html; charset=cp1251"),
        ("", "text/html;charset=' windows-1251 '"),
        ("", "text/html; Charset = x-cp1251; version=5"),
        ("<meta charset=cp1251>", "text/html"),
        ("<meta charset=' CP1251\n'>", "text/html"),
        ("<META content='text/html; charset=x-cp1251' http-equiv=Content-Type>", "text/html"),
        ("<!-- <meta charset=utf-8> --><meta charset=cp1251>", "text/html"),
        ("<!-- <meta charset=iso8859-2> --><meta charset=cp1251>", "text/html"),
        ("<p title='<meta charset=iso8859-2>'><meta charset=cp1251>", "text/html"),
        ("<meta name=x content='charset=iso8859-2'><meta charset=cp1251>", "text/html"),
        ("<meta charset=nonsense><meta charset=cp1251>", "text/html"),
        ("<?xml version='1.0' encoding='cp1251'?>", "application/xhtml+xml"),
        (f"<script>{'x' * 3_000}</script><meta charset=cp1251>", "text/html"),
        ("", "text/html"),
        ("<meta charset=iso8859-2>", "text/plain; charset=cp1251"),
    ],
)
def test_labels_of_the_standard_in_its_order(head: str, content_type: str) -> None:
    page = f"{head}<p>{HARBOUR}</p>"
    assert decoded(page.encode("cp1251"), content_type=content_type) == page


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso8859-2", "iso8859-2", "Žižkov má 4200 bytů"),
        ("latin2", "iso8859-2", "Łódź ma 4200 mieszkań"),
        ("iso-ir-126", "iso8859-7", "Αθήνα, 4200 σπίτια"),
        ("arabic", "iso8859-6", "القاهرة 4200"),
        ("logical", "iso8859-8", "חיפה 4200"),
        ("dos-874", "cp874", "เชียงใหม่ 4200"),
        ("ms932", "cp932", "大阪の①号"),
        ("csisolatin9", "iso8859-15", "4200 €, œuvre"),
        ("x-x-big5", "big5hkscs", "高雄四千"),
        ("ms949", "cp949", "부산 4200"),
        ("chinese", "gb18030", "广州四千€"),
        ("866", "cp866", "Казань 4200"),
    ],
)
def test_less_usual_labels(label: str, codec: str, words: str) -> None:
    body = words.encode(codec)
    assert decoded(body, content_type=f"text/html; charset={label}") == words
    meta = f"<meta charset={label}>"
    assert decoded(meta.encode() + body, content_type="text/html") == meta + words


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8"])
@pytest.mark.parametrize("bad", [b"\xff", b"\x96", b"\xe9", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80"])
def test_a_bad_byte_leaves_the_other_letters_alone(bad: bytes, content_type: str) -> None:
    page = "Żółć kostet 4.200 € – więcej".encode()
    text = decoded(page + bad + b" koniec", content_type=content_type)
    assert "\ufffd" in text
    assert text.replace("\ufffd", "") == page.decode() + " koniec"


@pytest.mark.parametrize(
    ("label", "words"),
    [("gbk", "广州有四千户"), ("sjis", "大阪に四千戸"), ("euc-kr", "부산에 4200채")],
)
def test_a_bad_byte_in_another_encoding(label: str, words: str) -> None:
    body = words.encode(label) + b"\xff " + words.encode(label)
    text = decoded(body, content_type=f"text/html; charset={label}")
    assert text.startswith(words) and text.endswith(words)


def test_where_nothing_is_declared_the_letters_tell() -> None:
    assert {
        codec: decoded(words.encode(codec), content_type="text/html", domain=domain)
        for codec, words, domain in UNDECLARED
    } == {codec: words for codec, words, _ in UNDECLARED}


UNDECLARED = (
    ("koi8-r", "В городе живёт 4200 человек, сообщили в мэрии", ""),
    ("cp1250", "Město má 4200 bytů, řekl starosta; žádný není prázdný", "mesto.cz"),
    ("cp1253", "Ο δήμαρχος είπε ότι 4.200 σπίτια είναι άδεια", ""),
    ("cp1255", "ראש העיר אמר כי 4200 בתים ריקים", ""),
    ("cp1256", "قال رئيس البلدية إن 4200 منزل خالية", ""),
    ("cp932", "市長は月曜日に四千二百戸の住宅が空いていると述べた", ""),
    ("gb18030", "市长星期一说，有四千二百套住房空置", ""),
    ("big5", "市長星期一說，有四千二百套住房空置", ""),
    ("euc-kr", "시장은 월요일에 4,200채의 주택이 비어 있다고 말했다", ""),
    ("cp1254", "Belediye başkanı 4.200 evin boş olduğunu söyledi", "belediye.com.tr"),
)


def test_every_label_names_an_encoding_of_text() -> None:
    for encoding in set(LABELS.values()):
        assert b"word".decode(encoding, "replace") is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(LABELS)) | st.text(max_size=20))
def test_no_bytes_and_no_label_make_it_raise(body: bytes, label: str) -> None:
    assert isinstance(decoded(body, content_type=f"text/html; charset={label}"), str)
