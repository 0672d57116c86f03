"""Claimants in the admin: those of one's own desks and the shared ones.
Saving other words makes a new version, because verdicts are signed with
the old ones.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.newsroom.admin_base import allowed, person
from factcheck.newsroom.filters import choice_filter
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where, may_on_desk
from factcheck.newsroom.stale_forms import OPENED_VALUES, StaleCheckForm, opened_values
from sources.admin.names import claimants_view
from sources.admin.publisher import ReferenceAdmin
from sources.choices import ClaimantKind
from sources.claimants import WORDS, describe, may_describe, refuse_taken, share
from sources.models import Claimant


class ClaimantForm(StaleCheckForm):
    # Of the person who has the form: where a new claimant belongs if they work on one
    # desk only. Filled by ClaimantAdmin.get_form.
    only_desk: Desk | None = None
    may_share = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "desk" in self.fields and not cleaned.get("desk") and not self.may_share:
            if self.only_desk is None:
                self.add_error("desk", _("Choose a desk. Editors can share a claimant."))
            cleaned["desk"] = self.only_desk
        if not self.errors:
            current = current_version(self.instance.pk) if self.instance.pk else None
            desk = current.desk if current else cleaned.get("desk")
            try:
                refuse_taken({name: cleaned[name] for name in WORDS}, desk=desk, but=current)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def stored_pk(self) -> Any:
        # Of two who edit one version, the second sees what the first made of it.
        return current_version(self.instance.pk).pk


def current_version(pk: int) -> Claimant:
    """The version that is in force. Read anew: a form has written what
    was typed into the row in memory.
    """
    return Claimant.objects.get(pk=pk).current()


@admin.register(Claimant)
class ClaimantAdmin(ReferenceAdmin):
    when_empty = gettext_lazy("Claimants come with claims.")
    form = ClaimantForm
    add_action = change_action = "claimant.edit"
    fields = WORDS
    list_display = ["name", "kind", "description", "known_to"]
    list_filter = [choice_filter("kind__exact", "kind", ClaimantKind, gettext_lazy("kind"))]
    list_select_related = ["desk"]
    search_fields = ["name", "description"]
    change_form_template = "admin/sources/claimant/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        # An earlier version has a page, which the audit log leads to, and is not
        # listed.
        rows: QuerySet[Claimant] = super().get_queryset(request)
        of_one = request.resolver_match and request.resolver_match.kwargs
        return rows if of_one else rows.filter(replaced_at=None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return may_describe(person(request), obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Claimant | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        desks = Desk.objects.filter(pk__in=desks_where(person(request), self.add_action))[:2]
        form.only_desk = desks[0] if len(desks) == 1 else None
        form.may_share = allowed(request, "claimant.share")
        return form

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "desk" and field:
            field.initial = field.queryset.first()
            field.help_text = _("For all desks only if it is no secret that you check them.")
            if not allowed(request, "claimant.share"):
                field.empty_label = None
        return field

    def formfield_for_dbfield(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"  # Django 5 still guesses http, and warns
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,
    ) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        words = {name: getattr(obj, name) for name in WORDS}
        new = describe(current_version(obj.pk), by=person(request), words=words)
        # The admin goes on with the row it was given: its links lead to the new
        # version.
        obj.pk = new.pk

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if row is not None and request.method == "POST":
            # The refusal showed the words of the newest version: saving again is a
            # choice.
            context[OPENED_VALUES] = opened_values(current_version(row.pk))
        context["may_share"] = (
            row is not None
            and row.desk_id is not None
            and row.replaced_at is None
            and may_on_desk(person(request), "claimant.share", row.desk_id)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        share_url = path(
            "<int:pk>/share/",
            self.admin_site.admin_view(self.share_view),
            name="sources_claimant_share",
        )
        names_url = path(
            "names/",
            self.admin_site.admin_view(claimants_view),
            name="sources_claimant_names",
        )
        return [share_url, names_url, *super().get_urls()]

    @method_decorator(require_POST)
    def share_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        claimant = self.visible_row(request, pk)
        try:
            claimant = share(claimant, by=person(request))
            messages.success(request, _("Shared with all desks."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:sources_claimant_change", args=[claimant.pk]))
