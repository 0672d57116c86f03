"""What the database can see of an encrypted column: that it holds
ciphertext or nothing, and whether the keys are being rotated.
"""

from factcheck.ledger.encryption import TOKEN_START
from factcheck.ledger.triggers import Guard, both, differs

_NO_ROTATION = "NOT EXISTS (SELECT 1 FROM ledger_keyrotation r WHERE r.open)"


def in_plain_text(*columns: str) -> str:
    """SQL: does one of these columns hold a text that is not encrypted?"""
    # substr and not LIKE, which SQLite compares without case.
    tests = (
        f"(NEW.{name} <> '' AND substr(NEW.{name}, 1, {len(TOKEN_START)}) <> '{TOKEN_START}')"
        for name in columns
    )
    return f"({' OR '.join(tests)})"


def changed_but_by_rotation(*columns: str) -> str:
    """SQL: did one of these columns change otherwise than from
    ciphertext to ciphertext while the keys are rotated? Whether it is
    the same text only the keys tell.
    """
    emptied = " OR ".join(f"(OLD.{name} = '') <> (NEW.{name} = '')" for name in columns)
    return f"(({differs(*columns)}) AND ({_NO_ROTATION} OR {in_plain_text(*columns)} OR {emptied}))"


def stored_encrypted(table: str, message: str, *columns: str) -> tuple[Guard, ...]:
    """Refuse plain text in these columns, in new rows and in changed ones."""
    plain = in_plain_text(*columns)
    return (
        both(f"{table}_encrypted", table, "BEFORE INSERT", message, plain),
        both(f"{table}_encrypted_kept", table, "BEFORE UPDATE", message, plain),
    )
