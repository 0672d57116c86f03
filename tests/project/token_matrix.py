"""Which scopes each operation of the API needs, and which of them a service account may
do: as the OpenAPI document says it, to be compared with what HTTP answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.choices import Action
from claims.workflow import MOVES
from factcheck.api import document
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import ApiToken
from tests.project.api import ROOT

REVIEWED = Path(__file__).parent / "token_matrix.txt"
MOVE = ("post", "claims/{claim}/transitions/")
ALONE, TOGETHER, NO_PART = "+", "&", "-"


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    needed: tuple[str, ...]
    action: str = ""

    @property
    def signs(self) -> str:
        return "".join(self._sign(scope) for scope in Scope.values)

    def _sign(self, scope: str) -> str:
        token = ApiToken(scopes=[scope])
        if all(token.allows(needed) for needed in self.needed):
            return ALONE
        return TOGETHER if any(token.allows(needed) for needed in self.needed) else NO_PART

    def line(self, *, by_service: bool) -> str:
        where = f"{self.path} {self.action}".strip()
        return f"{self.method.ljust(6)} {where.ljust(56)} {self.signs} {'+-'[not by_service]}"


def operations() -> Iterator[Operation]:
    for path, methods in sorted(document()["paths"].items()):
        for method, described in methods.items():
            short = path.removeprefix(ROOT)
            if (method, short) == MOVE:
                # Each action of the body has scopes of its own.
                for action in Action:
                    yield Operation(method, short, MOVES[action].scopes, action.value)
            else:
                yield Operation(method, short, tuple(described["security"][0]["token"]))


def as_text(done_by_service: Iterable[Operation]) -> str:
    done = set(done_by_service)
    return "".join(f"{one.line(by_service=one in done)}\n" for one in operations())


def reviewed() -> str:
    lines = REVIEWED.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))
