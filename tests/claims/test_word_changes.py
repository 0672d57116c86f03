"""What changed between two texts or values is told word by word, and each piece
says whether it was taken out or put in, also to somebody who hears it.
"""

from django.template.loader import render_to_string

from claims.desk.word_changes import changed_value, changed_words


def test_words_change_one_by_one_and_values_as_a_whole() -> None:
    cases = {
        changed_words("It fell by a tenth.", "It fell by a fifth."): [
            ("same", "It fell by a "),
            ("removed", "tenth."),
            ("added", "fifth."),
        ],
        changed_words("The  same\nwords", "The same words"): [],
        changed_words("", "New."): [("added", "New.")],
        changed_value("3 May 2026", "4 May 2026"): [
            ("removed", "3 May 2026"),
            ("added", "4 May 2026"),
        ],
        changed_value("", "False"): [("added", "False")],
        changed_value("False", "False"): [],
    }
    for pieces, expected in cases.items():
        assert [(piece.kind.value, piece.text) for piece in pieces] == expected


def test_a_page_marks_and_names_what_was_taken_out_and_put_in() -> None:
    pieces = changed_words("It fell <b>slowly</b>.", "It fell fast.")
    html = render_to_string("admin/claims/_changed_words.html", {"pieces": pieces})
    assert "<b>" not in html
    removed, added = html.index("<del"), html.index("<ins")
    assert html.index("It fell ") < removed < html.index("[removed:]") < added
    assert added < html.index("[added:]") < html.index("fast.")
