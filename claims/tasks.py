"""Background work of claims.

A redelivered message means that the worker before may have died with
its lease, so `takeover` lets the next one continue at once.
"""

from celery import Task, shared_task

from claims.bulk import changes
from claims.desk import form_drafts
from claims.desk.notifications import channels, deadlines, mailing
from claims.exchange import event_erasure, event_order
from claims.exchange.desk_export import making
from claims.exchange.importing import running
from claims.exchange.webhooks import sending
from claims.intake import extraction_jobs, tip_erasure, tips
from claims.live import running as live
from claims.matching import index
from claims.models import PublicChange
from claims.public_site import kept_datafeed
from claims.publication import rechecks, repeat_checks, scheduling
from factcheck.ledger import change_context
from factcheck.newsroom import second_factor


@shared_task(name="claims.extract", bind=True)
def extract(self: "Task[[int], None]", extraction_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        extraction_jobs.extract(
            extraction_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


@shared_task(name="claims.change_many", bind=True)
def change_many(self: "Task[[int], None]", change_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        changes.work(
            change_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


@shared_task(name="claims.import_rows", bind=True)
def import_rows(self: "Task[[int], None]", import_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        running.work(
            import_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


# Gathering ends by itself after some seconds; packing copies all files at once.
@shared_task(name="claims.export_desk", bind=True, soft_time_limit=240, time_limit=270)
def export_desk(self: "Task[[int], None]", export_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        making.work(export_id, takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="claims.read_live", bind=True)
def read_live(self: "Task[[int], None]", stream_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        live.work(stream_id, takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="claims.publish_scheduled", bind=True)
def publish_scheduled(self: "Task[[int], None]", schedule_id: int) -> None:
    with (
        change_context.entry_point("task", str(self.request.id)),
        second_factor.unattended("claims.publish_scheduled"),
    ):
        scheduling.publish_scheduled(
            schedule_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


@shared_task(name="claims.open_due_rechecks", bind=True)
def open_due_rechecks(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        rechecks.open_due()


@shared_task(name="claims.erase_expired_tips", bind=True)
def erase_expired_tips(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        tips.erase_due()
        tip_erasure.erase_due()
        form_drafts.delete_due()
        running.delete_expired()
        making.delete_expired()


@shared_task(name="claims.merge_public_changes")
def merge_public_changes() -> None:
    PublicChange.objects.merge()


# The first time it writes all of them; after a time limit the next one goes on.
@shared_task(name="claims.keep_datafeed", soft_time_limit=240, time_limit=270)
def keep_datafeed() -> None:
    kept_datafeed.keep()


@shared_task(name="claims.tell_deadlines", bind=True)
def tell_deadlines(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        deadlines.tell_deadlines()


@shared_task(name="claims.write_digests", bind=True)
def write_digests(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        mailing.write_digests()


@shared_task(name="claims.post_to_channel", bind=True)
def post_to_channel(self: "Task[[int], None]", post_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        channels.deliver(
            post_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


@shared_task(name="claims.number_events", bind=True)
def number_events(self: "Task[[], None]") -> None:
    with change_context.entry_point("task", str(self.request.id)):
        event_order.number_events()


@shared_task(name="claims.erase_old_events")
def erase_old_events() -> None:
    event_erasure.erase_old()


@shared_task(name="claims.deliver_webhook", bind=True)
def deliver_webhook(self: "Task[[int], None]", delivery_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        sending.deliver(
            delivery_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )


@shared_task(name="claims.index_known_claim", bind=True)
def index_known_claim(self: "Task[[int], None]", entry_id: int) -> None:
    index.update(entry_id, takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="claims.index_known_claims", bind=True)
def index_known_claims(self: "Task[[], None]") -> None:
    index.update_due(takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="claims.check_repeats", bind=True)
def check_repeats(self: "Task[[int], None]", check_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        repeat_checks.check(
            check_id, takeover=bool((self.request.delivery_info or {}).get("redelivered"))
        )
