"""Stories in the ANS format of Arc XP, and of systems that speak it.

    python clients/arc/factcheck_arc.py file story.json
    python clients/arc/factcheck_arc.py box https://checks.example/verdicts/…

The first files a story with the fact checkers, the second prints the
element that shows a verdict in a story. FACTCHECK_SITE is the address of
their site, FACTCHECK_TOKEN the token of a service account that may send
articles. It needs factcheck-client.
"""

import html
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import httpx
from factcheck_client import ApiError, Client, UnreachableError

_tag = re.compile(r"<[^>]+>")
# What a reader reads as text, by the type of the element.
_READ = {"text": "content", "header": "content", "quote": "content"}


def file_story(client: Client, story: dict[str, Any], site: str = "") -> str:
    """File it, or its next version; the id of the article. `site` is the
    address of the newspaper, to which the story's own is relative.
    """
    fields = {"external_id": f"arc-{story['_id']}", "text": text_of(story)}
    if path := story.get("canonical_url"):
        fields["address"] = f"{site}{path}"
    if title := (story.get("headlines") or {}).get("basic"):
        fields["title"] = title
    return client.send_article(**fields)["id"]


def text_of(story: dict[str, Any]) -> str:
    """Paragraph by paragraph."""
    found = (
        element[_READ[element["type"]]]
        for element in story.get("content_elements") or []
        if element.get("type") in _READ and element.get(_READ[element["type"]])
    )
    return "\n\n".join(html.unescape(_tag.sub("", markup)).strip() for markup in found)


def box_of(address: str, site: str) -> dict[str, Any]:
    """The element of a story that shows the verdict at `address`."""
    asked = {"url": address, "format": "json"}
    answer = httpx.get(f"{site.rstrip('/')}/oembed", params=asked, timeout=30)
    answer.raise_for_status()
    return {"type": "oembed_response", "raw_oembed": answer.json() | {"_id": address}}


def main(arguments: list[str]) -> int:
    site, token = os.environ["FACTCHECK_SITE"], os.environ.get("FACTCHECK_TOKEN", "")
    try:
        match arguments:
            case ["file", name]:
                story = json.loads(Path(name).read_text("utf-8"))
                with Client(site, token) as client:
                    print(file_story(client, story, os.environ.get("NEWSPAPER", "")))
            case ["box", address]:
                print(json.dumps(box_of(address, site), ensure_ascii=False))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except (ApiError, UnreachableError, httpx.HTTPError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
