"""An OpenID Connect provider on the loopback, for tests: discovery, keys, and tokens
that can be wrong in one point.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "factcheck", "a secret of two machines"
_KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@dataclass
class Provider:
    """`wrong` changes the claims of the next token; `key` and `algorithm` sign it."""

    issuer: str = ""
    nonce: str = ""
    email: str = "checker@news.example"
    wrong: dict[str, Any] = field(default_factory=dict)
    key: Any = _KEYS[0]
    algorithm: str = "RS256"
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        answer = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": self._keys,
            "/token": lambda: self._token(parse_qs(body)),
        }[environ["PATH_INFO"]]()
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.wrong.get("configured_issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEYS[0].public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def _token(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        self.asked.append(asked)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "person-1",
            "exp": now + 300,
            "iat": now,
            "nonce": self.nonce,
            "email": self.email,
            "email_verified": True,
        }
        claims |= {name: value for name, value in self.wrong.items() if value is not None}
        for name in [name for name, value in self.wrong.items() if value is None]:
            del claims[name]
        key = None if self.algorithm == "none" else self.key
        token = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})
        return {"access_token": "unused", "token_type": "Bearer", "id_token": token}

    def sign_with_another_key(self) -> None:
        self.key = _KEYS[1]


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider, handler_class=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
