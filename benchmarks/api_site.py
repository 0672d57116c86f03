"""Run as a program: the tokens and rows that benchmarks/api.py asks with."""

import json

# It prepares Django, which the models below need.
from benchmarks.desk_site import person  # isort: split

from claims.models import Claim
from factcheck.newsroom import tokens
from factcheck.newsroom.choices import Scope
from factcheck.newsroom.models import User


def token(role: str) -> str:
    owner: User = person(role)
    _token, plain = tokens.issue(owner, by=owner, name="measured", scopes=Scope.values)
    return plain


def told() -> dict[str, object]:
    claims = Claim.objects.visible_to(person("editor")).order_by("pk")
    claim = claims.filter(status="in_review").first() or claims[0]
    return {
        "tokens": {role: token(role) for role in ("editor", "checker")},
        "claim": str(claim.public_id),
    }


if __name__ == "__main__":
    print(json.dumps(told()))
