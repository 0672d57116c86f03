"""A newsroom's own colours, logo, templates and files on the pages for readers."""

import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from factcheck import env
from factcheck.newsroom import brand
from tests.project.test_settings import start

SHEET = Path("static/public.css").read_text("utf-8")


def _codes() -> list[str]:
    return [message.id for message in run_checks() if message.id]


def test_without_a_choice_pages_ask_for_no_sheet_of_the_newsroom(client: Client, db: None) -> None:
    assert "brand.css" not in client.get("/verdicts/").text
    assert client.get("/brand.css").text == ""


def test_colours_and_logo_are_on_the_pages(client: Client, db: None, settings) -> None:
    settings.BRAND_COLOUR, settings.BRAND_COLOUR_DARK = "#7a1f1f", "#ffb3ab"
    settings.BRAND_LOGO = "mark.svg"
    shown = client.get("/verdicts/").text
    assert 'href="/brand.css"' in shown and '<img src="/static/mark.svg" alt=""' in shown
    sheet = client.get("/brand.css")
    assert sheet["Content-Type"].startswith("text/css")
    light, dark = re.findall("--accent: (#[0-9a-f]{6})", sheet.text)
    assert (light, dark) == ("#7a1f1f", "#ffb3ab")
    assert {"factcheck.E005", "factcheck.E006"}.isdisjoint(_codes())


def test_a_light_colour_alone_leaves_the_dark_one_as_it_is(settings) -> None:
    settings.BRAND_COLOUR = "#7a1f1f"
    dark = re.findall("--accent: (#[0-9a-f]{6})", SHEET)[1]
    assert f"--accent: {dark}" in brand.style_sheet().partition("dark")[2]


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    grounds = re.findall("--(?:paper|panel): (#[0-9a-f]{6})", SHEET)
    assert grounds == [*brand.LIGHT, *brand.DARK]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert brand.contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_what_cannot_be_read_or_is_not_there_stops_the_start(settings) -> None:
    settings.BRAND_COLOUR = "#ffcc00"
    settings.BRAND_COLOUR_DARK = "#333333"
    settings.BRAND_LOGO = "nowhere.svg"
    assert _codes().count("factcheck.E005") == 4
    assert "factcheck.E006" in _codes()


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#0b4f8a;}"])
def test_only_a_colour_is_a_colour(monkeypatch, value: str) -> None:
    monkeypatch.setenv("FACTCHECK_BRAND_COLOUR", value)
    with pytest.raises(ImproperlyConfigured, match="#0b4f8a"):
        env.colour("FACTCHECK_BRAND_COLOUR")


def test_templates_and_files_of_the_folder_stand_before_ours(tmp_path: Path) -> None:
    for name in ("templates", "static"):
        (tmp_path / name).mkdir()
    (tmp_path / "templates" / "base.html").write_text("ours")
    (tmp_path / "static" / "mark.svg").write_text("<svg/>")
    then = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'factcheck.settings'\n"
        "import django; django.setup()\n"
        "from django.contrib.staticfiles import finders\n"
        "from django.template.loader import get_template\n"
        "print(get_template('base.html').origin.name, finders.find('mark.svg'))"
    )
    started = start(tmp_path, then, FACTCHECK_ENV="test", FACTCHECK_BRAND_FOLDER=str(tmp_path))
    assert started.stdout.split() == [
        str(tmp_path / "templates" / "base.html"),
        str(tmp_path / "static" / "mark.svg"),
    ], started.stderr
    gone = start(tmp_path, FACTCHECK_ENV="test", FACTCHECK_BRAND_FOLDER=str(tmp_path / "no"))
    assert gone.returncode and "FACTCHECK_BRAND_FOLDER" in gone.stderr
