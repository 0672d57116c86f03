"""What went wrong, in the words of a newsroom. The row keeps what the
program said; that is for whoever runs the server.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# As due_work and mail write it before the last error.
_tried = re.compile(
    r"^(?:Tried [0-9]+ times|Not sent within [0-9]+ hours)\. Last error: ",
)
_died = re.compile(r"^The worker died [0-9]+ times")
# “ConnectionError: …”: the name of an exception stands before its text.
_class = re.compile(
    r"^(?:\w+\.)*\w*"
    r"(?:[Ee]rror|Exception|Exceeded|Timeout|Refused|Disconnected|DoesNotExist): ?",
)
# What only programs write: numbers of errors, reprs, bytes, tracebacks.
_technical = re.compile(
    r"\[Errno|\bobject at 0x|Pool\(|\w+\(.*\)|\bb['\"]|Traceback|[{}<>]",
)


@dataclass(frozen=True, slots=True)
class Told:
    """`technical` is empty where the words are all there is to say."""

    words: str
    technical: str = ""

    def __str__(self) -> str:
        return self.words


# The first that matches says it: what is narrow stands before what is wide.
_CAUSES: tuple[tuple[str, str | Promise], ...] = (
    (
        r"No space left|Errno 28\b|database or disk is full",
        gettext_lazy("The disk of the server is full. Tell whoever runs it."),
    ),
    (
        r"SMTPAuthentication",
        gettext_lazy(
            "The mail server did not accept the newsroom's user name or password. Tell whoever"
            " runs the server."
        ),
    ),
    (
        r"SMTPServerDisconnected|SMTPConnect",
        gettext_lazy("The mail server ended the connection."),
    ),
    (
        r"SMTPRecipientsRefused|The mail server refused|\bSMTP\w+",
        gettext_lazy("The mail server refused the letter. Check the address of the person."),
    ),
    (
        r"SSL|[Cc]ertificate",
        gettext_lazy("The certificate of the site is not valid, so the connection is not safe."),
    ),
    (
        r"gaierror|NameResolution|Name or service not known|getaddrinfo|Could not resolve",
        gettext_lazy("The name of the site was not found. Check the address for a typing error."),
    ),
    (
        r"SoftTimeLimit|TimeLimitExceeded",
        gettext_lazy("It took longer than a job may take."),
    ),
    (
        r"database is locked|OperationalError|InterfaceError|DeadlockDetected",
        gettext_lazy("The database was busy or away."),
    ),
    (
        r"Timeout|[Tt]imed? ?out",
        gettext_lazy("No answer in time."),
    ),
    (
        r"[Cc]onnection ?(?:[Rr]efused|[Rr]eset|[Aa]borted)|ConnectionError|BrokenPipe"
        r"|NewConnection|MaxRetry|RemoteDisconnected|ConnectError|[Uu]nreachable",
        gettext_lazy("No connection to the other side."),
    ),
    (
        r"IntegrityError|DataError",
        gettext_lazy("The database refused to store the result."),
    ),
    (
        r"MemoryError|Errno 12\b",
        gettext_lazy("The server ran out of memory."),
    ),
    (
        r"BusyError",
        gettext_lazy("Other documents were being read. This one waits for its turn."),
    ),
    (
        r"PermissionError|Errno 13\b",
        gettext_lazy("The server may not write to its own folder. Tell whoever runs it."),
    ),
)
_causes = [(re.compile(pattern), words) for pattern, words in _CAUSES]


def told(error: str) -> Told | None:
    """The error of a row as people read it; None where there is none."""
    text = error.strip()
    if not text:
        return None
    if _died.match(text):
        return Told(_("The job stopped its worker several times. Check what it is about."), text)
    plain = _tried.sub("", text)
    sentence = _class.sub("", plain, count=1)
    # Our own reasons travel as the text of an exception, too, such as
    # “The server reports an error of its own (503).”
    if not _technical.search(sentence) and (sentence == plain or _reads_well(sentence)):
        return Told(sentence, text if sentence != text else "")
    for pattern, words in _causes:
        if pattern.search(plain):
            return Told(str(words), text)
    return Told(
        _(
            "An error in the software. Run it again; if it fails again, send the technical text to"
            " whoever runs the server."
        ),
        text,
    )


def _reads_well(text: str) -> bool:
    return text[:1].isupper() and text.rstrip().endswith((".", "!", "…"))
