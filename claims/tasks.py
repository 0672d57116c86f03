"""Claims' background work."""

from celery import Task, shared_task

from claims import intake, submitters
from factcheck.ledger import door


@shared_task(name="claims.extract", bind=True)
def extract(self: "Task[[int], None]", extraction_id: int) -> None:
    with door.through("task", str(self.request.id)):
        intake.extract(extraction_id, takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="claims.erase_submitters", bind=True)
def erase_submitters(self: "Task[[], None]") -> None:
    with door.through("task", str(self.request.id)):
        submitters.erase_due()
