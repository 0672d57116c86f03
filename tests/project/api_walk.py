"""Does what docs/api.md shows, line after line, as somebody would who fills in what
stands in <…>.
"""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

from demo.client import Person, until
from tests.files import pdf
from tests.project.newcomer import Demo

PAGE = (
    "<html><body><article><h1>Trees</h1><p>{} The register lists 2,100 trees in all, street by"
    " street.</p></article></body></html>"
)
PREPARES = re.compile(r"\w+=\S+|\w+\(\) ")
PLACEHOLDER = re.compile(r"<([^<>]+)>")
# The end of an address that answers with something new, and the placeholder that stands
# for its id. What was learned first counts.
MADE = {
    "/articles/ -d": "article",
    "/accept/ -d": "claim",
    "/claims/ -d": "duplicate",
    "/evidence/ -d": "evidence",
    "/files/ -F": "evidence with a file",
    "/reply-requests/ -d": "reply request",
    "/queries/ -d": "query",
    "/interests/ -d": "interest",
    "/service-accounts/ -d": "service account",
    "/repetitions/ -d": "repetition",
    "/streams/ -d": "stream",
    "/suggestions/?": "suggestion",
    "/source-changes/?": "change",
    "/publishers/?": "publisher",
    "/verdicts/?": "verdict",
    "/rechecks/?": "recheck",
}


class Walk:
    def __init__(self, demo: Demo) -> None:
        self._demo, self._prepared = demo, [""]
        self._checker, self._editor = demo.person("checker"), demo.person("editor")
        self._known: dict[str, str] = {}
        # What is not the id of something made on the way.
        self._values: dict[str, Callable[[str], Any]] = {
            "token of a checker": lambda line: demo.token("checker"),
            "token of an editor": lambda line: demo.token("editor"),
            "token of an admin": lambda line: demo.token("admin"),
            "desk": lambda line: self._editor.get("me/")["desks"][0]["id"],
            "suggestion": self._suggestion,
            "checked claim": self._checked_claim,
            "other claim": lambda line: self._known["other claim"],
            "version": lambda line: self._claim(line)["version"],
            "content_hash": lambda line: self._claim(line)["content_hash"],
            "version of the evidence": lambda line: self._evidence()["version"],
            "link": lambda line: self._evidence()["link"]["id"],
            "time": lambda line: _tomorrow(),
        }
        # Addresses of the page are nobody's: here the demo's own pages stand for them.
        self._stand_ins = {
            "http://localhost:8000": demo.site,
            "https://register.example/trees": f"{demo.pages}/trees.html",
            "domain=register.example": "domain=127.0.0.2",
        }
        (demo.checkout.folder / "letter.pdf").write_bytes(pdf("We planted 2,100 trees."))
        self._publish_page("")

    def take(self, line: str) -> int | None:
        """One line: the status of its answer, or None if it only prepares others."""
        if "/source-changes/?" in line:
            self._change_page()
        if "<other claim>" in line and "other claim" not in self._known:
            self._known["other claim"] = _in_review(self._checker)
        if "/sentences/" in line:
            stream = f"streams/{self._known['stream']}/"
            until(lambda: self._editor.get(stream)["sentences"], what="a worker to read a sentence")
        filled = PLACEHOLDER.sub(lambda found: str(self._value(found[1], line)), line)
        for written, meant in self._stand_ins.items():
            filled = filled.replace(written, meant)
        if PREPARES.match(line):
            self._prepared.append(filled)
            return None
        if "/?" in line:
            # A list is to have rows; what is asked of one row is an object.
            until(lambda: self._answer(filled)[1].get("results", line), what=line)
        status, answer = self._answer(filled)
        self._learn(line, answer)
        return status

    def _answer(self, line: str) -> tuple[int, dict[str, Any]]:
        done = self._demo.checkout.shell("\n".join([*self._prepared, line]))
        statuses = re.findall(r"^status (\d+)$", done.stderr, re.MULTILINE)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert [status[0] for status in statuses] == ["2"], f"{line}\n{done.stdout}{done.stderr}"
        try:
            answer = json.loads(done.stdout or "{}")
        except ValueError:
            answer = {}  # of a command behind the pipe
        return int(statuses[0]), answer if isinstance(answer, dict) else {}

    def _learn(self, line: str, answer: dict[str, Any]) -> None:
        for end, name in MADE.items():
            if end in line:
                row = answer["results"][0] if "results" in answer else answer
                self._known.setdefault(name, str(row["id"]))
        if "/tokens/ -d" in line:
            self._known["token"] = str(answer["id"])

    def _value(self, name: str, line: str) -> object:
        if name in self._values:
            return self._values[name](line)
        assert name in self._known, f"Say in api_walk.py what stands for <{name}> in {line}"
        return self._known[name]

    def _claim(self, line: str) -> Any:
        name = next(name for name in ("other claim", "duplicate", "claim") if f"<{name}>/" in line)
        return self._editor.get(f"claims/{self._known[name]}/")

    def _evidence(self) -> Any:
        """Once a worker has looked its quote up."""

        def looked_up() -> Any:
            item = self._editor.get(f"evidence/{self._known['evidence']}/")
            return item if item["quote_state"] == "found" else None

        return until(looked_up, what="a worker to look the quote up")

    def _suggestion(self, line: str) -> str:
        """The first of the page, then others that wait in the demo."""
        if "/accept/" in line:
            return self._known["suggestion"]
        waiting = self._editor.all("suggestions/?state=proposed")
        return str(next(row["id"] for row in waiting if row["article"] != self._known["article"]))

    def _checked_claim(self, line: str) -> str:
        return str(self._editor.all("claims/?status=published")[0]["id"])

    def _publish_page(self, news: str) -> None:
        page = self._demo.checkout.folder / "demo/pages/waterboard/trees.html"
        page.write_text(PAGE.format(news), "utf-8")

    def _change_page(self) -> None:
        self._evidence()
        self._publish_page("A new headline that somebody wrote this morning.")
        self._checker.post(f"evidence/{self._known['evidence']}/refresh/")


def _in_review(checker: Person) -> str:
    """Another claim, which a checker has signed."""
    claim = checker.post("claims/", text="The port counted 412 ships in 2025.")["id"]
    checker.move(claim, "take")
    for person in ("Ana Field", "Jon Okafor"):
        checker.post(
            f"claims/{claim}/notes/",
            person=person,
            channel="phone",
            held_at="2026-05-04T10:00Z",
            text="They counted 390 ships.",
            stance="refutes",
            quote="390 ships",
        )
    checker.put(
        f"claims/{claim}/verdict/",
        version=0,
        rating="Mostly true",
        short_answer="Nearly so.",
        explanation="Two people counted 390.",
    )
    checker.move(claim, "submit")
    return str(claim)


def _tomorrow() -> str:
    return (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=1)).isoformat()
