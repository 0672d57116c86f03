"""The proxy that is shipped speaks TLS 1.3 and 1.2 with strong ciphers, and nothing
else.
"""

import socket
import ssl
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.project.test_proxy import proxying
from tests.web_server import PATIENCE, WebServer, shared_web_server

__all__ = ["shared_web_server"]

pytestmark = pytest.mark.django_db(transaction=True)
TLS = ssl.TLSVersion
# Without forward secrecy, without authenticated encryption, or long broken.
WEAK = ["AES256-GCM-SHA384", "AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384"]


@pytest.fixture(scope="module")
def proxy(
    shared_web_server: WebServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    with proxying(shared_web_server, tmp_path_factory.mktemp("proxy")) as server:
        yield server


def _shake(proxy: WebServer, version: TLS | None = None, ciphers: str = "") -> Any:
    """(version, cipher) that both agree on; raises SSLError where there is none."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if version:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 1.0 and 1.1: that is the point
            context.minimum_version = context.maximum_version = version
    if version and version < TLS.TLSv1_3:
        # Or this client itself would refuse what is old.
        context.set_ciphers(f"{ciphers or 'ALL'}:@SECLEVEL=0")
    with (
        socket.create_connection(("127.0.0.1", proxy.port), timeout=PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as client,
    ):
        return client.version(), client.cipher()[0]


def test_the_newest_version_is_preferred_and_the_one_before_is_taken(proxy: WebServer) -> None:
    assert _shake(proxy)[0] == "TLSv1.3"
    version, cipher = _shake(proxy, TLS.TLSv1_2)
    assert version == "TLSv1.2" and cipher.startswith("ECDHE-")
    assert "GCM" in cipher or "CHACHA20" in cipher


@pytest.mark.parametrize("version", [TLS.TLSv1, TLS.TLSv1_1], ids=["1.0", "1.1"])
def test_older_versions_are_refused(proxy: WebServer, version: TLS) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)version"):
        _shake(proxy, version)


@pytest.mark.parametrize("cipher", WEAK)
def test_weak_ciphers_are_refused(proxy: WebServer, cipher: str) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)handshake"):
        _shake(proxy, TLS.TLSv1_2, cipher)


def test_plain_http_is_not_answered_there(proxy: WebServer) -> None:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=PATIENCE) as client:
        client.sendall(b"GET /verdicts/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = client.recv(65536)
    assert answer.startswith(b"HTTP/1.0 400") and b"verdicts" not in answer
