"""Publishers and owners: the reference tables that desks share, all or in part."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.filters import choice_filter
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import desks_where, may_on_desk
from factcheck.newsroom.stale_forms import StaleCheckForm
from sources.admin.names import publishers_view
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError
from sources.choices import PublisherKind, Reliability
from sources.models import Owner, Publisher, ReliabilityNote
from sources.models.publisher import REASON_LENGTH
from sources.publisher_details import hidden_owner, registrable
from sources.reliability import note_reliability

NOTES_SHOWN = 50


class ReferenceAdmin(NewsroomAdmin):
    """Everybody who reads links sees these tables; checkers and editors
    maintain them.

    A row with a desk is visible to that desk only, and stays with it.
    """

    shared = True
    view_action = "link.view"
    add_action = "publisher.edit"
    change_action = "publisher.edit"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A row of one desk is changed by the role that they have there: the auditor of
        # a desk reads it, although they may be a checker elsewhere.
        return super().has_change_permission(request, obj) and not (
            obj is not None
            and obj.desk_id
            and not may_on_desk(person(request), self.change_action, obj.desk_id)
        )

    @admin.display(description=gettext_lazy("visible to"), ordering="desk__name")
    def known_to(self, row: Any) -> str:
        return str(row.desk or _("all desks"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Once others have seen or cited a row, it cannot be hidden from them again.
        return ("known_to",) if self.fields and obj is not None else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The desk is chosen when the row is added, and shown from then on."""
        return (
            (*self.fields, "desk" if obj is None else "known_to")
            if self.fields
            else super().get_fields(request, obj)
        )

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        """Offers the person's own desks, and the owners that they may see."""
        if db_field.name == "desk":
            kwargs |= {
                "queryset": Desk.objects.filter(
                    pk__in=desks_where(person(request), self.change_action)
                ),
                "empty_label": _("all desks"),
            }
        if db_field.name == "owner":
            kwargs["queryset"] = Owner.objects.visible_to(person(request))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "desk" and field:
            field.label = _("Visible to")
        return field


class PublisherForm(StaleCheckForm):
    def clean_domain(self) -> str | None:
        """The registrable domain: www.example.co.uk becomes example.co.uk."""
        typed = (self.cleaned_data["domain"] or "").strip()
        if not typed:
            return None
        try:
            return registrable(typed)
        except UrlError as error:
            raise ValidationError(
                _("Enter a domain such as example.org. %(reason)s") % {"reason": in_words(error)}
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # Only the add form has the field.
        desk = cleaned.get("desk") if "desk" in self.fields else self.instance.desk
        owner = cleaned.get("owner")
        if owner and hidden_owner(owner, desk):
            self.add_error(
                "owner",
                _(
                    "This owner is visible to %(desk)s only. Choose or add one that is visible to"
                    " all desks."
                )
                % {"desk": owner.desk},
            )
        return cleaned


class ReliabilityForm(forms.Form):
    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"), empty_label=None)
    level = forms.ChoiceField(label=gettext_lazy("Reliability"), choices=Reliability.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Shown to anyone on the desk who cites this publisher."),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, auto_id="reliability-%s", label_suffix="")
        desk: Any = self.fields["desk"]
        desk.queryset = Desk.objects.filter(pk__in=desks_where(person(request), "publisher.note"))


@admin.register(Publisher)
class PublisherAdmin(ReferenceAdmin):
    when_empty = gettext_lazy("Publishers come with the links of evidence.")
    form = PublisherForm
    fields = ("name", "domain", "owner", "kind")
    list_display = ["name", "domain", "owner", "kind", "known_to"]
    list_filter = [choice_filter("kind__exact", "kind", PublisherKind, gettext_lazy("kind"))]
    list_select_related = ["owner", "desk"]
    search_fields = ["name", "domain", "owner__name"]
    change_form_template = "admin/sources/publisher/change_form.html"

    def get_form(
        self,
        request: HttpRequest,
        obj: Publisher | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Requires the domain of a publisher that has one."""
        # Without it the next link to that domain would create a second publisher, which
        # would count as a second independent source.
        form = super().get_form(request, obj, change, **kwargs)
        if obj and obj.domain and "domain" in form.base_fields:
            form.base_fields["domain"].required = True
        return form

    def get_urls(self) -> list[URLPattern]:
        note_url = path(
            "<int:pk>/note/",
            self.admin_site.admin_view(self.note_view),
            name="sources_publisher_note",
        )
        names_url = path(
            "names/",
            self.admin_site.admin_view(publishers_view),
            name="sources_publisher_names",
        )
        return [note_url, names_url, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        publisher = context.get("original")
        if publisher is not None:
            may_note = bool(desks_where(person(request), "publisher.note"))
            context |= {
                "notes": (
                    ReliabilityNote.objects.visible_to(person(request))
                    .filter(publisher=publisher)
                    .select_related("desk", "by")[:NOTES_SHOWN]
                ),
                "reliability": ReliabilityForm(request) if may_note else None,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_POST)
    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publisher, form = self.visible_row(request, pk), ReliabilityForm(request, request.POST)
        if not desks_where(person(request), "publisher.note"):
            raise PermissionDenied(_("Only checkers and editors can add reliability notes."))
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": str(publisher),
                "opts": self.opts,
                "original": publisher,
                "reliability": form,
            }
            return TemplateResponse(
                request, "admin/sources/publisher/note.html", context, status=400
            )
        note_reliability(publisher, by=person(request), **form.cleaned_data)
        messages.success(request, _("Reliability note saved."))
        return HttpResponseRedirect(reverse("admin:sources_publisher_change", args=[publisher.pk]))


@admin.register(Owner)
class OwnerAdmin(ReferenceAdmin):
    fields = ("name",)
    list_display = ["name", "known_to"]
    list_select_related = ["desk"]
    search_fields = ["name"]
