"""Serves the pages that the demo's evidence cites, each publisher at an
address of its own, all on this machine.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGES = Path(__file__).resolve().parent / "pages"
# Linux answers on all of 127.0.0.0/8; elsewhere two names of one address stand for two
# publishers.
HOSTS = (
    {"bulletin": "127.0.0.1", "waterboard": "127.0.0.2", "statistics": "127.0.0.3"}
    if sys.platform.startswith("linux")
    else {"bulletin": "127.0.0.1", "waterboard": "127.0.0.1", "statistics": "localhost"}
)


class Handler(SimpleHTTPRequestHandler):
    extensions_map = {".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8"}


def addresses(port: int) -> dict[str, str]:
    """Where each publisher's pages are."""
    return {publisher: f"http://{host}:{port}/{publisher}" for publisher, host in HOSTS.items()}


def main(port: int) -> None:
    bound = sorted(set(HOSTS.values()) - {"localhost"})
    servers = [
        ThreadingHTTPServer((host, port), partial(Handler, directory=str(PAGES))) for host in bound
    ]
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
