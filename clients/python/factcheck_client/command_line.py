"""`factcheck`: file an article, list claims and verdicts, follow events."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx

from factcheck_client.client import Client
from factcheck_client.errors import ApiError, UnreachableError

Row = Mapping[str, Any]


def main(arguments: list[str] | None = None, transport: httpx.BaseTransport | None = None) -> int:
    """The exit code: 1 for what was refused or failed, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    if not options.site or not options.token:
        print("Set FACTCHECK_SITE and FACTCHECK_TOKEN, or give --site.", file=sys.stderr)
        return 2
    try:
        with Client(options.site, options.token, transport=transport) as client:
            return int(options.run(client, options) or 0)
    except BrokenPipeError:
        # `head` has read enough. Python would fail once more where it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ApiError, UnreachableError, TimeoutError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{options.file} is no text in UTF-8.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="factcheck", description=__doc__)
    parser.add_argument(
        "--site",
        default=os.environ.get("FACTCHECK_SITE", ""),
        help="the newsroom's site; FACTCHECK_SITE otherwise",
    )
    # Never among the arguments, where every process of the machine can read it.
    parser.set_defaults(token=os.environ.get("FACTCHECK_TOKEN", ""))
    parser.add_argument("--json", action="store_true", help="a line of JSON for each row")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[Client, Namespace], int | None], about: str) -> Any:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    article = command("article", _article, "file a text, or an address for it to be fetched")
    article.add_argument("file", help="a file of text, - for standard input, or an http address")
    article.add_argument("--title")
    article.add_argument(
        "--external-id",
        metavar="NAME",
        help="your own name for it; another text under it is its next version",
    )
    article.add_argument("--desk", help="the id of a desk, for who works on several")
    article.add_argument("--wait", action="store_true", help="and list what is suggested")
    claims = command("claims", _claims, "list claims")
    claims.add_argument("--status")
    claims.add_argument("--article")
    claims.add_argument("--search", metavar="WORDS")
    verdicts = command("verdicts", _verdicts, "list verdicts")
    verdicts.add_argument("--state", default="published")
    events = command("events", _events, "list what happened")
    events.add_argument("--type")
    events.add_argument("--follow", action="store_true", help="and what happens from then on")
    events.add_argument(
        "--cursor",
        type=Path,
        metavar="FILE",
        help="go on from the cursor in this file, and keep it there",
    )
    return parser


def _article(client: Client, options: Namespace) -> int:
    given = {
        "title": options.title,
        "desk": options.desk,
        "external_id": options.external_id,
    }
    if options.file.startswith(("http://", "https://")):
        article = client.send_article(url=options.file, **given)
    else:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
        article = client.send_article(text=text, **given)
    if not options.wait:
        _print([article], "{id}  {title}", options)
        return 0
    article = client.wait_until_read(article["id"])
    job = article["job"]
    if job and job["state"] == "failed":
        print(job["error"], file=sys.stderr)
        return 1
    _print(client.suggestions(article=article["id"]), "{id}  {score:.2f}  {text}", options)
    return 0


def _claims(client: Client, options: Namespace) -> None:
    found = client.claims(status=options.status, article=options.article, q=options.search)
    _print(found, "{id}  {status:<12}  {text}", options)


def _verdicts(client: Client, options: Namespace) -> None:
    found = client.verdicts(state=options.state)
    _print(found, "{id}  {rating}  {claim_text}  {address}", options)


def _events(client: Client, options: Namespace) -> None:
    kept: Path | None = options.cursor
    after = kept.read_text("utf-8").strip() if kept and kept.exists() else ""
    pages = (
        client.follow(after, type=options.type)
        if options.follow
        else _to_the_end(client, after, options)
    )
    for page in pages:
        _print(page["results"], "{timestamp}  {type:<20}  {data}", options)
        if kept:
            # After they are printed: who ends the program in between is told again.
            kept.write_text(page["cursor"] + "\n", "utf-8")


def _to_the_end(client: Client, after: str, options: Namespace) -> Iterable[Any]:
    more = True
    while more:
        page = client.events(after, type=options.type)
        yield page
        after, more = page["cursor"], bool(page["next"])


def _print(rows: Iterable[Row], line: str, options: Namespace) -> None:
    for row in rows:
        shown = json.dumps(row, ensure_ascii=False) if options.json else line.format(**_plain(row))
        print(shown, flush=True)


def _plain(row: Row) -> dict[str, Any]:
    """On one line, and without what a terminal would obey."""
    return {name: _shown(value) for name, value in row.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return _visible(value) if isinstance(value, str) else value


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
