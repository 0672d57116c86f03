# ruff: noqa: RUF001
from claims.extraction import extract

_STORY = "The harbour at Largo closed on Monday after a storm damaged 40 boats."


def _texts(page: str) -> list[str]:
    return [one.text for one in extract(page)]


def test_page_furniture_is_no_claim() -> None:
    furniture = [
        "Related News",
        "ALSO READ  Minister denies that 900 boats were lost in the storm",
        "846 people are talking about this",
        "View image on Twitter",
        "Click to see full-size image",
        "%d bloggers like this:",
        "12 Comments",
    ]
    assert _texts("\n\n".join([_STORY, *furniture])) == [_STORY]


def test_a_line_repeated_again_and_again_is_a_caption() -> None:
    caption = "Storm Damage In 2021: 40 Boats Lost At Largo"
    assert _texts(
        f"{_STORY}\n{caption}\nClick to see full-size image\n{caption}\nClick to see full-size"
        f" image\n{caption}"
    ) == [_STORY]


def test_a_line_break_inside_a_sentence_does_not_cut_it() -> None:
    text = (
        "The harbour at Largo closed on Monday after a heavy storm\ndamaged 40 boats and killed two"
        " sailors."
    )
    assert _texts(text) == [text]


def test_a_dateline_is_not_part_of_the_sentence() -> None:
    text = f"LARGO, VELL (2:00 P.M.) – {_STORY}"
    (found,) = extract(text)
    assert found.text == _STORY
    assert [one.value for one in found.quantities] == ["40"]


def test_a_headline_is_a_candidate_marked_and_scored_lower() -> None:
    head = "Storm damaged 40 boats at Largo harbour on Monday"
    found = {
        one.text: one
        for one in extract(
            f"{head}\n\nBy Ana Ruiz - 2021-05-04\n\n{head}, the second such storm in 2021."
        )
    }
    assert "headline" in found[head].reasons
    assert found[head].score < max(one.score for one in found.values())


def test_languages_are_told_apart_block_by_block() -> None:
    text = (
        f"{_STORY}\nDie Regierung hat im Jahr 2020 nach dem Sturm 40 Boote für die Stadt gekauft.\n"
        "Le gouvernement a acheté 40 bateaux pour la ville après la tempête de 2020.\n"
        "El gobierno compró 40 barcos para la ciudad después de la tormenta de 2020.\n"
        "وقالت الحكومة إن 40 شخصا وصلوا إلى المدينة في عام 2020."
    )
    assert {one.language for one in extract(text)} == {"en", "de", "fr", "es", "ar"}
