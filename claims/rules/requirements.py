"""What must be true before a verdict is signed, approved, scheduled and published."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import QuoteState
from claims.models import Claim, Evidence, Verdict
from claims.rules import gates, source_protection
from claims.rules.conflicts_of_interest import missing_interest_waiver
from claims.rules.content import (
    Content,
    build_content,
    matches_author_signature,
    matches_both_signatures,
)
from claims.rules.independence import independent
from claims.rules.separation_of_duties import missing_second_person
from claims.rules.translation_of import missing_original
from claims.rules.unmet import UnmetRequirement as UnmetRequirement
from claims.rules.variants import missing_current_copy
from claims.rules.whom_to_ask import whom_to_ask
from factcheck.newsroom.models import User


def missing_for_signature(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, by: User | None = None
) -> list[UnmetRequirement]:
    """Everything to fix before anybody may sign; `by` decides only what
    the messages may name.
    """
    return [
        *_verdict_text(verdict),
        *gates.missing_quote_accuracy(claim, verdict),
        *_evidence(claim, verdict, evidence),
        *_quotes(evidence),
        *gates.missing_reply(claim, verdict),
        *gates.open_queries(claim, by),
        *source_protection.names_exposed_in_content(
            claim, lambda: build_content(claim, verdict, evidence).text if verdict else ""
        ),
        *missing_original(claim),
        *missing_current_copy(claim, verdict),
    ]


def missing_for_author(
    claim: Claim,
    verdict: Verdict | None,
    evidence: list[Evidence],
    *,
    by: User,
    anybody: list[UnmetRequirement] | None = None,
) -> list[UnmetRequirement]:
    """Everything to fix before this person signs as author. Pass
    `anybody` where `missing_for_signature` was asked already.
    """
    if anybody is None:
        anybody = missing_for_signature(claim, verdict, evidence, by=by)
    return [*anybody, *missing_interest_waiver(claim, by)]


def _verdict_text(verdict: Verdict | None) -> list[UnmetRequirement]:
    required = (
        ("rating", verdict and verdict.rating_id, _("Choose a rating.")),
        ("short_answer", verdict and verdict.short_answer.strip(), _("Add a short answer.")),
        ("explanation", verdict and verdict.explanation.strip(), _("Add an explanation.")),
    )
    return [UnmetRequirement(code, text, "verdict") for code, value, text in required if not value]


def _evidence(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence]
) -> list[UnmetRequirement]:
    needed, count = gates.sources_needed(claim, verdict), independent(evidence)
    if verdict and verdict.sole_source:
        # More than one is refused too: the page would tell readers of a single source
        # that is not.
        message = _(
            "The verdict is marked “single authoritative source”, but %(count)s independent sources"
            " are captured. Fix one of the two."
        ) % {"count": count}
        return [] if count == 1 else [UnmetRequirement("sole_source", message, "verdict")]
    if count >= needed or gates.evidence_waiver(claim, verdict, count):
        return []
    message = _(
        "%(count)s of %(needed)s independent sources. Add evidence from a publisher with a"
        " different owner and a different original source, and wait for its capture."
    ) % {"count": count, "needed": needed}
    unmet = [UnmetRequirement("evidence", message, "evidence")]
    if waiting := [item.number for item in evidence if item.capture_id is None]:
        message = ngettext(
            "Evidence %(numbers)s has no capture yet. See its link status or check the link.",
            "Evidence %(numbers)s have no capture yet. See their link status or check the links.",
            len(waiting),
        ) % {"numbers": ", ".join(map(str, waiting))}
        unmet.append(UnmetRequirement("capture", message, "evidence"))
    return unmet


def _quotes(evidence: list[Evidence]) -> list[UnmetRequirement]:
    messages = {
        QuoteState.NOT_FOUND: _(
            "The quote of evidence %(number)s was not found in the captured page. Correct or"
            " withdraw it, or ask an editor for a waiver."
        ),
        QuoteState.UNCHECKED: _(
            "The quote of evidence %(number)s has not been checked, because its page has no capture"
            " yet. Wait for the capture or withdraw the evidence."
        ),
    }
    return [
        UnmetRequirement(
            "quote", messages[QuoteState(item.quote_state)] % {"number": item.number}, "evidence"
        )
        for item in evidence
        if item.quote_state in messages
        # Only what was looked for can be waived: an unchecked quote may still be found.
        and not (item.quote_state == QuoteState.NOT_FOUND and gates.quote_waiver(item))
    ]


def missing_for_approval(
    claim: Claim,
    verdict: Verdict | None,
    evidence: list[Evidence],
    *,
    by: User,
    anybody: list[UnmetRequirement] | None = None,
    content: Content | None = None,
) -> list[UnmetRequirement]:
    """All gates again, and the separation of duties: the author's
    signature must be somebody else's, and cover exactly this content.
    Pass `anybody` and `content` where they were asked for already.
    """
    # Again, although the author passed them: a link may have lost its capture since, a
    # query may have been opened, a deadline set.
    if anybody is None:
        anybody = missing_for_signature(claim, verdict, evidence, by=by)
    if verdict is None:
        return anybody
    unmet = list(anybody)
    content = content or build_content(claim, verdict, evidence)
    unmet += gates.open_comments(verdict)
    unmet += gates.missing_sign_off(claim, content.hash)
    unmet += missing_interest_waiver(claim, verdict.author, by)
    if verdict.author_id == by.pk:
        unmet.append(
            UnmetRequirement(
                "second_person",
                _("You signed as author; someone else must approve the verdict. %(ask)s")
                % {"ask": whom_to_ask("claim.approve", claim, but={by.pk})},
                "signatures",
            )
        )
    elif verdict.author and (shared := missing_second_person(claim, verdict.author, by=by)):
        unmet += shared
    elif not matches_author_signature(content, verdict):
        message = (
            _(
                "The content changed after %(author)s signed. Ask them or another checker to sign"
                " again."
            )
            % {"author": verdict.author}
            if verdict.author
            else _("Nobody has signed this verdict as author. Ask a checker to sign it.")
        )
        unmet.append(UnmetRequirement("signature", message, "signatures"))
    return unmet


def missing_for_publication(
    claim: Claim, verdict: Verdict | None, evidence: list[Evidence], *, at: datetime | None = None
) -> list[UnmetRequirement]:
    """All gates at the time of publication, which may be days after the
    approval.

    `at` is the moment of publication; without it the embargo is not
    checked, as for a plan whose time is checked apart.
    """
    # Without `by`: the refusal of a scheduled publication is stored for the whole desk,
    # so it must not name what only some may see.
    unmet = missing_for_signature(claim, verdict, evidence)
    if at:
        unmet += gates.under_embargo(claim, at)
    if verdict is None:
        return unmet
    content = build_content(claim, verdict, evidence)
    unmet += gates.open_comments(verdict)
    unmet += missing_interest_waiver(claim, verdict.author, verdict.approver)
    unmet += gates.missing_sign_off(claim, content.hash)
    if not matches_both_signatures(content, verdict):
        unmet.append(
            UnmetRequirement(
                "content_hash",
                _(
                    "The content changed after the verdict was approved. Recall the claim and have"
                    " it signed again."
                ),
                "signatures",
            )
        )
    return unmet


def missing_for_confirmation(
    verdict: Verdict | None,
    *,
    by: User,
) -> list[UnmetRequirement]:
    """A second editor confirms a retraction, but afterwards: a wrong
    verdict must not stay public until somebody is free.
    """
    own = verdict is not None and verdict.retracted_by_id == by.pk
    if verdict is None or not own:
        return []
    others = whom_to_ask("claim.confirm_retraction", verdict.claim, but={by.pk})
    message = _("You retracted this verdict; a second editor must confirm it. %(ask)s")
    return [UnmetRequirement("second_person", message % {"ask": others}, "signatures")]
