"""OpenAPI links: which operations the id in an answer leads to. A tool that reads the
document can make something and go on with it, as a person does.
"""

import re
from typing import Any

_placeholder = re.compile(r"\{(\w+)\}")
_one = re.compile(r"(?P<list>.+/)\{(?P<name>\w+)\}/")
OF_ONE, OF_LIST = "$response.body#/id", "$response.body#/results/0/id"

Json = dict[str, Any]


def add_links(result: Json, generator: Any, request: Any, public: bool) -> Json:
    """A post-processing hook of drf-spectacular."""
    paths: dict[str, Json] = result["paths"]
    leads = _leading_on(paths)
    components = result["components"].setdefault("links", {})
    kinds = _kinds(paths, result["components"]["schemas"])
    for operations in paths.values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                shape, of = _shape(answer, result["components"]["schemas"])
                # Of what is read or changed the client has the id already.
                new = of == OF_LIST or ("201" in operation["responses"] and status < "202")
                names = leads.get(kinds.get(shape, ""), ()) if new else ()
                for name in names:
                    answer.setdefault("links", {})[name] = _link(components, name, kinds[shape], of)
    return result


def _leading_on(paths: dict[str, Json]) -> dict[str, list[str]]:
    """The operations that need the id of one thing and no other."""
    leads: dict[str, list[str]] = {}
    for path, operations in paths.items():
        names = _placeholder.findall(path)
        if len(names) == 1:
            found = [operation["operationId"] for operation in operations.values()]
            leads.setdefault(names[0], []).extend(found)
    return leads


def _kinds(paths: dict[str, Json], schemas: Json) -> dict[str, str]:
    """By the name of its schema, what the id in an answer is the id of: what the
    address of a list and of one of its rows answers with.
    """
    kinds: dict[str, str] = {}
    for path in paths:
        if found := _one.fullmatch(path):
            for of in (path, found["list"]):
                for operation in paths.get(of, {}).values():
                    for answer in operation["responses"].values():
                        shape, _of = _shape(answer, schemas)
                        if shape:
                            kinds.setdefault(shape, found["name"])
    return kinds


def _shape(answer: Json, schemas: Json) -> tuple[str, str]:
    """The schema of the row or rows of an answer, and where their id stands."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    properties = schemas.get(name, {}).get("properties", {})
    rows = properties.get("results", {}).get("items", {}).get("$ref", "").rpartition("/")[2]
    if rows:
        return (rows, OF_LIST) if "id" in schemas[rows]["properties"] else ("", "")
    return (name, OF_ONE) if "id" in properties else ("", "")


def _link(components: Json, name: str, placeholder: str, of: str) -> Json:
    key = name if of == OF_ONE else f"{name}_of_first"
    components[key] = {"operationId": name, "parameters": {placeholder: of}}
    return {"$ref": f"#/components/links/{key}"}
