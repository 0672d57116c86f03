"""The main job, told by doing it: a page comes in, and one of its
claims goes out as a signed, published verdict.

Every step is a request over HTTP as the person whose step it is.
Started again, the story goes on where it stands: the same page makes
nothing new, and the next claim of the page is checked until all are
published.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from demo.briefs import BRIEFS, Brief
from demo.client import Person, RefusedError, page, until
from demo.serve_pages import PAGES, addresses

LINKED_DATA = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
NOT_FOUND = 404
UNDER_WAY = ("open", "in_progress", "in_review", "approved")


class Story:
    def __init__(self, people: dict[str, Person], *, pages: dict[str, str]) -> None:
        self._reporter, self._checker, self._editor = (
            people["reporter"],
            people["checker"],
            people["editor"],
        )
        self._pages = pages
        self._start = time.monotonic()

    def tell(self) -> tuple[dict[str, Any], Brief]:
        """The published claim and what was known about it."""
        article = self._send()
        suggestions = self._read(article)
        claim, brief = self._choose(suggestions)
        if claim["status"] == "published":
            self._say(
                "demo", "every claim this demo can check is published already; here is the last one"
            )
            return claim, brief
        self._check(claim, brief)
        return self._sign(claim["id"]), brief

    def _send(self) -> str:
        text = (PAGES / "bulletin" / "evening.txt").read_text("utf-8")
        self._say("reporter", "sends a page with three articles in it")
        article = self._reporter.post(
            "articles/", text=text, address=f"{self._pages['bulletin']}/evening.txt"
        )
        return str(article["id"])

    def _read(self, article: str) -> list[dict[str, Any]]:
        def done() -> Any:
            seen = self._checker.get(f"articles/{article}/")
            job = seen.get("job") or {}
            if job.get("state") == "failed":
                raise RuntimeError(f"The page could not be read: {job.get('error')}")
            return seen if seen["version"] and job.get("state") == "done" else None

        until(done, what="a worker to read the page")
        rows = sorted(
            self._checker.all(f"suggestions/?article={article}"), key=lambda row: int(row["rank"])
        )
        parts = len({row["part"] for row in rows})
        self._say(
            "worker",
            f"has read it: {parts} articles, {len(rows)} suggestions. The first of them:",
        )
        for row in rows[:3]:
            self._say("", f"  {float(row['score']):.2f}  {row['text'][:96]}")
        return rows

    def _choose(
        self,
        suggestions: list[dict[str, Any]],
    ) -> tuple[dict[str, Any], Brief]:
        """The best suggestion that is not through yet; the last
        published claim when there is none.
        """
        published: tuple[dict[str, Any], Brief] | None = None
        for row, brief in _with_briefs(suggestions):
            if row["state"] == "declined":
                continue
            claim = (
                self._checker.get(f"claims/{row['claim']}/")
                if row["claim"]
                else self._accept(row, brief)
            )
            if claim["status"] in UNDER_WAY:
                return claim, brief
            if claim["status"] == "published":
                published = claim, brief
        if published is None:
            raise RuntimeError(
                "Nothing on the demo's page is left to check. Stop the demo, delete var/demo, start"
                " it again."
            )
        return published

    def _accept(self, row: dict[str, Any], brief: Brief) -> dict[str, Any]:
        self._say("checker", "accepts the best one that can be checked")
        made: dict[str, Any] = self._checker.post(
            f"suggestions/{row['id']}/accept/",
            text=brief.text,
            claimant={"name": brief.claimant},
            stated_date="2026-03-11",
        )
        return made

    def _check(self, claim: dict[str, Any], brief: Brief) -> None:
        if claim["status"] == "open":
            self._say("editor", "assigns the claim to the checker")
            self._editor.move(claim["id"], "assign", assignee=self._checker.username)
        if claim["status"] not in ("open", "in_progress"):
            return
        for source in brief.sources:
            url = f"{self._pages[source.publisher]}/{source.page}"
            self._say("checker", f"attaches evidence: {url}")
            item = self._checker.post(
                f"claims/{claim['id']}/evidence/",
                url=url,
                stance=source.stance,
                quote=source.quote,
                locator=source.locator,
            )
            self._wait_for_quote(item["id"])
        self._request_reply(claim["id"], brief)
        self._say("checker", f"writes the verdict: {brief.rating}")
        self._checker.put(
            f"claims/{claim['id']}/verdict/",
            version=self._verdict_version(claim["id"]),
            rating=brief.rating,
            quote_accuracy="accurate",
            short_answer=brief.short_answer,
            explanation=brief.explanation,
        )
        self._checker.move(claim["id"], "submit")
        self._say("checker", "signs and submits it")

    def _verdict_version(self, claim: str) -> int:
        """0 while there is none; a run that was broken off may have written one."""
        try:
            return int(self._checker.get(f"claims/{claim}/verdict/")["version"])
        except RefusedError as refused:
            if refused.status != NOT_FOUND:
                raise
            return 0

    def _request_reply(self, claim: str, brief: Brief) -> None:
        """The right of reply: a verdict that says somebody was wrong
        waits until they were asked.
        """
        self._say("checker", f"sends {brief.claimant} a reply request and records the answer")
        question = "We are checking what you said. What is it based on?"
        reply_request = self._checker.post(
            f"claims/{claim}/reply-requests/",
            person=brief.claimant,
            channel="email",
            question=question,
        )
        if reply_request["outcome"] == "open":
            answer = "We stand by it, and have nothing to add."
            self._checker.post(
                f"reply-requests/{reply_request['id']}/outcome/", outcome="answered", answer=answer
            )

    def _wait_for_quote(self, evidence: str) -> None:
        def checked() -> Any:
            item = self._checker.get(f"evidence/{evidence}/")
            return item if item["quote_state"] != "unchecked" else None

        item = until(checked, what="a worker to fetch the cited page")
        if item["quote_state"] != "found":
            raise RuntimeError(
                f"The quote does not stand in {item['url']}. The page says: {item['nearest']!r}"
            )
        self._say("worker", "has fetched the page and found the quote in it")

    def _sign(self, claim: str) -> dict[str, Any]:
        try:
            self._checker.move(claim, "approve")
        except RefusedError as refusal:
            self._say("checker", f"tries to approve their own verdict and is refused ({refusal})")
        else:
            raise RuntimeError("One person could sign a verdict twice. That must never happen.")
        if self._editor.get(f"claims/{claim}/")["status"] == "approved":
            self._editor.move(claim, "publish")
        else:
            self._editor.move(claim, "approve_and_publish")
        self._say("editor", "approves and publishes it: two people signed the same content")
        published: dict[str, Any] = self._editor.get(f"claims/{claim}/")
        return published

    def _say(self, who: str, what: str) -> None:
        print(f"{time.monotonic() - self._start:6.1f} s  {who:<9} {what}", flush=True)


def _with_briefs(suggestions: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Brief]]:
    return [(row, brief) for row in suggestions for brief in BRIEFS if brief.phrase in row["text"]]


def missing_from_page(address: str, claim: dict[str, Any], brief: Brief) -> list[str]:
    """What the public page lacks of the claim and its verdict."""
    text = page(address)
    shown = html.unescape(re.sub(r"<[^>]+>", "", text))
    missing = [
        f"the {name}"
        for name, words in (("claim", claim["text"]), ("short answer", brief.short_answer))
        if words not in shown
    ]
    reviews = [
        data
        for data in map(json.loads, LINKED_DATA.findall(text))
        if data.get("@type") == "ClaimReview"
    ]
    if len(reviews) != 1:
        return [*missing, "exactly one ClaimReview"]
    rating = reviews[0].get("reviewRating", {})
    if (rating.get("alternateName"), int(rating.get("ratingValue", 0))) != (
        brief.rating,
        brief.value,
    ):
        missing.append(
            f"the rating {brief.rating} in its ClaimReview (it has {rating.get('alternateName')!r})"
        )
    return missing


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", required=True)
    parser.add_argument("--pages-port", type=int, required=True)
    parser.add_argument("--logins", type=Path, required=True)
    options = parser.parse_args()
    logins = json.loads(options.logins.read_text("utf-8"))["people"]
    people = {
        login["username"]: Person(login["username"], login["token"], site=options.site)
        for login in logins
    }
    try:
        claim, brief = Story(people, pages=addresses(options.pages_port)).tell()
        missing = missing_from_page(claim["address"], claim, brief)
    except (RefusedError, RuntimeError, TimeoutError, OSError) as error:
        print(f"The story stopped: {error}", file=sys.stderr)
        return 1
    if missing:
        print(f"{claim['address']} does not show {', '.join(missing)}.", file=sys.stderr)
        return 1
    print(f"\nClaim    {claim['text']}\nRating   {brief.rating}\nAnswer   {brief.short_answer}")
    print(
        f"Verdict  {claim['address']}  (read back; its ClaimReview says {brief.rating})", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
