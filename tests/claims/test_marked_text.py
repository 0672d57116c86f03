"""Marks in a text add no way to bring markup into a page."""

from django.utils.html import format_html

from claims.admin.marked_text import highlight, marked, rendered, rendered_plain, unmarked

HOSTILE = '<img src=x onerror="alert(1)"> <script>alert(1)</script> <b'
MARKS = [highlight(format_html("<i>{}</i>", "<1>"))]


def test_a_marked_plain_text_is_escaped() -> None:
    html = rendered_plain(marked(HOSTILE, 0), MARKS)
    assert html.startswith("<mark>&lt;img src=x")
    assert html.endswith("&lt;b</mark><i>&lt;1&gt;</i>")
    assert html.count("<") == 4


def test_marked_markdown_is_cleaned() -> None:
    html = rendered(f"**{marked(HOSTILE, 0)}**\n\n[a](javascript:alert)", MARKS)
    assert "<mark>" in html
    for way_in in ("<img", "<script", "javascript:alert)</a>", 'href="javascript'):
        assert way_in not in html


def test_words_cannot_bring_a_mark_of_their_own() -> None:
    typed = f"a{chr(0x100000)}b{chr(0x100FFF)}c"
    assert unmarked(typed) == "abc"
    assert rendered_plain(typed, []) == "abc"
