"""A bad choice of a deployment stops the start with a sentence that names the
setting.
"""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import env

ROOT = Path(env.__file__).parent.parent
SECRET = "a-b_c.d!e?f:g;h,i+j/k=l~m^n-o_p.q!r?s:t;u,v+w/x=y~z0123456789"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(32, 64))).decode()
DEMO_KEY = "ZGVtby1rZXktcHJvZHVjdGlvbi1yZWZ1c2VzLWl0ISE="


def start(
    tmp_path: Path,
    then: str = "from factcheck import settings; print(settings.ENVIRONMENT)",
    **settings: str,
) -> subprocess.CompletedProcess[str]:
    """Load the settings as a fresh process would, with these and no other choices
    made.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACTCHECK_", "DATABASE_", "REDIS_", "DJANGO_"))
    }
    chosen = {"FACTCHECK_DATA_DIR": str(tmp_path)} | settings
    return subprocess.run(
        [sys.executable, "-c", then],
        cwd=ROOT,
        env=kept | chosen,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "secret",
    ["", "short", "a" * 60, "demo-only-secret-that-production-refuses-to-start-with"],
    ids=["missing", "short", "monotonous", "default"],
)
def test_production_refuses_to_start_with_a_bad_secret(tmp_path: Path, secret: str) -> None:
    refused = start(tmp_path, FACTCHECK_SECRET_KEY=secret)
    assert refused.returncode == 1
    assert "FACTCHECK_SECRET_KEY is missing, short or a default" in refused.stderr


def test_production_is_the_default_and_starts_with_a_real_secret(tmp_path: Path) -> None:
    started = start(tmp_path, FACTCHECK_SECRET_KEY=SECRET, FACTCHECK_ENCRYPTION_KEYS=KEY)
    assert started.stdout == "production\n"


@pytest.mark.parametrize("keys", ["", " , ", DEMO_KEY, f"{KEY},{DEMO_KEY}"])
def test_production_refuses_to_start_without_a_key_of_its_own(tmp_path: Path, keys: str) -> None:
    refused = start(tmp_path, FACTCHECK_SECRET_KEY=SECRET, FACTCHECK_ENCRYPTION_KEYS=keys)
    assert refused.returncode == 1
    assert "FACTCHECK_ENCRYPTION_KEYS is missing or holds the key of the demo" in refused.stderr
    assert "python3 -c" in refused.stderr and KEY not in refused.stderr


@pytest.mark.parametrize("bad", ["canary-text", KEY[:-4], KEY + "AAAA", "ké" * 22, SECRET])
def test_what_is_no_key_is_refused_and_not_printed(tmp_path: Path, bad: str) -> None:
    keys = f"{KEY},{bad}"
    refused = start(tmp_path, FACTCHECK_SECRET_KEY=SECRET, FACTCHECK_ENCRYPTION_KEYS=keys)
    assert refused.returncode == 1
    assert "FACTCHECK_ENCRYPTION_KEYS: key 2" in refused.stderr
    assert bad not in refused.stderr and KEY not in refused.stderr


def test_an_unknown_environment_is_refused(tmp_path: Path) -> None:
    refused = start(tmp_path, FACTCHECK_ENV="staging")
    assert refused.returncode == 1
    assert "FACTCHECK_ENV is 'staging'; set it to one of demo, test, production." in refused.stderr


@pytest.mark.parametrize("value", ["many", "0", "99999", "1.5"])
def test_a_number_out_of_range_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FACTCHECK_SWEEP_SECONDS", value)
    with pytest.raises(ImproperlyConfigured, match="FACTCHECK_SWEEP_SECONDS"):
        env.number("FACTCHECK_SWEEP_SECONDS", 15, low=1, high=60)


def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_BEHIND_TLS_PROXY", "Yes")
    assert env.flag("FACTCHECK_BEHIND_TLS_PROXY", False)
    monkeypatch.setenv("FACTCHECK_BEHIND_TLS_PROXY", "maybe")
    with pytest.raises(ImproperlyConfigured, match="set it to 1 or 0"):
        env.flag("FACTCHECK_BEHIND_TLS_PROXY", False)


@pytest.mark.parametrize(
    ("name", "value"), [("FACTCHECK_FETCH_ALLOW", "10.0.0.1/8"), ("FACTCHECK_FETCH_ALLOW", "home")]
)
def test_a_network_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        env.networks(name)


@pytest.mark.parametrize("value", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FACTCHECK_FETCH_PORTS", value)
    with pytest.raises(ImproperlyConfigured, match="FACTCHECK_FETCH_PORTS"):
        env.ports("FACTCHECK_FETCH_PORTS", frozenset({80}))


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "inf", "4000"])
def test_a_length_of_time_that_is_none_stops_the_start(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_HOST_DELAY", value)
    with pytest.raises(ImproperlyConfigured, match="FACTCHECK_HOST_DELAY"):
        env.seconds("FACTCHECK_HOST_DELAY", 1, high=3600)


@pytest.mark.parametrize(("value", "seconds"), [("0", 0), ("0.25", 0.25), ("", 1)])
def test_a_length_of_time_may_be_a_fraction_or_nothing(
    value: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FACTCHECK_HOST_DELAY", raising=False)
    if value:
        monkeypatch.setenv("FACTCHECK_HOST_DELAY", value)
    assert env.seconds("FACTCHECK_HOST_DELAY", 1, high=3600) == seconds


def test_subdomains_and_preloading_are_a_choice_of_the_newsroom(tmp_path: Path) -> None:
    said = (
        "from factcheck import settings as s; "
        "print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    )
    chosen = {"FACTCHECK_HSTS_SUBDOMAINS": "1", "FACTCHECK_HSTS_PRELOAD": "1"}
    secret = {"FACTCHECK_SECRET_KEY": SECRET, "FACTCHECK_ENCRYPTION_KEYS": KEY}
    assert start(tmp_path, said, **secret).stdout == "31536000 False False\n"
    assert start(tmp_path, said, **secret, **chosen).stdout == "31536000 True True\n"
    refused = start(tmp_path, said, **secret, FACTCHECK_HSTS_PRELOAD="perhaps")
    assert "FACTCHECK_HSTS_PRELOAD is 'perhaps'; set it to 1 or 0" in refused.stderr


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("", "-c jit=off -c random_page_cost=1.1"), ("?options=-c%20jit=on", "-c jit=on")],
)
def test_postgresql_is_told_how_to_plan_unless_the_address_says_it(
    tmp_path: Path, asked: str, chosen: str
) -> None:
    said = start(
        tmp_path,
        "from factcheck import settings; print(settings.DATABASES['default']['OPTIONS']['options'])",
        DATABASE_URL=f"postgres://desk@db.example/desk{asked}",
        FACTCHECK_ENV="test",
    )
    assert said.stdout.strip() == chosen
