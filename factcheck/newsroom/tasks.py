"""Background work of people and access."""

from celery import Task, shared_task

from factcheck.ledger import change_context
from factcheck.newsroom import idempotency_keys, list_exports, mail
from factcheck.newsroom.accounts import sessions


@shared_task(name="newsroom.send_mail", bind=True)
def send_mail(self: "Task[[int], None]", mail_id: int) -> None:
    with change_context.entry_point("task", str(self.request.id)):
        mail.deliver(mail_id, takeover=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="newsroom.write_list_file", bind=True)
def write_list_file(self: "Task[[int], None]", file_id: int) -> None:
    redelivered = bool((self.request.delivery_info or {}).get("redelivered"))
    with change_context.entry_point("task", str(self.request.id)):
        list_exports.write(file_id, takeover=redelivered)


@shared_task(name="newsroom.delete_list_files")
def delete_list_files() -> None:
    list_exports.delete_expired()


@shared_task(name="newsroom.clear_sessions")
def clear_sessions() -> None:
    sessions.delete_ended()


@shared_task(name="newsroom.delete_idempotency_keys")
def delete_idempotency_keys() -> None:
    idempotency_keys.delete_old()
