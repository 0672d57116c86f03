"""Sentences of the audit log about claims and articles."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from factcheck.newsroom.audit_sentences import Names, add_names, add_words, quoted
from factcheck.newsroom.models import User
from sources.models import Article, Link

add_words(
    {
        "article.submit": _("%(actor)s submitted the article %(about)s"),
        "article.correct": _("%(actor)s corrected %(about)s: %(fields)s"),
        "article.version": _("%(actor)s submitted a new text of %(about)s"),
        "article.finish": _("%(actor)s finished the article %(about)s"),
        "job.retry": _("%(actor)s ran a job again: %(about)s"),
        "link.check": _("%(actor)s had the link %(about)s checked"),
        "feed.follow": _("%(actor)s followed the feed %(about)s"),
        "feed.end": _("%(actor)s ended the feed %(about)s"),
        "link.cite": _("%(actor)s cited the link %(about)s"),
        "mailbox.rotate": _("%(actor)s made a new secret for the mailbox of %(about)s"),
        "webhookendpoint.rotate": _("%(actor)s made a new secret for the webhook %(about)s"),
        "claim.create": _("%(actor)s added the claim %(about)s"),
        "claim.edit": _("%(actor)s edited %(fields)s of the claim %(about)s"),
        "claim.topic": _("%(actor)s changed the topic of the claim %(about)s"),
        "claim.embargo": _("%(actor)s changed the embargo of the claim %(about)s"),
        "claim.priority": _("%(actor)s changed the priority of the claim %(about)s"),
        "claim.risk": _("%(actor)s changed the risk tier of the claim %(about)s"),
        "claim.tags": _("%(actor)s changed the tags of the claim %(about)s"),
        "claim.translation": _(
            "%(actor)s changed the language or the original of the claim %(about)s"
        ),
        "claim.restore": _("%(actor)s restored the claim %(about)s and its evidence as published"),
        "claim.assign": _("%(actor)s assigned the claim %(about)s"),
        "claim.take": _("%(actor)s took the claim %(about)s"),
        "claim.reassign": _("%(actor)s reassigned the claim %(about)s"),
        "claim.release": _("%(actor)s released the claim %(about)s"),
        "claim.submit": _("%(actor)s signed and submitted the claim %(about)s"),
        "claim.sign": _("%(actor)s signed the claim %(about)s again"),
        "claim.request_changes": _("%(actor)s requested changes to the claim %(about)s"),
        "claim.approve": _("%(actor)s approved the claim %(about)s"),
        "claim.publish": _("%(actor)s published the claim %(about)s"),
        "claim.approve_and_publish": _("%(actor)s approved and published the claim %(about)s"),
        "claim.schedule": _("%(actor)s scheduled the publication of the claim %(about)s"),
        "claim.cancel_schedule": _("%(actor)s cancelled the schedule of the claim %(about)s"),
        "claim.recall": _("%(actor)s recalled the claim %(about)s"),
        "claim.decline": _("%(actor)s declined the claim %(about)s"),
        "claim.reopen": _("%(actor)s reopened the claim %(about)s"),
        "claim.hold": _("%(actor)s put the claim %(about)s on hold"),
        "claim.resume": _("%(actor)s resumed the claim %(about)s"),
        "claim.correct": _("%(actor)s opened a correction of the claim %(about)s"),
        "claim.retract": _("%(actor)s retracted the claim %(about)s"),
        "claim.drop_correction": _("%(actor)s dropped the correction of the claim %(about)s"),
        "claim.confirm_retraction": _("%(actor)s confirmed the retraction of the claim %(about)s"),
        "claim.confirm_night_work": _(
            "%(actor)s confirmed what was signed at night of the claim %(about)s"
        ),
        "claim.merge": _("%(actor)s merged the claim %(about)s into another"),
        "claim.unmerge": _("%(actor)s unmerged the claim %(about)s"),
        "claim.merge_duplicate": _("%(actor)s merged another claim into %(about)s"),
        "claim.unmerge_duplicate": _("%(actor)s unmerged another claim from %(about)s"),
        "gate.waive": _("%(actor)s gave a waiver"),
        "gate.revoke": _("%(actor)s revoked a waiver"),
        "query.open": _("%(actor)s opened a query on the claim %(about)s"),
        "query.message": _("%(actor)s answered a query on the claim %(about)s"),
        "query.resolve": _("%(actor)s resolved a query on the claim %(about)s"),
        "query.privileged": _("%(actor)s wrote in a privileged query"),
        "reply_request.add": _("%(actor)s recorded a reply request"),
        "reply_request.record_outcome": _("%(actor)s recorded the outcome of a reply request"),
        "recheck.request": _("%(actor)s requested a recheck"),
        "recheck.assign": _("%(actor)s assigned a recheck"),
        "recheck.decide": _("%(actor)s decided a recheck"),
        "repetition.add": _("%(actor)s added a repetition"),
        "repetition.confirm": _("%(actor)s confirmed a repetition"),
        "repetition.withdraw": _("%(actor)s withdrew a repetition"),
        "source_change.detect": _("A cited source changed"),
        "source_change.decide": _("%(actor)s decided about a changed source"),
        "desk.export": _("Everything of the desk %(about)s was exported"),
        "desk.audit_pack": _("An audit pack of the desk %(about)s was made"),
        "audit_pack.order": _("%(actor)s ordered an audit pack of a desk"),
        "desk_export.order": _("%(actor)s ordered an export of a desk"),
        "desk_export.download": _("%(actor)s downloaded an export of a desk"),
        "brought_export.begin": _("%(actor)s began to bring an export here"),
        "brought_export.finish": _("An export was brought here whole"),
        "imported_claim.take_up": _("%(actor)s took up an imported claim"),
        "live_stream.start": _("%(actor)s started a live stream"),
        "live_stream.decide": _("%(actor)s decided a sentence of a live stream"),
        "live_stream.end": _("%(actor)s ended a live stream"),
        "import.begin": _("%(actor)s began an import of fact checks"),
        "import.start": _("%(actor)s started an import of fact checks"),
        "import.finish": _("An import of fact checks was finished"),
        "fact_check.change": _("%(actor)s changed %(fields)s of an imported fact check"),
        "tip.add": _("%(actor)s recorded the reader who sent a claim in"),
        "topic.add": _("%(actor)s added a topic"),
        "methodology.publish": _("%(actor)s published a methodology"),
        "site_text.publish": _("%(actor)s published a text for readers"),
        "claimant.share": _("%(actor)s shared a claimant with other desks"),
        "publisher.note": _("%(actor)s wrote a note on a publisher"),
        "link.publisher": _("%(actor)s changed the publisher of the link %(about)s"),
        "verdict.write": _("%(actor)s wrote %(fields)s of a verdict"),
        "evidence.attach": _("%(actor)s attached evidence"),
        "evidence.edit": _("%(actor)s edited %(fields)s of evidence"),
        "evidence.withdraw": _("%(actor)s withdrew evidence"),
        "evidence.capture": _("The quote of evidence was checked in a new capture"),
        "evidence.refresh": _("%(actor)s checked a quote in the newest capture"),
        "identity.read": _("%(actor)s read who a confidential source is"),
        "identity.request": _("%(actor)s asked to read who a confidential source is"),
        "identity.confirm": _("%(actor)s let somebody read who a confidential source is"),
        "identity.grant": _("%(actor)s gave access to a confidential source"),
        "identity.revoke": _("%(actor)s ended the access to a confidential source"),
        "identity.two_people": _("%(actor)s required two people for a confidential source"),
        "interview.sign": _("%(actor)s signed the notes of an interview"),
        "suggestion.reopen": _("%(actor)s took back the decision on a suggestion"),
        "suggestion.choose": _("%(actor)s chose a passage as a suggestion"),
        "suggestion.change_span": _("%(actor)s changed the passage of a suggestion"),
        "match.different": _("%(actor)s marked a claim as not the same as another"),
        "match.different_undone": _("%(actor)s took back that two claims are not the same"),
        "variant.link": _("%(actor)s grouped two versions of one claim"),
        "variant.unlink": _("%(actor)s took back that two claims are versions of one"),
        "verdict.copy": _("%(actor)s copied the verdict of another version of the claim"),
        "verdict.keep": _("%(actor)s kept a verdict whose original has changed"),
        "match.picture": _("%(actor)s decided whether two pictures are the same"),
        "match.picture_undone": _("%(actor)s took back whether two pictures are the same"),
        "repetition.dismiss_proposal": _("%(actor)s dismissed a proposed repetition"),
        "tip.joined": _("%(actor)s joined a tip to a claim"),
        "tip.made": _("%(actor)s made a claim of a tip"),
        "tip.recheck": _("%(actor)s requested a recheck for a tip"),
        "tip.passed": _("%(actor)s passed a tip to another desk"),
        "tip.closed": _("%(actor)s closed a tip"),
        "tip.read": _("%(actor)s read who sent a tip"),
        "tip.erase": _("%(actor)s erased who sent a tip"),
        "suggestion.accepted": _("%(actor)s accepted a suggestion"),
        "suggestion.declined": _("%(actor)s declined a suggestion"),
        "suggestion.already_checked": _("%(actor)s marked a suggestion as already checked"),
    }
)


def _named(rows: QuerySet[Any], ids: Iterable[str]) -> Names:
    found = rows.filter(public_id__in=list(ids))
    return {str(row.public_id): quoted(str(row)) for row in found}


def _claims(by: User, ids: Iterable[str]) -> Names:
    return _named(Claim.objects.visible_to(by), ids)


def _articles(by: User, ids: Iterable[str]) -> Names:
    return _named(Article.objects.visible_to(by), ids)


def _links(by: User, ids: Iterable[str]) -> Names:
    return _named(Link.objects.visible_to(by), ids)


add_names("claims.claim", _claims)
add_names("sources.article", _articles)
add_names("sources.link", _links)
