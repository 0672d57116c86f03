"""The sources app: articles, publishers, links and captures."""

from importlib import import_module

from django.apps import AppConfig
from django.db import models
from django.utils.translation import gettext_lazy

from factcheck.ledger import full_text, triggers
from factcheck.ledger.translated_names import translate_names


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = gettext_lazy("Sources")

    def ready(self) -> None:
        for table in (
            "sources_articleversion",
            "sources_capture",
            "sources_linkcheck",
            "sources_reliabilitynote",
        ):
            triggers.register(*triggers.append_only(table))
        triggers.register(
            *triggers.append_only("sources_picture", unique=("id", "public_id", "sha256")),
            *triggers.append_only("sources_picturehash", unique=("id", "picture_id, view")),
            *triggers.append_only("sources_similarpictures", unique=("id", "first_id, second_id")),
        )
        for table in ("sources_article", "sources_link"):
            triggers.register(*triggers.no_delete(table, unique=("id", "public_id")))
        triggers.register(
            *_known_to_one_desk(),
            *_shared_for_good(),
            _claimants_keep_their_words(self.get_model("Claimant")),
        )
        # It reads the texts beside the models, which are not loaded when this file is.
        full_text.register(*import_module("sources.models.full_text").INDEXES)
        translate_names(self)


def _shared_for_good() -> tuple[triggers.Guard, ...]:
    """Guards: what one desk knows alone may be shown to all, and never
    the other way round, or to another desk: others may have cited it.
    """
    return tuple(
        triggers.both(
            f"{table}_shared_for_good",
            table,
            "BEFORE UPDATE OF desk_id",
            "A row of one desk can only be shared with all, and a shared one stays shared.",
            "NEW.desk_id IS NOT NULL AND (OLD.desk_id IS NULL OR NEW.desk_id <> OLD.desk_id)",
        )
        for table in ("sources_claimant", "sources_owner", "sources_publisher")
    )


def _claimants_keep_their_words(claimant: type[models.Model]) -> triggers.Guard:
    """Verdicts are signed with the words of a claimant, on any desk:
    other words are another row, which a claim names only with a version
    of its own.
    """
    kept = triggers.differs(*triggers.all_but(claimant, "desk", "replaced_at"))
    return triggers.both(
        "sources_claimant_kept",
        "sources_claimant",
        "BEFORE UPDATE",
        "The words of a claimant never change. Make a new version.",
        f"OLD.replaced_at IS NOT NULL OR {kept}",
    )


def _known_to_one_desk() -> tuple[triggers.Guard, ...]:
    """Guards: a publisher or owner that one desk alone can see is cited
    by that desk alone, and owns nothing that other desks can see.

    They fire only if one of the two columns changes: links are updated
    by the hundred, and testing each cost PostgreSQL half of that time.
    """
    behind = (
        "SELECT 1 FROM sources_owner o WHERE o.id = NEW.owner_id AND o.desk_id IS NOT NULL AND"
        " (NEW.desk_id IS NULL OR NEW.desk_id <> o.desk_id)"
    )
    cited = (
        "SELECT 1 FROM sources_publisher p WHERE p.id = NEW.publisher_id AND p.desk_id IS NOT NULL"
        " AND p.desk_id <> NEW.desk_id"
    )
    rules = {
        "sources_publisher": (
            "owner_id",
            behind,
            "An owner known to one desk alone stands behind publishers of that desk alone.",
        ),
        "sources_link": (
            "publisher_id",
            cited,
            "A publisher known to another desk alone is not cited here.",
        ),
    }
    return tuple(
        triggers.both(
            f"{table}_known_{name}", table, f"BEFORE {when}", message, f"EXISTS ({found})"
        )
        for table, (column, found, message) in rules.items()
        for name, when in (("insert", "INSERT"), ("update", f"UPDATE OF {column}, desk_id"))
    )
