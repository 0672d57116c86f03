"""A certificate that cannot be trusted is an error of the link; a file of ours that is
missing is not.
"""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import threading
from pathlib import Path

import pytest

from sources.classify import classify
from sources.fetching.fetch import FetchProblem, fetch
from tests.sources.internal_services import serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=loopback",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            folder / "key.pem",
            "-out",
            folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )
    return folder / "certificate.pem"


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def test_a_self_signed_certificate_is_a_tls_error_and_no_request_is_sent(
    tls: ssl.SSLContext,
) -> None:
    with serving(context=tls) as server:
        exchange = fetch(f"https://127.0.0.1:{server.port}/", policy=server.policy())
        assert exchange.problem is FetchProblem.tls
        assert exchange.status is None
        assert classify(exchange).state == "tls_error"
        assert not server.requests


def test_a_trusted_certificate_is_fetched(tls: ssl.SSLContext, certificate: Path) -> None:
    with serving(context=tls) as server:
        exchange = fetch(
            f"https://127.0.0.1:{server.port}/", policy=server.policy(ca_file=str(certificate))
        )
        assert (exchange.problem, exchange.body) == (None, b"hello")


def test_a_certificate_for_another_name_is_a_tls_error(
    tls: ssl.SSLContext, certificate: Path
) -> None:
    with serving(context=tls) as server:
        exchange = fetch(
            f"https://localhost:{server.port}/", policy=server.policy(ca_file=str(certificate))
        )
        assert exchange.problem is FetchProblem.tls


def test_an_expired_certificate_is_a_tls_error_although_it_is_trusted(tmp_path: Path) -> None:
    key, request, expired = tmp_path / "key.pem", tmp_path / "request.pem", tmp_path / "expired.pem"
    for command in (
        [
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=loopback",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            key,
            "-out",
            request,
        ],
        [
            "x509",
            "-req",
            "-in",
            request,
            "-signkey",
            key,
            "-days",
            "-1",
            "-copy_extensions",
            "copyall",
            "-out",
            expired,
        ],
    ):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(expired, key)
    with serving(context=context) as server:
        exchange = fetch(
            f"https://127.0.0.1:{server.port}/", policy=server.policy(ca_file=str(expired))
        )
        assert (exchange.problem, classify(exchange).state) == (FetchProblem.tls, "tls_error")
        assert not server.requests


def test_a_plain_server_on_a_secure_address_is_a_tls_error() -> None:
    with serving(lambda visit: None) as server:
        exchange = fetch(f"https://127.0.0.1:{server.port}/", policy=server.policy(total_seconds=1))
        assert exchange.problem in {FetchProblem.tls, FetchProblem.timeout, FetchProblem.connect}
        assert exchange.status is None


def test_a_missing_file_of_authorities_is_our_fault_and_leaves_the_link_unchecked(
    tls: ssl.SSLContext, tmp_path: Path
) -> None:
    with serving(context=tls) as server:
        exchange = fetch(
            f"https://127.0.0.1:{server.port}/",
            policy=server.policy(ca_file=str(tmp_path / "missing.pem")),
        )
        assert exchange.problem is FetchProblem.our_ca_file
        assert classify(exchange).state == "unchecked"


def test_a_reset_during_the_handshake_is_a_connection_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(3)
        with serving() as server:  # lends its policy only
            port = listener.getsockname()[1]
            policy = server.policy(ports=frozenset({port}))

        def reset_one() -> None:
            connection, _ = listener.accept()
            connection.recv(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        thread = threading.Thread(target=reset_one)
        thread.start()
        exchange = fetch(f"https://127.0.0.1:{port}/", policy=policy)
        thread.join(3)
        assert exchange.problem is FetchProblem.connect
