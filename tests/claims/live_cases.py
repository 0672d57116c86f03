"""A debate, as a script sends it."""

from claims.intake.extraction_jobs import extract
from claims.live import running, streams
from claims.live.streams import Begun, Chunk
from claims.models import Extraction, LiveStream
from factcheck.newsroom.models import Desk, User

KNOWN = "The storm of Monday sank 40 boats at Largo harbour."
# A sentence over two chunks, another speaker, and a last one without an end.
DEBATE = (
    Chunk("Good evening. The storm of Monday sank", 1, "LENA BRANDT", "00:00:05"),
    Chunk("55 boats at Largo harbour. We paid 4.2 million euros", 2, "LENA BRANDT", "00:00:09"),
    Chunk("Nobody counted the small boats in 2025.", 3, "JON OKAFOR", "00:00:14"),
    Chunk("Unemployment in Largo fell by 12 percent", 4, "JON OKAFOR", "00:00:18"),
)
SENTENCES = [
    "Good evening.",
    "The storm of Monday sank 55 boats at Largo harbour.",
    "We paid 4.2 million euros",
    "Nobody counted the small boats in 2025.",
]
LAST = "Unemployment in Largo fell by 12 percent"


def debate(desk: Desk, by: User, *, url: str = "https://radio.example/debate") -> LiveStream:
    return streams.start(desk, Begun("Harbour debate", "en", url), by=by)


def send(stream: LiveStream, by: User, *chunks: Chunk) -> None:
    for chunk in chunks:
        streams.add_chunk(stream, chunk, by=by)


def read(stream: LiveStream, *, steps: int = 3) -> LiveStream:
    """As a worker does it that is told each time."""
    for _ in range(steps):
        running.work(stream.pk)
    stream.refresh_from_db()
    return stream


def ended(stream: LiveStream, by: User) -> LiveStream:
    """With its article, and that read."""
    streams.end(stream, by=by)
    read(stream)
    extract(Extraction.objects.get(version__article=stream.article).pk)
    return read(stream)
