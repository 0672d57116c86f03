"""Drafts of the forms about a claim, as pages get and send them."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claims.admin.workbench.panel import Context, PageState, Panel, Route
from claims.admin.workbench.respond import FormState
from claims.desk import form_drafts
from claims.models import Claim
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User


def context(state: PageState) -> Context:
    if not state.claim.has_drafts:  # type: ignore[attr-defined]
        return {"drafts": []}
    return {"drafts": drafts_of(state.claim, state.by, refused=refused_forms(state.form_state))}


def drafts_of(
    claim: Claim | None,
    by: User,
    *,
    refused: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    """What the script restores. `refused` forms came back with what was
    typed, and keep it.
    """
    return [
        {**_sent(draft), "refused": draft.form in refused} for draft in form_drafts.of(claim, by)
    ]


def _sent(draft: form_drafts.Draft) -> dict[str, Any]:
    return {
        "form": draft.form,
        "time": _time(draft),
        "stamp": draft.stamp,
        "base": draft.base,
        "typed": draft.typed,
    }


def refused_forms(left: FormState) -> frozenset[str]:
    names = {form.draft_name for form in (left.forms or {}).values()}
    return frozenset(names | ({f"move-{left.move[0]}"} if left.move else set()))


def _time(draft: form_drafts.Draft) -> str:
    at = timezone.localtime(draft.at)
    today = at.date() == timezone.localdate()
    time = date_format(at, "TIME_FORMAT")
    return time if today else f"{date_format(at, 'MONTH_DAY_FORMAT')}, {time}"


@sensitive_post_parameters()
def keep(request: HttpRequest, claim: Claim | None) -> JsonResponse:
    try:
        base, typed = (json.loads(request.POST.get(name, "")) for name in ("base", "typed"))
        draft = form_drafts.keep(
            claim,
            request.POST.get("form", ""),
            by=person(request),
            base=base,
            typed=typed,
            seen=request.POST.get("seen"),
        )
    except form_drafts.DraftConflictError as error:
        return JsonResponse({"detail": str(error), "draft": _sent(error.draft)}, status=409)
    except (ValueError, RecursionError):
        return _refused(_("A draft is a list of fields with their texts."), 400)
    except ValidationError as error:
        return _refused(" ".join(error.messages), 400)
    except PermissionDenied as error:
        return _refused(str(error), 403)
    return JsonResponse({"stamp": draft.stamp if draft else ""})


def _refused(why: str, status: int) -> JsonResponse:
    return JsonResponse({"detail": why}, status=status)


@require_POST
def keep_new(request: HttpRequest) -> JsonResponse:
    """Of the form of a new claim."""
    return keep(request, None)


PANEL = Panel(context, (Route("draft/", keep, "draft"),))
