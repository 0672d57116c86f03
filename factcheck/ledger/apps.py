"""The ledger app: the audit log and its triggers, and due work."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy

from factcheck.ledger import among_lookup, full_text, kept_tables, triggers
from factcheck.ledger.translated_names import translate_names


class LedgerConfig(AppConfig):
    name = "factcheck.ledger"
    label = "ledger"
    verbose_name = gettext_lazy("Audit log")

    def ready(self) -> None:
        among_lookup.register()
        translate_names(self)
        triggers.register(
            *triggers.append_only(
                "ledger_auditentry", unique=("id", "seq", "hash", "previous_hash")
            )
        )
        triggers.register(*triggers.audit_head(), *triggers.key_rotations())
        pre_migrate.connect(_remove_triggers, sender=self, dispatch_uid="ledger.remove_triggers")
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="ledger.install_triggers")


def _remove_triggers(using: str, plan: list[Any], **_: Any) -> None:
    # SQLite alters a table by building a new one and renaming it, and refuses that
    # while a trigger of another table reads it. PostgreSQL keeps its triggers: there is
    # no moment without them.
    if plan and connections[using].vendor == triggers.SQLITE:
        triggers.remove(using)


def _install_triggers(sender: AppConfig, using: str, **_: Any) -> None:
    # post_migrate is sent once per app after all have migrated, so every table exists
    # by now. Only this app listens: once is enough.
    full_text.install(using)
    kept_tables.install(using)
    if "ledger_audithead" in connections[using].introspection.table_names():
        # Created here and not in a migration: a test that flushes the tables gets it
        # back.
        sender.get_model("AuditHead")._default_manager.using(using).get_or_create(pk=1)
