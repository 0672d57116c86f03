"""Print the checkable claims of text files, without a database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import ArticleSpan, Candidate, articles, extract
from sources.plaintext import TextError, stored_text
from sources.readable import looks_like_html, read_page


class Command(BaseCommand):
    help = (
        "Print the checkable claims of text files as JSON lines, one candidate a line, best first"
        " within each article. Offsets count code points of the text as it is stored: UTF-8, NFC,"
        " LF line ends, no control characters; of a web page (HTML) they count in its text without"
        " menus and adverts, which --text prints. Needs no database. Exits 2 if a file could not be"
        " read; the others are printed all the same."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a text file (UTF-8) or a web page (HTML)"
        )
        parser.add_argument(
            "--text",
            action="store_true",
            help="print the text that offsets count in instead of claims",
        )
        parser.add_argument(
            "--articles",
            action="store_true",
            help="print the articles of each file instead of claims",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = sum(
            not self._print(name, only_articles=options["articles"], only_text=options["text"])
            for name in options["files"]
        )
        if failed:
            raise CommandError(
                f"{failed} of {len(options['files'])} files could not be read; see above.",
                returncode=2,
            )

    def _print(self, name: str, *, only_articles: bool, only_text: bool) -> bool:
        try:
            text = _text_of(Path(name).read_bytes())
        except OSError as error:
            self.stderr.write(
                f"{name}: {error.strerror or error}. Check the path and that you may read the file."
            )
            return False
        except TextError as error:
            self.stderr.write(f"{name}: {error}")
            return False
        if only_text:
            self.stdout.write(text)
            return True
        results: Iterable[ArticleSpan | Candidate] = (
            articles(text) if only_articles else extract(text)
        )
        for item in results:
            self.stdout.write(json.dumps({"file": name, **item.to_json()}))
        return True


def _text_of(content: bytes) -> str:
    # The same path as an article sent to the newsroom, so that offsets agree.
    if looks_like_html(content):
        content = read_page(content, url="", content_type="text/html").text.encode()
    return stored_text(content)
