"""The proxy of docker-compose.yml with its shipped configuration, in front of the web
server.
"""

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from claims.models import Claim
from demo.children import free_port
from demo.environment import PYTHON
from tests.web_server import PATIENCE, WebServer, environment, status, web_server

__all__ = ["environment", "web_server"]

pytestmark = pytest.mark.django_db(transaction=True)
CADDY = PYTHON.with_name("caddy")
SLOW_CLIENTS = 50


@pytest.fixture
def behind_a_proxy(environment: dict[str, str]) -> None:
    environment["FACTCHECK_BEHIND_TLS_PROXY"] = "1"
    environment["ARGUMENTS"] = "benchmarks.slow_site:application"


@pytest.fixture
def proxy(behind_a_proxy: None, web_server: WebServer, tmp_path: Path) -> Iterator[WebServer]:
    with proxying(web_server, tmp_path) as server:
        yield server


@contextlib.contextmanager
def proxying(web_server: WebServer, folder: Path) -> Iterator[WebServer]:
    port = free_port()
    chosen = {
        "FACTCHECK_SITE_URL": "https://localhost",
        "FACTCHECK_TLS": "internal",
        "FACTCHECK_UPSTREAM": f"127.0.0.1:{web_server.port}",
        "FACTCHECK_HTTPS_PORT": str(port),
        "FACTCHECK_HTTP_PORT": str(free_port()),
        "FACTCHECK_PROXY_HEALTH_PORT": str(free_port()),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    log = folder / "proxy.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [CADDY, "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"],
            cwd=settings.BASE_DIR,
            env=os.environ | chosen,
            stdout=said,
            stderr=said,
        )
    server = WebServer(port, process, log, tls=True)
    try:
        _wait(server)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait(proxy: WebServer) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and proxy.process.poll() is None:
        with contextlib.suppress(OSError):
            if status(proxy.get("/healthz/live")) == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"The proxy did not start.\n{proxy.log.read_text()[-4000:]}")


def test_a_verdict_opens_within_a_second_beside_fifty_slow_forms(
    proxy: WebServer, published: Claim
) -> None:
    published.refresh_from_db()
    verdict = f"/verdicts/{published.address}/"
    assert status(proxy.get(verdict)) == 200
    with contextlib.ExitStack() as stack:
        for _ in range(SLOW_CLIENTS):
            client = stack.enter_context(proxy.connect())
            client.sendall(
                b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n\r\nu"
            )
        seconds = []
        for _ in range(3):
            begun = time.monotonic()
            with contextlib.suppress(TimeoutError):
                assert status(proxy.get(verdict, timeout=10)) == 200
            seconds.append(time.monotonic() - begun)
    assert min(seconds) < 1


def test_what_a_client_says_of_its_own_address_is_overwritten(proxy: WebServer) -> None:
    answer = proxy.send(
        b"POST /measured/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
        b"X-Forwarded-For: 192.0.2.1\r\nX_Forwarded_For: 192.0.2.2\r\n"
        b"X-Forwarded-Proto: http\r\nConnection: close\r\n\r\nabc"
    )
    seen = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (seen["HTTP_X_FORWARDED_FOR"], seen["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "https")
    assert "192.0.2" not in json.dumps(seen)


def test_another_name_and_a_server_that_is_away_are_said(
    proxy: WebServer, web_server: WebServer
) -> None:
    other = b"GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"
    assert status(proxy.send(other)) == 421
    web_server.process.terminate()
    web_server.process.wait(20)
    away = proxy.get("/api/v1/claims/")
    assert (status(away), b"application/problem+json" in away) == (502, True)


def test_compose_ships_this_configuration() -> None:
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text("utf-8"))
    proxy = compose["services"]["proxy"]
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in proxy["volumes"]
    version = subprocess.run([CADDY, "version"], capture_output=True, text=True, check=True).stdout
    assert proxy["image"].partition(":")[2].split("-")[0] == version.split()[0].removeprefix("v")
    assert compose["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]
