"""The OpenAPI document: kept beside the code, so that a change of the contract is seen
in review.
"""

import json
import re
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern

from claims.api import urls
from claims.api.examples import BODIES
from factcheck import api
from factcheck.drf.serializers import Strict
from tests.project.api import ROOT, is_problem

SNAPSHOT = Path(__file__).with_name("openapi.json")
RENEW = (
    "If the change is meant, renew it: FACTCHECK_ENV=test python manage.py spectacular --format"
    f" openapi-json --file {SNAPSHOT.relative_to(Path.cwd())}"
)


def _document() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Client().get(f"{ROOT}schema/").content)
    return data


def test_the_document_is_the_one_kept(db: None) -> None:
    assert _document() == json.loads(SNAPSHOT.read_text()), (
        f"The API differs from {SNAPSHOT.name}. {RENEW}"
    )


def test_it_is_open_to_all_and_needs_no_database() -> None:
    assert _document()["openapi"] == "3.1.0"


def test_every_address_is_in_it() -> None:
    here = [f"{ROOT}{_readable(pattern)}" for pattern in urls.urlpatterns] + [f"{ROOT}me/"]
    assert sorted(_document()["paths"]) == sorted(here)


def _readable(pattern: URLPattern) -> str:
    return re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))


def test_every_operation_names_its_scopes_and_its_refusals() -> None:
    described = _document()
    shared = described["components"]["responses"]
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["security"][0].keys() == {"token"}, (method, path)
            assert {"400", "401", "403", "404", "429"} <= operation["responses"].keys(), (
                method,
                path,
            )
            refusal = operation["responses"]["400"]
            # Each stands in the document once.
            name = refusal["$ref"].removeprefix("#/components/responses/")
            assert list(shared[name]["content"]) == ["application/problem+json"]


def test_every_operation_says_what_it_does_and_how_it_is_called() -> None:
    described = _document()
    names = set()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            where, name = (method, path), operation["operationId"]
            names.add(name)
            assert operation["description"].strip().endswith("."), where
            (call,) = operation["x-codeSamples"]
            assert call["source"].startswith("curl ") and "{" not in call["source"].split(" -d")[0]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                body, shape = content["example"], _resolved(described, content["schema"])
                assert set(body) <= set(shape.get("properties", {})), where
                assert set(shape.get("required", ())) <= set(body), where
                assert body or not shape.get("required"), where
    assert set(BODIES) <= names


def test_each_example_is_taken_by_the_serializer_that_reads_it() -> None:
    described, refused = _document(), []
    for operations in described["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                name = content["schema"]["$ref"].rpartition("/")[2]
                kind = _serializers()[name.removesuffix("Request").removeprefix("Patched")]
                serializer = kind(data=content["example"])
                if "FileIn" not in name and not serializer.is_valid():
                    refused.append((operation["operationId"], serializer.errors))
    assert not refused


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = described["components"]["schemas"][name]
    return found


def _serializers() -> dict[str, Any]:
    waiting, found = [Strict], {}
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found[kind.__name__.removesuffix("Request")] = kind
    return found


def test_bodies_say_that_unknown_fields_are_refused() -> None:
    schemas = _document()["components"]["schemas"]
    bodies = {name for name in schemas if name.endswith("Request")}
    assert bodies and all(schemas[name]["additionalProperties"] is False for name in bodies)


def test_an_address_that_is_not_there_answers_in_the_same_shape() -> None:
    for path in ("/api/", "/api/v1", "/api/v2/claims/", f"{ROOT}claims", f"{ROOT}%00/"):
        assert is_problem(Client().get(path), 404)
        assert is_problem(Client().post(path), 404)
    assert api.document() is api.document()


def test_an_id_in_an_answer_leads_to_what_can_be_done_with_it() -> None:
    described = _document()
    addresses, reached = {}, set()
    for path, operations in described["paths"].items():
        for operation in operations.values():
            addresses[operation["operationId"]] = path
            for answer in operation["responses"].values():
                reached |= {link["$ref"] for link in answer.get("links", {}).values()}
    links = described["components"]["links"]
    assert reached == {f"#/components/links/{name}" for name in links}
    for link in links.values():
        (name,) = link["parameters"]
        assert f"{{{name}}}" in addresses[link["operationId"]]
    made = described["paths"][f"{ROOT}claims/"]["post"]["responses"]["201"]["links"]
    assert {"read_claim", "move_claim", "attach_evidence", "write_verdict"} <= set(made)
    assert links["read_claim"]["parameters"] == {"claim": "$response.body#/id"}
    assert links["read_claim_of_first"]["parameters"] == {"claim": "$response.body#/results/0/id"}
