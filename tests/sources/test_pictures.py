"""What is read of a picture that somebody sent: in the sandbox, with limits."""

import pytest
from PIL import Image

from sources import pictures, sandbox
from sources.pictures import PictureReading, read_picture
from tests.picture_files import (
    ALL,
    MARKS,
    MODEL,
    SAME_SCENE,
    TAKEN_AT,
    changed,
    photograph,
    saved,
    scene,
)


def nearest(one: PictureReading, other: PictureReading) -> int:
    asked = [*one.views.values(), *([one.mirrored] if one.mirrored is not None else [])]
    return min((here ^ there).bit_count() for here in asked for there in other.views.values())


@pytest.fixture(scope="module")
def original() -> PictureReading:
    return read_picture(saved(scene(3)))


@pytest.mark.parametrize("kind", SAME_SCENE)
def test_each_kind_of_file_shows_the_same_scene(kind: str, original: PictureReading) -> None:
    read = read_picture(SAME_SCENE[kind])
    assert (read.problem, read.width, read.height) in (("", 480, 360), ("", 360, 480))
    assert (read.views["whole"] ^ original.views["whole"]).bit_count() <= 4
    assert read.frames == (2 if kind == "animated" else 1)


@pytest.mark.parametrize("change", changed(scene(3)))
def test_a_changed_copy_is_near_and_another_picture_is_not(
    change: str, original: PictureReading
) -> None:
    copy = read_picture(changed(scene(3))[change])
    assert nearest(copy, original) <= 10
    assert nearest(copy, read_picture(saved(scene(8)))) > 14


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("truncated", "damaged"),
        ("junk", "damaged"),
        ("tiff", "damaged"),
        ("svg", "damaged"),
        ("dots", "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(kind: str, problem: str) -> None:
    assert read_picture(ALL[kind]) == PictureReading(problem)


@pytest.mark.parametrize("kind", ["one dot", "plain"])
def test_a_picture_of_one_tone_resembles_none(kind: str) -> None:
    read = read_picture(ALL[kind])
    assert (read.problem, read.views, read.mirrored) == ("", {}, None)


def test_a_line_of_dots_is_read() -> None:
    assert read_picture(ALL["a line"]).width == 3000


def test_what_the_camera_wrote_is_told_and_not_in_the_preview() -> None:
    body = photograph()
    assert all(mark.encode() in body for mark in MARKS)
    read = read_picture(body)
    assert read.details["model"] == MODEL
    assert read.details["taken_at"] == TAKEN_AT
    assert (read.details["latitude"], read.details["longitude"]) == (-33.5, 151.01)
    assert not any(mark.encode() in read.preview for mark in MARKS)
    assert b"Exif" not in read.preview


def test_only_a_small_picture_drawn_anew_is_the_preview() -> None:
    hidden = saved(scene(1, (2000, 1000)), "JPEG", comment=b"a comment") + b"behind the end"
    preview = read_picture(hidden).preview
    assert b"comment" not in preview
    assert b"behind" not in preview
    assert len(preview) < 100_000


@pytest.mark.parametrize(
    "lie",
    [
        {"width": -1},
        {"format": "SVG"},
        {"views": {"whole": "xyz"}},
        {"views": {"../": "0" * 16}},
        {"views": []},
        {"details": {"model": 7}},
        {"details": {"latitude": 200}},
        {"details": {"latitude": "NaN"}},
        {"preview": "PHNjcmlwdD4="},
        {"preview": 7},
    ],
)
def test_a_reader_that_was_taken_over_is_not_believed(
    lie: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = {
        "format": "PNG",
        "width": 9,
        "height": 9,
        "frames": 1,
        "views": {"whole": "0" * 16},
        "mirrored": "0" * 16,
        "details": {},
        "preview": "/9j/",
    }
    monkeypatch.setattr(sandbox, "read", lambda *args, **more: truth)
    assert read_picture(b"").problem == ""
    monkeypatch.setattr(sandbox, "read", lambda *args, **more: {**truth, **lie})
    assert read_picture(b"").problem == pictures.DAMAGED


def test_a_large_picture_is_read_within_the_limits() -> None:
    assert read_picture(saved(Image.new("1", (9900, 9900)))).problem == ""
