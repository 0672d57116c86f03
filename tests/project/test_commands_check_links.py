"""manage.py check_links: addresses in, one JSON line each, in order, no database."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.sources.internal_services import LOOPBACK, InternalService, Visit, serving

FIELDS = {"url", "state", "http_status", "final_url", "redirects", "reason", "sha256", "elapsed_ms"}
PAGE = b"<title>Trees</title><p>The register of trees lists every tree in public ground.</p>"


def _site(visit: Visit) -> None:
    if visit.path == "/moved":
        visit.redirect("/page", status=301)
    elif visit.path == "/gone":
        visit.answer(b"", status=410)
    else:
        visit.answer(PAGE, headers=("Content-Type: text/html",))


def _check(path: Path | str, victim: InternalService) -> None:
    with override_settings(
        FETCH_ALLOWED_NETWORKS=LOOPBACK, FETCH_PORTS=settings.FETCH_PORTS | {victim.port}
    ):
        call_command("check_links", "--file", str(path))


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_address_gets_a_line_in_the_order_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(_site) as victim:
        (tmp_path / "urls").write_text(
            f"# ours\n\n{victim.url}/page\n  {victim.url}/moved\r\n{victim.url}/gone\n"
        )
        _check(tmp_path / "urls", victim)
    page, moved, gone = _lines(capsys)
    assert set(page) == FIELDS
    assert (page["state"], page["http_status"], page["redirects"]) == ("ok", 200, [])
    assert page["sha256"] == hashlib.sha256(PAGE).hexdigest()
    assert (moved["state"], moved["final_url"]) == ("redirected_permanent", f"{victim.url}/page")
    assert moved["redirects"] == [{"url": f"{victim.url}/moved", "status": 301}]
    assert (gone["state"], gone["http_status"], gone["sha256"]) == ("gone", 410, None)


def test_a_bad_address_has_a_state_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        b"ftp://a.example/x",
        b"no address",
        b"http://",
        b"http://a.example/\xff",
        b"http://10.0.0.1/",
        b"https://[::1]/",
        b"a" * 30_000,
    ]
    with serving(_site) as victim:
        (tmp_path / "urls").write_bytes(b"\n".join([*bad, f"{victim.url}/page".encode()]))
        _check(tmp_path / "urls", victim)
    *refused, last = _lines(capsys)
    assert len(refused) == len(bad)
    assert (
        refused[0]["state"] == "unsupported_scheme" and refused[4]["state"] == "refused_by_policy"
    )
    assert all(
        line["state"] != "ok" and line["reason"] and line["sha256"] is None for line in refused
    )
    assert last["state"] == "ok"


def test_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(_site) as victim:
        monkeypatch.setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(f"{victim.url}/page\n".encode()))
        )
        _check("-", victim)
    assert [line["state"] for line in _lines(capsys)] == ["ok"]


def test_a_page_that_breaks_our_own_reading_costs_only_its_own_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(exchange: object) -> None:
        raise RuntimeError(exchange)

    monkeypatch.setattr("sources.classify.classify", stumble)
    with serving(_site) as victim:
        (tmp_path / "urls").write_text(f"{victim.url}/page\n{victim.url}/gone\n")
        _check(tmp_path / "urls", victim)
    lines = _lines(capsys)
    assert [line["state"] for line in lines] == ["unchecked", "unchecked"]
    assert set(lines[0]) == FIELDS


def test_a_missing_list_is_refused_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Check the path") as ended:
        call_command("check_links", "--file", str(tmp_path / "none"))
    assert ended.value.returncode == 2


def test_an_empty_list_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "urls").write_text("\n# nothing\n")
    call_command("check_links", "--file", str(tmp_path / "urls"))
    assert _lines(capsys) == []


def test_progress_goes_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(_site) as victim:
        (tmp_path / "urls").write_text(f"{victim.url}/page\n{victim.url}/gone\n" * 3)
        _check(tmp_path / "urls", victim)
    assert "6 of 6 checked: ok 3, gone 3" in capsys.readouterr().err


def test_a_second_run_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(_site) as victim:
        (tmp_path / "urls").write_text(f"{victim.url}/page\n{victim.url}/gone\n")
        _check(tmp_path / "urls", victim)
        first = _lines(capsys)
        _check(tmp_path / "urls", victim)
    assert [{**line, "elapsed_ms": 0} for line in _lines(capsys)] == [
        {**line, "elapsed_ms": 0} for line in first
    ]
