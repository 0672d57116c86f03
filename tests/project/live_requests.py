"""The operations of live streams, for the story of valid_requests."""

from factcheck.newsroom.models import Desk, User
from tests.claims.live_cases import DEBATE, debate, read, send
from tests.project.api import Step


def ids(desk: Desk, by: User) -> dict[str, str]:
    stream = debate(desk, by)
    send(stream, by, *DEBATE)
    return {"stream": str(read(stream).public_id), "first sentence": "1", "second sentence": "2"}


STEPS: tuple[Step, ...] = (
    ("get", "streams/", {}, None),
    (
        "post",
        "streams/",
        {},
        {
            "title": "Council",
            "language": "en",
            "source_url": "https://radio.example/council",
            "desk": "{desk}",
        },
    ),
    ("get", "streams/{stream}/", {}, None),
    ("get", "streams/{stream}/chunks/", {}, None),
    (
        "post",
        "streams/{stream}/chunks/",
        {},
        {"text": "It rose.", "number": 9, "speaker": "ANA FIELD", "time_code": "00:01:00"},
    ),
    ("get", "streams/{stream}/stream/", {}, None),
    ("post", "streams/{stream}/sentences/{number}/accept/", {"number": "second sentence"}, {}),
    ("post", "streams/{stream}/sentences/{number}/dismiss/", {"number": "first sentence"}, {}),
    ("post", "streams/{stream}/sentences/{number}/reopen/", {"number": "first sentence"}, {}),
    ("post", "streams/{stream}/end/", {}, {}),
)
