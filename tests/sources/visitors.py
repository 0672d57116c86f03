"""A site in a process of its own that writes down when each visit began and ended:
`python visitors.py PORT LOG`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time

PAGE = (
    b"<!doctype html><title>Herons</title><article><p>Forty herons nest on the island, counted in"
    b" April.</p></article>"
)


async def main(port: int, log: str) -> None:
    told = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        began = time.monotonic()
        path = "-"
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ")[1].decode()
                os.write(told, f"asked {host} {time.monotonic():.6f} {path}\n".encode())
                await asyncio.sleep(0.02)
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
                    % len(PAGE)
                    + PAGE
                )
                await writer.drain()
        os.write(told, f"connected {host} {began:.6f} {time.monotonic():.6f} {path}\n".encode())
        writer.close()

    server = await asyncio.start_server(visit, "0.0.0.0", port)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
