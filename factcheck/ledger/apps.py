"""The ledger app: what nobody may rewrite, and what is still due."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from factcheck.ledger import among_lookup, triggers


class LedgerConfig(AppConfig):
    name = "factcheck.ledger"
    label = "ledger"

    def ready(self) -> None:
        among_lookup.register()
        triggers.register(
            *triggers.append_only(
                "ledger_auditentry", unique=("id", "seq", "hash", "previous_hash")
            )
        )
        triggers.register(*triggers.audit_head())
        pre_migrate.connect(_stand_aside, sender=self, dispatch_uid="ledger.stand_aside")
        post_migrate.connect(_prepare, sender=self, dispatch_uid="ledger.prepare")


def _stand_aside(using: str, plan: list[Any], **_: Any) -> None:
    # SQLite alters a table by making it anew, and refuses that while a trigger of another table
    # reads it.
    if plan and connections[using].vendor == triggers.SQLITE:
        triggers.remove(using)


def _prepare(sender: AppConfig, using: str, **_: Any) -> None:
    # Sent for each app once all have migrated, so that every table is there: once is enough, after
    # every migrate.
    triggers.install(using)
    if "ledger_audithead" in connections[using].introspection.table_names():
        sender.get_model("AuditHead")._default_manager.using(using).get_or_create(pk=1)
