"""Whatever a client sends, the API answers as the OpenAPI document says: no error of
the server, no status, type or body that is not in it, and nothing taken that it
refuses.
"""

import os

from factcheck.api import document
from tests.project.made_requests import Maker
from tests.project.valid_requests import Story

# Beside the one that succeeds. CONTRIBUTING.md says when more are made.
EACH = int(os.environ.get("API_CASES", "1"))


def test_each_operation_succeeds_and_answers_as_documented(db: None) -> None:
    outcome = Maker(Story(), each=EACH, seeded=16).run()
    assert outcome.cases >= (EACH + 1) * len(document()["paths"])
    assert not outcome.defects, "\n\n".join(outcome.defects.values())
    every = {
        f"{method.upper()} {path}"
        for path, methods in document()["paths"].items()
        for method in methods
    }
    assert every - outcome.succeeded == set()
