"""An error of a background job is told in words; what the program said stays below."""

import pytest

from factcheck.newsroom.jobs.error_words import told

SITE = "HTTPSConnectionPool(host='mills.example', port=443)"
# What a row may hold -> a piece of what people read.
TECHNICAL = {
    f"ConnectionError: {SITE}: Max retries exceeded": "No connection",
    "ConnectionRefusedError: [Errno 111] Connection refused": "No connection",
    "ConnectionResetError: [Errno 104] Connection reset by peer": "No connection",
    f"SSLError: {SITE}: CERTIFICATE_VERIFY_FAILED": "certificate",
    "gaierror: [Errno -2] Name or service not known": "typing error",
    "TimeoutError: timed out": "No answer in time.",
    f"ReadTimeout: {SITE}: Read timed out. (read timeout=10)": "No answer in time.",
    "SoftTimeLimitExceeded: SoftTimeLimitExceeded()": "longer than a job may take",
    "OSError: [Errno 28] No space left on device": "disk",
    "OperationalError: database is locked": "database was busy",
    "IntegrityError: UNIQUE constraint failed: sources_link.url": "refused to store",
    "SMTPAuthenticationError: (535, b'5.7.8 bad password')": "did not accept",
    "SMTPServerDisconnected: Connection unexpectedly closed": "ended the connection",
    "The mail server refused it: (550, b'5.1.1 no such user')": "Check the address",
    "Tried 5 times. Last error: MemoryError: ": "out of memory",
    "Not sent within 24 hours. Last error: TimeoutError: timed out": "No answer in time.",
    "KeyError: 'speaker'": "An error in the software.",
    "AttributeError: 'NoneType' object has no attribute 'pk'": "An error in the software.",
    "RuntimeError: generator raised StopIteration": "An error in the software.",
    "The worker died 5 times during this work. Check the input, then retry.": "several times",
}
# What was written for people from the beginning, and is shown as it is.
PLAIN = (
    "The server says that there is no such page (404). Paste the text instead, or press “Run again”.",
    "No mail server is set. Set FACTCHECK_SMTP_HOST, then retry.",
    "Ana Field, who scheduled it, may no longer publish on this desk. Publish it yourself.",
    "Submit: a rating is missing. Publish it yourself.",
)


def test_what_a_program_wrote_is_put_into_words_and_kept() -> None:
    wrong = []
    for error, piece in TECHNICAL.items():
        said = told(error)
        assert said
        if piece not in said.words or said.technical != error.strip():
            wrong.append((error, said))
        # Nothing of the program's own language is left in the words.
        if any(mark in said.words for mark in ("Error:", "Errno", "Pool(", "b'")):
            wrong.append((error, said))
    assert not wrong


def test_what_was_written_for_people_stays_as_it_is() -> None:
    assert [str(told(error)) for error in PLAIN] == list(PLAIN)
    assert [one.technical for error in PLAIN if (one := told(error))] == [""] * len(PLAIN)


@pytest.mark.parametrize("kind", ["OSError", "TimeoutError", "Tried 5 times. Last error: OSError"])
def test_our_reason_inside_an_exception_is_shown_without_its_class(kind: str) -> None:
    reason = "The server reports an error of its own (503)."
    said = told(f"{kind}: {reason}")
    assert said and (said.words, said.technical) == (reason, f"{kind}: {reason}")


def test_no_error_says_nothing() -> None:
    assert told("") is None and told("  ") is None
