"""Files that hold what a format looks like in full, for eyes to review."""

from pathlib import Path

FOLDER = Path(__file__).parent / "claims" / "golden"


def assert_golden(name: str, written: bytes) -> None:
    """The bytes are those of the file. A missing one is written, for
    review, and fails the test once.
    """
    path = FOLDER / name
    if not path.exists():
        path.write_bytes(written)
        raise AssertionError(f"{path} was not there. Read what was written, and commit it.")
    assert written == path.read_bytes(), f"{name} is other than {path}; delete that to renew it"
