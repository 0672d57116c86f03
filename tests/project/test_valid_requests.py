"""What bad requests are made from is right itself: each operation of the OpenAPI
document is answered with success at least once, by a token of exactly the scopes that
the document names, and refused without any one of them.
"""

from functools import cache

from django.test import Client

from factcheck.api import document
from factcheck.newsroom import service_accounts, tokens
from factcheck.newsroom.choices import SERVICE_SCOPES, Scope
from tests.project import token_matrix
from tests.project.api import ROOT, Api
from tests.project.token_matrix import MOVE, Operation
from tests.project.valid_requests import Story, send

OPEN_TO_ANY = {("get", "me/")}


def _service(story: Story) -> Client:
    """With all the scopes there are for one."""
    account, _new = service_accounts.create(story.desk, by=None, name="With all scopes")
    _token, plain = tokens.issue(account, by=None, name="All", scopes=SERVICE_SCOPES)
    return Client(headers={"authorization": f"Bearer {plain}"})


def test_each_operation_is_answered_with_its_scopes_and_not_with_fewer(
    transactional_db: None,
) -> None:
    story = Story()
    service = _service(story)
    client = cache(lambda scopes: Api(story.by, *scopes).client)
    wrong: list[str] = []
    done: set[tuple[str, str]] = set()
    by_service: set[Operation] = set()
    listed: dict[tuple[str, str], list[Operation]] = {}
    for one in token_matrix.operations():
        listed.setdefault((one.method, one.path), []).append(one)
    for request, learn in story.requests():
        for operation in listed[request.operation]:
            action = {"action": operation.action} if operation.action else {}
            tried = type(request)(
                request.method,
                request.template,
                request.path,
                request.body if request.body is None else request.body | action,
            )
            for scope in operation.needed:
                others = frozenset(Scope.values) - {scope, Scope.READ}
                refused = send(client(others), tried)
                if refused.status_code != 403 or scope not in refused.json()["detail"]:
                    wrong.append(f"{tried} without {scope}: {refused.status_code}")
            if 200 <= send(service, tried).status_code < 300:
                by_service.add(operation)
        # The document names no scopes where the action in the body does.
        needed = (
            ("claims:write",) if request.operation == MOVE else listed[request.operation][0].needed
        )
        scopes = frozenset(needed or ("articles:write",))
        answer = send(client(scopes), request)
        if 200 <= answer.status_code < 300:
            learn(answer)
            done.add(request.operation)
            told = document()["paths"][f"{ROOT}{request.template}"][request.method]["responses"]
            if str(answer.status_code) not in told:
                wrong.append(f"{request.operation}: {answer.status_code} is not documented")
        else:
            wrong.append(f"{request.operation}: {answer.status_code} {answer.content[:300]!r}")
    assert not wrong, "\n".join(wrong)
    paths = Client().get(f"{ROOT}schema/").json()["paths"]
    assert done == {
        (method, path.removeprefix(ROOT)) for path, methods in paths.items() for method in methods
    }

    assert token_matrix.as_text(by_service) == token_matrix.reviewed()


def test_an_operation_without_scopes_is_open_to_any_token_and_tells_of_itself() -> None:
    free = {(one.method, one.path) for one in token_matrix.operations() if not one.needed}
    assert free == OPEN_TO_ANY
