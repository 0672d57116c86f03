"""What changed in a stream after a number, once or as it happens."""

import time
from collections.abc import Callable, Iterator

from django.conf import settings

from claims.live import matches
from claims.models import Claim, LiveSentence, LiveStream
from factcheck.drf.server_sent import BEAT_SECONDS, BEGINNING, ServerSent
from factcheck.newsroom.models import User

_LOOK_SECONDS = 0.5
# What changed after a number, as events; each has its own number as its id.
Written = Callable[[LiveStream, int], Iterator[bytes]]


def sentences_after(stream: LiveStream, after: int, *, by: User, most: int) -> list[LiveSentence]:
    """Those that changed after this number and up to the one that
    `stream` was read with, each with its `shown_matches`. What changes
    meanwhile has a higher number, and comes the next time.
    """
    rows = stream.sentences.changed_after(after).filter(change__lte=stream.change_count)
    return with_matches(list(rows.with_people()[:most]), by=by)


def with_matches(found: list[LiveSentence], *, by: User) -> list[LiveSentence]:
    """Each with what this person may see of its matches, and its claim
    only for those who see that.
    """
    keys = [one.claim_id for one in found if one.claim_id]
    seen = set(Claim.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    for sentence, shown in zip(found, matches.for_sentences(found, by=by), strict=True):
        vars(sentence)["shown_matches"] = shown
        if sentence.claim_id not in seen:
            sentence.claim = None
    return found


class Following(ServerSent):
    """`find` asks anew at each look, with the eyes of the caller; None
    ends it.
    """

    def __init__(self, after: int, *, find: Callable[[], LiveStream | None], write: Written):
        super().__init__("live", most=settings.LIVE_STREAMS)
        self._after, self._find, self._write = after, find, write

    def __iter__(self) -> Iterator[bytes]:
        yield BEGINNING
        beat = time.monotonic()
        while stream := self._find():
            if stream.change_count > self._after:
                yield from self._write(stream, self._after)
                self._after, beat = stream.change_count, time.monotonic()
            elif time.monotonic() - beat >= BEAT_SECONDS:
                beat = time.monotonic()
                # It also finds out who has gone.
                yield f": still here\nid: {self._after}\n\n".encode()
            if time.monotonic() >= self.ends:
                return
            time.sleep(_LOOK_SECONDS)
