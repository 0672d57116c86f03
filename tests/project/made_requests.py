"""Requests that schemathesis makes out of the OpenAPI document, and the answers held
against it. Each operation is called in the very state of a newsroom in which it can
succeed, with the rows that are there and with others; what a made request did is undone
before the next.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from factcheck.api import document
from tests.project.api import ROOT, Api
from tests.project.valid_requests import MULTIPART, Request, Story

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# Two of three as the document asks for them.
MODES = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SUCCESS = range(200, 300)


@dataclass(slots=True)
class Outcome:
    """What all requests came to."""

    cases: int = 0
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    defects: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def succeeded(self) -> set[str]:
        return {label for label, status in self.statuses if status in SUCCESS}


class Maker:
    def __init__(self, story: Story, *, each: int, seeded: int) -> None:
        """`each` requests are made for each operation."""
        self._story, self._each, self._seed = story, each, seeded
        self._schema = schemathesis.openapi.from_dict(document())
        self._schema.app = _read_to_the_end(get_wsgi_application())
        self._headers = {"Authorization": Api(story.by).client.defaults["HTTP_AUTHORIZATION"]}
        self.outcome = Outcome()

    def run(self) -> Outcome:
        with _one_connection():
            self._all()
        return self.outcome

    def _all(self) -> None:
        for request, learn in self._story.requests():
            operation = self._schema[f"{ROOT}{request.template}"][request.method.upper()]
            path = _path_parameters(request)
            self._make(operation, path)
            answer = self._call(_as_case(operation, request, path))
            if answer.status_code in SUCCESS:
                learn(answer)

    def _make(self, operation: Any, path: dict[str, str]) -> None:
        known = [operation.as_strategy(mode, path_parameters=path) for mode in MODES]
        others = [operation.as_strategy(GenerationMode.POSITIVE)] if path else []

        @seed(self._seed)
        @settings(
            max_examples=self._each,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(*known, *others))
        def each(case: Any) -> None:
            with _undone():
                self._call(case)

        each()

    def _call(self, case: Any) -> Any:
        cache.clear()  # or the limit of requests a minute would answer
        answer = case.call(headers=self._headers)
        label = case.operation.label
        self.outcome.cases += 1
        self.outcome.statuses[label, answer.status_code] += 1
        # With `fields` an answer lacks what its schema requires, as the document says.
        partial = [response_schema_conformance] if "fields" in (case.query or {}) else []
        try:
            case.validate_response(
                answer, checks=CHECKS, excluded_checks=partial, headers=self._headers
            )
        except FailureGroup as group:
            for failure in group.exceptions:
                shown = f"{failure}\n{case.as_curl_command()}\n{answer.text[:600]}"
                self.outcome.defects.setdefault((label, type(failure).__name__), shown)
        return answer


def _read_to_the_end(application: Any) -> Callable[[Any, Any], list[bytes]]:
    """Closes the files of downloads, as a server does."""

    def answered(environ: Any, start_response: Any) -> list[bytes]:
        with closing(application(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answered


@contextmanager
def _one_connection() -> Iterator[None]:
    """As Django's own test client: the end of a request closes no connection here, for
    the transaction of the test is open on it.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _path_parameters(request: Request) -> dict[str, str]:
    path = request.path.partition("?")[0]
    pairs = zip(request.template.split("/"), path.split("/"), strict=True)
    return {name.strip("{}"): value for name, value in pairs if name.startswith("{")}


def _as_case(operation: Any, request: Request, path: dict[str, str]) -> Any:
    asked: dict[str, Any] = {"path_parameters": path}
    asked["query"] = dict(parse_qsl(request.path.partition("?")[2]))
    if request.body is not None:
        form = request.template.endswith(MULTIPART)
        asked["media_type"] = "multipart/form-data" if form else "application/json"
        asked["body"] = request.body
        if form:
            asked["body"] = request.body | {"file": str(request.body["file"]).encode()}
    return operation.Case(**asked)
