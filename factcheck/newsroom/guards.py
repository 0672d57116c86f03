"""What the database refuses about accounts: rewriting who gave access
to whom, tokens that change hands, service accounts that pass for
people, and answers that anybody can read.
"""

from collections.abc import Iterable

from factcheck.ledger.encrypted_columns import stored_encrypted
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete
from factcheck.newsroom.choices import SERVICE_SCOPES, SHARED_SCOPES, Role, Scope
from factcheck.newsroom.models import ApiToken

# What may change later: its name, and times. The scopes never grow.
_CHANGING = ("name", "created_at", "expires_at", "last_used_at", "revoked_at")


def _has_one_of(scopes: Iterable[Scope]) -> str:
    # The scopes are JSON, which the two databases read differently; as text they are
    # the same.
    return " OR ".join(
        f"CAST(NEW.scopes AS TEXT) LIKE '%{scope.value}%'" for scope in sorted(scopes)
    )


def _service_guards() -> tuple[Guard, ...]:
    users, memberships = "newsroom_user", "newsroom_membership"
    mismatch = f"""
        EXISTS (
            SELECT 1
            FROM newsroom_user u
            WHERE u.id = NEW.user_id
                AND u.is_service <> (NEW.role = '{Role.SERVICE.value}')
        )
    """
    refusal = "A service account has the role of one, and nobody else has it."
    return (
        both(
            f"{users}_service",
            users,
            "BEFORE UPDATE",
            "A person stays a person, and a service account stays one.",
            differs("is_service"),
        ),
        both(f"{memberships}_service", memberships, "BEFORE INSERT", refusal, mismatch),
        both(f"{memberships}_still_service", memberships, "BEFORE UPDATE", refusal, mismatch),
    )


def _token_guards() -> tuple[Guard, ...]:
    table = "newsroom_apitoken"
    of_service = "EXISTS (SELECT 1 FROM newsroom_user u WHERE u.id = NEW.owner_id AND u.is_service)"
    personal = _has_one_of(set(Scope) - SHARED_SCOPES)
    beyond_service = _has_one_of(set(Scope) - SERVICE_SCOPES)
    return (
        both(
            f"{table}_personal",
            table,
            "BEFORE INSERT",
            "A token made for somebody else reads and submits articles, and nothing more.",
            f"NEW.owner_id <> NEW.made_by_id AND ({personal}) AND NOT {of_service}",
        ),
        both(
            f"{table}_service",
            table,
            "BEFORE INSERT",
            "A token of a service account decides, writes and signs nothing.",
            f"{of_service} AND ({beyond_service})",
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


GUARDS = (
    *append_only("newsroom_accessgrant"),
    *_service_guards(),
    *_token_guards(),
    *_answer_guards(),
)
