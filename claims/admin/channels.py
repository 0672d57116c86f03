"""The channels of a desk in Slack and Teams. The address of a webhook
is typed in, and shown to nobody again.
"""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claims.choices import NotificationKind
from claims.desk.notifications import channels
from claims.models import ChannelPost, DeskChannel
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import NewsroomAdmin, person
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.error_words import told
from factcheck.newsroom.jobs.kinds import About, Kind, State, add_kind
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may, may_anywhere
from factcheck.newsroom.stale_forms import StaleCheckForm
from sources.canonical_urls import UrlError, target

SHOWN = 10
# The label of one's own settings says “to me”.
_LABELS = {NotificationKind.ASSIGNED: gettext_lazy("A claim is assigned")}
_KINDS = [(kind.value, _LABELS.get(kind, kind.label)) for kind in channels.POSTABLE]


class ChannelForm(StaleCheckForm):
    address = forms.CharField(
        label=gettext_lazy("Webhook URL"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy("Stored encrypted and not shown again."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What is posted"),
        choices=_KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Never posted: queries, and anything about claims under embargo, shared with legal or"
            " with a confidential source."
        ),
    )

    class Meta:
        model = DeskChannel
        fields = ("desk", "service", "address", "kinds", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["address"].label = _("New webhook URL")
            self.fields["address"].help_text = _("The present one is not shown. Empty keeps it.")

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip()
        if not typed and self.instance.pk:
            return str(self.instance.address)
        try:
            if urlsplit(target(typed).url).scheme == "https":
                return typed
        except (UrlError, ValueError):
            pass
        raise ValidationError(_("Paste the webhook URL that Slack or Teams shows: https://…"))


@admin.register(DeskChannel)
class DeskChannelAdmin(NewsroomAdmin):
    view_action = add_action = change_action = "channel.manage"
    form = ChannelForm
    change_form_template = "admin/claims/deskchannel/change_form.html"
    list_display = ["desk", "service", "active", "failed"]
    list_select_related = ["desk"]
    list_filter = ["service", "active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        desks = desks_where(person(request), "channel.manage")
        rows: QuerySet[Any] = super().get_queryset(request).filter(desk__in=desks)
        failed = Q(posts__job_state=JobState.FAILED)
        counted: QuerySet[Any] = rows.annotate(failed_count=Count("posts", filter=failed))
        return counted

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fields = ["desk", "service", "address", "kinds", "active"]
        return [*fields, "failures"] if obj else fields

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        # Moved to another desk, the channel would be told of claims its readers must
        # not know of.
        return ["desk", "service", "failures"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        desks = desks_where(person(request), "channel.manage")
        return {"desk": next(iter(desks))} if len(desks) == 1 else {}

    def formfield_for_foreignkey(
        self,
        db_field: Any,
        request: HttpRequest,
        **kwargs: Any,
    ) -> Any:
        if db_field.name == "desk":
            desks = desks_where(person(request), "channel.manage")
            kwargs["queryset"] = Desk.objects.filter(pk__in=desks)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("failed posts"))
    def failed(self, channel: Any) -> int:
        return int(channel.failed_count)

    @admin.display(description=gettext_lazy("not posted"))
    def failures(self, channel: DeskChannel) -> str:
        failed = failed_posts().filter(channel=channel).order_by("-pk")[:SHOWN]
        lines = ((_state(post), post.last_error) for post in failed)
        return format_html_join("", "<p>{} {}</p>", lines) or _("Nothing.")

    def get_urls(self) -> list[URLPattern]:
        retry = path(
            "<int:pk>/retry/",
            self.admin_site.admin_view(require_POST(self.retry_view)),
            name="claims_deskchannel_retry",
        )
        return [retry, *super().get_urls()]

    def retry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        channel = self.visible_row(request, pk)
        if not may(person(request), "channel.manage", channel):
            raise PermissionDenied
        count = channels.retry_failed(channel)
        told = ngettext("%(count)s post is sent again.", "%(count)s posts are sent again.", count)
        messages.info(request, told % {"count": count})
        return HttpResponseRedirect(reverse("admin:claims_deskchannel_change", args=[channel.pk]))


def _state(post: ChannelPost) -> SafeString:
    label = str(JobState(post.job_state).label)
    kind = NotificationKind(post.kind).label
    return format_html(
        "{} {} {}", badge(post.job_state, label), kind, ago(post.sent_at or post.made_at)
    )


def failed_posts() -> QuerySet[ChannelPost]:
    return ChannelPost.objects.filter(job_state=JobState.FAILED)


def _posts(user: User) -> QuerySet[ChannelPost]:
    desks = desks_where(user, "channel.manage")
    return ChannelPost.objects.filter(channel__desk__in=desks).select_related("channel__desk")


def _about(post: ChannelPost) -> About:
    page = reverse("admin:claims_deskchannel_change", args=[post.channel_id])
    return About(f"{post.channel}: {NotificationKind(post.kind).label}", page)


def _failed(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s post to Slack or Teams failed",
        "%(count)s posts to Slack or Teams failed",
        number,
    ) % {"count": shown}


POSTS = Kind(
    "post",
    gettext_lazy("Posts to Slack and Teams"),
    ChannelPost,
    open_to=lambda user: may_anywhere(user, "channel.manage"),
    rows=_posts,
    about=_about,
    search=("channel__desk__name", "kind"),
    failed=_failed,
    again=lambda post, _by: channels.send_again(post),
    has_panel=True,
)
add_kind(91, POSTS)


def _unsent(user: User) -> Panel | None:
    if not may_anywhere(user, "channel.manage"):
        return None
    return Panel(
        title=_("Posts to Slack and Teams that failed"),
        counted=POSTS.in_states(user, [State.FAILED]),
        rows=lambda found: [_unsent_row(post) for post in found],
        url=jobs(kind=POSTS.name, state=State.FAILED),
    )


def _unsent_row(post: ChannelPost) -> Row:
    return Row(
        text=str(post.channel),
        url=reverse("admin:claims_deskchannel_change", args=[post.channel_id]),
        badge=badge(post.job_state, str(JobState(post.job_state).label)),
        note=str(told(post.last_error) or ""),
        moment=ago(post.made_at),
    )


add_panel(91, _unsent)
