"""What bad requests are made from is right itself: each operation of the OpenAPI
document is answered with success at least once.
"""

from django.test import Client

from tests.project.api import ROOT, Api
from tests.project.valid_requests import Story, send


def test_each_operation_is_answered_with_success(transactional_db: None) -> None:
    story = Story()
    client, refused, done = Api(story.by).client, [], set()
    for request, learn in story.requests():
        answer = send(client, request)
        if 200 <= answer.status_code < 300:
            learn(answer)
            done.add(request.operation)
        else:
            refused.append((request.operation, answer.status_code, answer.content[:300]))
    assert not refused, "\n".join(map(str, refused))
    paths = Client().get(f"{ROOT}schema/").json()["paths"]
    assert done == {
        (method, path.removeprefix(ROOT)) for path, methods in paths.items() for method in methods
    }
