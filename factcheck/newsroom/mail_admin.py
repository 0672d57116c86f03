"""The list of letters: whether they were sent, and if not, why. Never their text."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from factcheck.ledger.due_work import JobState
from factcheck.newsroom import mail
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.admin_pages import RowPageAdmin
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.filters import choice_filter
from factcheck.newsroom.home_panels import Panel, Row, add_panel
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.error_words import told
from factcheck.newsroom.jobs.kinds import About, Kind, State, add_kind
from factcheck.newsroom.managed import manageable_people
from factcheck.newsroom.models import Mail, User
from factcheck.newsroom.permissions import may_anywhere


def letters_of(by: User) -> QuerySet[Mail]:
    return Mail.objects.filter(user__in=manageable_people(by))


@admin.register(Mail)
class MailAdmin(RowPageAdmin):
    when_empty = gettext_lazy("Invitations and links for new passwords stand here.")
    view_action = "people.manage"
    read_only_page = True
    list_display = ["event", "user", "state", "made", "sent"]
    list_filter = [choice_filter("job_state__exact", "job_state", JobState, gettext_lazy("state"))]
    list_select_related = ["user"]
    search_fields = ["user__username", "event"]
    fields = ["event", "user", "made_at", "sent_at", "last_error"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        return super().get_queryset(request).filter(pk__in=letters_of(person(request)))

    @admin.display(description=gettext_lazy("status"), ordering="job_state")
    def state(self, letter: Mail) -> SafeString:
        return badge(letter.job_state, str(JobState(letter.job_state).label))

    @admin.display(description=gettext_lazy("written"), ordering="made_at")
    def made(self, letter: Mail) -> SafeString:
        return ago(letter.made_at)

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent(self, letter: Mail) -> SafeString:
        return ago(letter.sent_at)

    def row_page(self, request: HttpRequest, row: Mail) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("E-mail to %(person)s") % {"person": row.user},
            "letter": row,
            "state": self.state(row),
            "failed": row.job_state == JobState.FAILED,
            "error": told(row.last_error),
        }
        return TemplateResponse(request, "admin/newsroom/mail/page.html", context)

    def get_urls(self) -> list[URLPattern]:
        retry = path(
            "<int:pk>/retry/",
            self.admin_site.admin_view(require_POST(self.retry_view)),
            name="newsroom_mail_retry",
        )
        return [retry, *super().get_urls()]

    def retry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = self.visible_row(request, pk)
        if mail.retry(letter):
            messages.success(request, _("It will be sent as soon as a worker is free."))
        else:
            messages.warning(request, _("There is nothing to send again."))
        return HttpResponseRedirect(reverse("admin:newsroom_mail_change", args=[letter.pk]))


def _about(letter: Mail) -> About:
    words = {"event": letter.event, "person": letter.user}
    text = _("%(event)s to %(person)s") % words
    return About(text, reverse("admin:newsroom_mail_change", args=[letter.pk]))


def _send_again(letter: Mail, by: User) -> None:
    if not mail.retry(letter):
        raise ValidationError(
            _("%(person)s has no e-mail address. Enter one on their page.")
            % {"person": letter.user}
        )


def _failed(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s e-mail could not be sent",
        "%(count)s e-mails could not be sent",
        number,
    ) % {"count": shown}


LETTERS = Kind(
    "e-mail",
    gettext_lazy("E-mails"),
    Mail,
    open_to=lambda user: may_anywhere(user, "people.manage"),
    rows=lambda user: letters_of(user).select_related("user"),
    about=_about,
    search=("user__username", "event"),
    failed=_failed,
    again=_send_again,
    has_panel=True,
)
add_kind(90, LETTERS)


def _unsent(user: User) -> Panel | None:
    """Letters that could not be sent, for those who look after the people."""
    if not may_anywhere(user, "people.manage"):
        return None
    return Panel(
        title=_("E-mail that could not be sent"),
        counted=LETTERS.in_states(user, [State.FAILED]),
        rows=lambda found: [_unsent_row(letter) for letter in found],
        url=jobs(kind=LETTERS.name, state=State.FAILED),
        read=lambda letters: letters.select_related("user"),
    )


def _unsent_row(letter: Mail) -> Row:
    about, error = _about(letter), told(letter.last_error)
    return Row(
        text=about.text,
        url=about.url,
        badge=badge(letter.job_state, str(JobState(letter.job_state).label)),
        note=str(error or ""),
        moment=ago(letter.made_at),
    )


add_panel(90, _unsent)
