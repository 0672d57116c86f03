"""Sources' background work."""

from celery import Task, shared_task

from factcheck.ledger import change_context
from sources import ingest, public_archive
from sources.watching import feeds, link_checks, stream


def _died(task: "Task[[int], None]") -> bool:
    """Whether the broker redelivers this message because a worker died
    with it: its lease may be taken over.
    """
    return bool((task.request.delivery_info or {}).get("redelivered"))


@shared_task(name="sources.fetch_article", bind=True)
def fetch_article(self: "Task[[int], None]", fetch_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        ingest.fetch_article(fetch_id, takeover=_died(self))


@shared_task(name="sources.read_feed", bind=True)
def read_feed(self: "Task[[int], None]", feed_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        feeds.read(feed_id, takeover=_died(self))


@shared_task(name="sources.check_link", bind=True)
def check_link(self: "Task[[int], None]", link_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        link_checks.check(link_id, takeover=_died(self))


@shared_task(name="sources.archive_page", bind=True)
def archive_page(self: "Task[[int], None]", copy_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        public_archive.archive(copy_id, takeover=_died(self))


@shared_task(name="sources.stream_links", bind=True, soft_time_limit=270, time_limit=290)
def stream_links(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        stream.run()


@shared_task(name="sources.read_links", bind=True, soft_time_limit=150, time_limit=170)
def read_links(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        stream.run(seconds=stream.READ_SECONDS, reading=True)
