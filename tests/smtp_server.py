"""A mail server on this machine, as small as the protocol allows: for what a real
connection shows and a fake backend cannot.
"""

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator


class _Handler(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 ready")
        for line in self.rfile:
            command = line.split()[0].upper().decode() if line.split() else ""
            if command == "QUIT":
                return self._say("221 bye")
            if command == "RCPT" and self.server.answer:
                self._say(self.server.answer)
            elif command == "DATA":
                self._say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(letter.decode())
                time.sleep(self.server.pause)
                self._say("250 taken")
            else:
                self._say("250 ok")
        return None

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.letters: list[str] = []
        # What it says to a recipient, such as “550 unknown”; empty takes the letter.
        self.answer = ""
        # Seconds between taking a letter and saying so.
        self.pause = 0.0


@contextlib.contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
