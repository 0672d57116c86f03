"""One way to try a rule over HTTP: an address with what is sent there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.project.matrix.stage import Stage

REFUSED = {403, 404}
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def written() -> Iterator[list[str]]:
    """What is written meanwhile. Where that is nothing, nothing has changed, and nobody
    needs to read every row to see it.
    """
    statements: list[str] = []

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.lstrip().startswith(WRITES):
            statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        yield statements


@dataclass(frozen=True, slots=True)
class EntryPoint:
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    of_api: bool = False

    @property
    def names_a_row(self) -> bool:
        """A list, or a form to add something, is of one's own desks."""
        return "{" in self.path

    def status_for(self, api: Client, page: Client, stage: Stage) -> int:
        """What came of it; afterwards it is as if nothing was sent, wherever it was
        let in.
        """
        with transaction.atomic():
            status = int(self._send(api if self.of_api else page, stage).status_code)
            if status not in REFUSED:
                transaction.set_rollback(True)
        return status

    def _send(self, client: Client, stage: Stage) -> Any:
        rows = {name: getattr(stage, name) for name in stage.__slots__}
        rows["secret"] = rows["secret"] or stage.query
        path = ("/api/v1/" if self.of_api else "/admin/") + self.path.format(**rows)
        body = dict(self.body)
        for name, value in self.body.items():
            if value == "VERSION":
                body[name] = stage.claim.version
            if value == "DESK":
                body[name] = stage.claim.desk_id
            if value == "DESK_BY_PUBLIC_ID":
                body[name] = str(stage.claim.desk.public_id)
        if self.method == "get":
            return client.get(path)
        if self.of_api:
            send = getattr(client, self.method)
            return send(path, json.dumps(body), content_type="application/json")
        return getattr(client, self.method)(path, body)


def api(method: str, path: str, body: dict[str, Any] | None = None) -> EntryPoint:
    return EntryPoint(method, path, body or {}, of_api=True)


def page(method: str, path: str, body: dict[str, Any] | None = None) -> EntryPoint:
    return EntryPoint(method, path, body or {})
