"""What the database refuses about accounts: rewriting who gave access
to whom, tokens that change hands, and answers that anybody can read.
"""

from factcheck.ledger.encrypted_columns import stored_encrypted
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete
from factcheck.newsroom.choices import SHARED_SCOPES, Scope
from factcheck.newsroom.models import ApiToken

# What may change later: its name, and times. The scopes never grow.
_CHANGING = ("name", "created_at", "expires_at", "last_used_at", "revoked_at")


def _token_guards() -> tuple[Guard, ...]:
    table = "newsroom_apitoken"
    # The scopes are JSON, which the two databases read differently; as text they are
    # the same.
    personal = " OR ".join(
        f"CAST(NEW.scopes AS TEXT) LIKE '%{scope.value}%'"
        for scope in sorted(set(Scope) - SHARED_SCOPES)
    )
    return (
        both(
            f"{table}_personal",
            table,
            "BEFORE INSERT",
            "A token made for somebody else reads and submits articles, and nothing more.",
            f"NEW.owner_id <> NEW.made_by_id AND ({personal})",
        ),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A token keeps its owner, secret and scopes, and stays revoked.",
            f"{differs(*all_but(ApiToken, *_CHANGING))}"
            f" OR (OLD.revoked_at IS NOT NULL AND ({differs('revoked_at')}))",
        ),
        *no_delete(table, unique=("id", "digest")),
    )


def _answer_guards() -> tuple[Guard, ...]:
    message = "The answer to a request is stored encrypted."
    return stored_encrypted("newsroom_idempotencykey", message, "answer")


GUARDS = (*append_only("newsroom_accessgrant"), *_token_guards(), *_answer_guards())
