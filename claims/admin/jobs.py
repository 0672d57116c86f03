"""The background jobs of this app: extracting claims, and publishing on
schedule.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from claims.exchange.desk_export import making
from claims.exchange.importing import running
from claims.live import streams
from claims.models import (
    BulkChange,
    DeskExport,
    Extraction,
    Import,
    ImportedFactCheck,
    KnownClaim,
    LiveStream,
    RepeatCheck,
    ScheduledPublication,
    Tip,
)
from claims.querysets.access import reached, seen_by
from factcheck.newsroom.jobs.kinds import About, Kind, State, States, add_kind, states_of_work
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import (
    desks_where,
    desks_where_assigned,
    holds_any_role,
    may,
    may_anywhere,
)
from sources.admin.jobs import about_article, reads_articles
from sources.ingest import retry
from sources.models import Article


def _extractions(user: User) -> QuerySet[Extraction]:
    articles = Article.objects.visible_to(user)
    rows = Extraction.objects.filter(version__article__in=articles)
    # The text of a version may be megabytes.
    return rows.select_related("version__article__desk").defer("version__text")


def _again(work: Any, by: User) -> None:
    retry(work, article=work.version.article, by=by)


def _unread(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s article could not be searched for claims",
        "%(count)s articles could not be searched for claims",
        number,
    ) % {"count": shown}


add_kind(
    20,
    Kind(
        "extraction",
        gettext_lazy("Extractions of claims"),
        Extraction,
        open_to=reads_articles,
        rows=_extractions,
        about=lambda work: about_article(work.version.article),
        search=("version__article__title", "version__article__url"),
        failed=_unread,
        again=_again,
        may_again=lambda work, by: may(by, "article.retry", work.version.article),
    ),
)


def _reads_evidence(user: User) -> bool:
    return bool(desks_where(user, "evidence.view") or desks_where_assigned(user, "evidence.view"))


def _schedules(user: User) -> QuerySet[ScheduledPublication]:
    # The reason of a refusal may quote the evidence.
    seen = reached(user, "evidence.view", "claim__")
    return ScheduledPublication.objects.filter(seen).select_related("claim")


def _about_schedule(plan: ScheduledPublication) -> About:
    page = reverse("admin:claims_claim_change", args=[plan.claim_id])
    return About(str(plan.claim), page)


def _states_of_schedules() -> States:
    """A time to come is what a schedule is for, and no second try; one
    that somebody cancelled is over.
    """
    usual, over = states_of_work(), Q(ended_at__isnull=False)
    waiting = usual[State.RETRYING] | usual[State.WAITING]
    return {
        State.FAILED: usual[State.FAILED] & ~over,
        State.RETRYING: waiting & ~Q(last_error="") & ~over,
        State.RUNNING: usual[State.RUNNING] & ~over,
        State.WAITING: waiting & Q(last_error="") & ~over,
        State.DONE: usual[State.DONE] | over,
    }


def _unpublished(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s scheduled publication failed",
        "%(count)s scheduled publications failed",
        number,
    ) % {"count": shown}


# Never run again from here: a refused publication needs somebody who
# mends its reason, on the page of the claim.
add_kind(
    50,
    Kind(
        "schedule",
        gettext_lazy("Scheduled publications"),
        ScheduledPublication,
        open_to=_reads_evidence,
        rows=_schedules,
        about=_about_schedule,
        search=("claim__text",),
        failed=_unpublished,
        remedy=gettext_lazy(
            "A failed publication is decided on the page of its claim: publish it, schedule it"
            " again, or cancel the schedule."
        ),
        states=_states_of_schedules(),
        has_panel=True,
    ),
)


def _about_change(change: BulkChange) -> About:
    page = reverse("admin:claims_claim_bulk", args=[change.public_id])
    return About(change.get_kind_display(), page)


def _unchanged(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s change of many claims stopped",
        "%(count)s changes of many claims stopped",
        number,
    ) % {"count": shown}


add_kind(
    60,
    Kind(
        "bulk",
        gettext_lazy("Changes of many claims"),
        BulkChange,
        open_to=holds_any_role,
        rows=lambda user: BulkChange.objects.filter(by=user),
        about=_about_change,
        search=("kind",),
        failed=_unchanged,
        remedy=gettext_lazy(
            "The page of the change says what was done; start it anew for the rest."
        ),
    ),
)


def _imports(user: User) -> QuerySet[Import]:
    return Import.objects.visible_to(user)


def _about_import(made: Import) -> About:
    return About(made.name, reverse("admin:claims_import_change", args=[made.pk]))


def _unimported(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s import stopped",
        "%(count)s imports stopped",
        number,
    ) % {"count": shown}


add_kind(
    70,
    Kind(
        "import",
        gettext_lazy("Imports of fact checks"),
        Import,
        open_to=lambda user: may_anywhere(user, "fact_check.import"),
        rows=_imports,
        about=_about_import,
        search=("name",),
        failed=_unimported,
        again=lambda work, by: running.again(work, by=by),
    ),
)


def _exports(user: User) -> QuerySet[DeskExport]:
    return DeskExport.objects.visible_to(user).select_related("desk")


def _about_export(made: DeskExport) -> About:
    return About(str(made), reverse("admin:claims_deskexport_change", args=[made.pk]))


def _unexported(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s export stopped",
        "%(count)s exports stopped",
        number,
    ) % {"count": shown}


add_kind(
    72,
    Kind(
        "export",
        gettext_lazy("Exports of desks"),
        DeskExport,
        open_to=lambda user: may_anywhere(user, "claim.export"),
        rows=_exports,
        about=_about_export,
        search=("desk__name",),
        failed=_unexported,
        again=lambda work, by: making.again(work, by=by),
    ),
)


def _streams(user: User) -> QuerySet[LiveStream]:
    return LiveStream.objects.visible_to(user)


def _about_stream(stream: LiveStream) -> About:
    return About(stream.title, reverse("admin:claims_livestream_change", args=[stream.pk]))


def _stopped_streams(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s live stream could not be read",
        "%(count)s live streams could not be read",
        number,
    ) % {"count": shown}


add_kind(
    75,
    Kind(
        "live",
        gettext_lazy("Live streams"),
        LiveStream,
        open_to=lambda user: may_anywhere(user, "article.submit"),
        rows=_streams,
        about=_about_stream,
        search=("title",),
        failed=_stopped_streams,
        again=lambda work, by: streams.again(work, by=by),
    ),
)


def _entries(user: User) -> QuerySet[KnownClaim]:
    imported = ImportedFactCheck.objects.visible_to(user).order_by().values("pk")
    seen = Q(claim__isnull=False) & seen_by(user, "claim__") | Q(fact_check__in=imported)
    return KnownClaim.objects.filter(seen).select_related("claim", "fact_check")


def _about_entry(entry: KnownClaim) -> About:
    if entry.fact_check is not None:
        page = reverse("admin:claims_importedfactcheck_change", args=[entry.fact_check.pk])
        return About(str(entry.fact_check), page)
    page = reverse("admin:claims_claim_change", args=[entry.claim_id])
    return About(str(entry.claim), page)


def _not_indexed(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s claim is not found by matching",
        "%(count)s claims are not found by matching",
        number,
    ) % {"count": shown}


add_kind(
    75,
    Kind(
        "matching",
        gettext_lazy("Index of known claims"),
        KnownClaim,
        open_to=_reads_evidence,
        rows=_entries,
        about=_about_entry,
        search=("claim__text", "fact_check__claim"),
        failed=_not_indexed,
        remedy=gettext_lazy(
            "An entry is read again when its claim changes, and by “manage.py rebuild_matching”."
        ),
    ),
)


def _repeat_checks(user: User) -> QuerySet[RepeatCheck]:
    """Of articles and tips that this person reads."""
    articles = Article.objects.visible_to(user).order_by().values("pk")
    tips = Tip.objects.visible_to(user).order_by().values("pk")
    seen = Q(extraction__version__article__in=articles) | Q(tip__in=tips)
    return RepeatCheck.objects.filter(seen).select_related(
        "extraction__version__article__desk", "tip__desk"
    )


def _about_repeat_check(check: RepeatCheck) -> About:
    if check.extraction:
        return about_article(check.extraction.version.article)
    return About(str(check.tip), f"{reverse('admin:claims_tip_changelist')}?state=waiting")


def _not_looked_up(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s text was not compared with published verdicts",
        "%(count)s texts were not compared with published verdicts",
        number,
    ) % {"count": shown}


add_kind(
    80,
    Kind(
        "repeats",
        gettext_lazy("Look for repeated claims"),
        RepeatCheck,
        open_to=reads_articles,
        rows=_repeat_checks,
        about=_about_repeat_check,
        search=("extraction__version__article__title",),
        failed=_not_looked_up,
        remedy=gettext_lazy("Open the article: each suggestion says what is known of it."),
    ),
)
