"""The feeds that a desk follows: follow one, see what came of its items, end it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import AddPageAdmin, RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may_on_desk
from sources.admin.article_form import ADDRESS_LENGTH
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError
from sources.models import Article, FollowedFeed
from sources.watching import feeds
from sources.watching.feeds import EVERY, FIRST_ITEMS, TooManyFeedsError, UnavailableError

ITEMS_SHOWN = 50


class FeedForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=gettext_lazy("Of the RSS or Atom feed, not of the site."),
    )
    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"), empty_label=None)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        desks: Any = self.fields["desk"]
        desks.queryset = Desk.objects.filter(pk__in=desks_where(by, "feed.manage"))

    def follow(self, *, by: User) -> tuple[FollowedFeed, bool] | None:
        """The feed, and whether that is new; None where it was refused,
        with the error on the form.
        """
        given = self.cleaned_data
        try:
            return feeds.follow(given["desk"], by=by, url=given["url"])
        except UrlError as error:
            self.add_error("url", in_words(error))
        except TooManyFeedsError as error:
            self.add_error("desk", str(error))
        return None


@admin.register(FollowedFeed)
class FeedAdmin(AddPageAdmin, RowPageAdmin):
    view_action = "feed.view"
    add_action = "feed.manage"
    read_only_page = True
    list_display = ["name", "desk", "state", "read", "followed_by"]
    list_select_related = ["desk", "followed_by"]
    search_fields = ["title", "url"]
    when_empty = gettext_lazy("A feed sends in what a site newly publishes.")

    @admin.display(description=gettext_lazy("feed"), ordering="title")
    def name(self, feed: FollowedFeed) -> str:
        return str(feed)

    @admin.display(description=gettext_lazy("last read"), ordering="last_read_at")
    def read(self, feed: FollowedFeed) -> SafeString:
        return ago(feed.last_read_at)

    @admin.display(description=gettext_lazy("state"))
    def state(self, feed: FollowedFeed) -> SafeString:
        if feed.ended_at:
            return badge("not_possible", _("Ended"))
        if feed.job_state == JobState.FAILED:
            return badge("failed", _("Cannot be read"))
        if feed.last_error:
            return badge("retrying", _("Tried again"))
        return badge("account_active", _("Followed"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/end/", wrap(self.end_view), name="sources_followedfeed_end"),
            path("<int:pk>/read/", wrap(self.read_view), name="sources_followedfeed_read"),
            *super().get_urls(),
        ]

    def add_page(self, request: HttpRequest) -> HttpResponse:
        by = person(request)
        form = FeedForm(request.POST if request.method == "POST" else None, by=by)
        if form.is_valid() and (followed := form.follow(by=by)):
            feed, new = followed
            said = (
                _("Followed. Its newest items come in within a minute.")
                if new
                else _("The desk follows this feed already.")
            )
            messages.success(request, said)
            return _to(feed)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Follow a feed"),
            "form": form,
            "first": FIRST_ITEMS,
            "minutes": int(EVERY.total_seconds() // 60),
        }
        status = 400 if form.errors else 200
        return TemplateResponse(
            request, "admin/sources/followedfeed/add.html", context, status=status
        )

    def row_page(self, request: HttpRequest, row: FollowedFeed) -> HttpResponse:
        items = list(row.items.select_related("article")[:ITEMS_SHOWN])
        # A checker of assigned work does not see every article of the desk.
        shown = Article.objects.visible_to(person(request))
        readable = set(
            shown.filter(pk__in=[item.article_id for item in items]).values_list("pk", flat=True)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "feed": row,
            "items": [(item, item.article_id in readable) for item in items],
            # Without the name of the class that run_due puts before it.
            "error": row.last_error.removeprefix(f"{UnavailableError.__name__}: "),
            "may_manage": may_on_desk(person(request), "feed.manage", row.desk_id),
        }
        return TemplateResponse(request, "admin/sources/followedfeed/page.html", context)

    @method_decorator(require_POST)
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        feed = self.visible_row(request, pk)
        feeds.end(feed, by=person(request))
        messages.success(request, _("Ended. Its articles stay."))
        return _to(feed)

    @method_decorator(require_POST)
    def read_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        feed = self.visible_row(request, pk)
        feeds.read_now(feed, by=person(request))
        messages.success(request, _("A worker reads it now."))
        return _to(feed)


def _to(feed: FollowedFeed) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:sources_followedfeed_change", args=[feed.pk]))
