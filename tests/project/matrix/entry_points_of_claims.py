"""Where each rule about claims, their articles and their verdicts can be tried."""

from tests.project.matrix.entry_point import EntryPoint, api, page

AGAIN = {
    "stated_date": "2026-05-04",
    "words": "Not one of them.",
    "appearance_url": "https://radio.example/noon",
}
WORDS = {"rating": None, "short_answer": "", "explanation": "", "version": 1}
ENTRY_POINTS: dict[str, tuple[EntryPoint, ...]] = {
    "article.submit": (
        api("post", "articles/", {"text": "A text of our own."}),
        page("post", "sources/article/add/", {"text": "A text."}),
        api("post", "streams/", {"title": "A debate"}),
    ),
    "article.view": (
        api("get", "articles/{article.public_id}/"),
        page("get", "sources/article/{article.pk}/change/"),
        api("get", "streams/{live.public_id}/stream/"),
        page("get", "claims/livestream/{live.pk}/change/"),
    ),
    "article.correct": (api("patch", "articles/{article.public_id}/", {"title": "Other words"}),),
    "article.retry": (api("post", "articles/{article.public_id}/retry/"),),
    "suggestion.decide": (
        api("post", "suggestions/{suggestion.public_id}/decline/", {"reason": "opinion"}),
        page("post", "claims/suggestion/{suggestion.pk}/decline/", {"reason": "opinion"}),
        page("post", "claims/livestream/{live.pk}/sentences/1/dismiss/", {}),
        api("post", "streams/{live.public_id}/sentences/1/dismiss/", {}),
    ),
    "claim.create": (api("post", "claims/", {"text": "A claim."}), page("post", "claims/claim/add/", {"text": "A claim."})),
    "claim.view": (api("get", "claims/{claim.public_id}/"), page("get", "claims/claim/{claim.pk}/change/")),
    "claim.edit": (
        api("patch", "claims/{claim.public_id}/", {"text": "Other words.", "version": "VERSION"}),
        page("post", "claims/claim/{claim.pk}/details/", {"text": "Other words.", "version": "VERSION"}),
        api("put", "claims/{claim.public_id}/priority/", {"priority": "high", "reason": "A vote."}),
        page("post", "claims/claim/{claim.pk}/priority/", {"priority": "high", "reason": "A vote."}),
    ),
    "verdict.write": (
        api("put", "claims/{claim.public_id}/verdict/", WORDS),
        page("post", "claims/claim/{claim.pk}/verdict/", {"short_answer": "Other.", "version": 1}),
    ),
    "claim.topic": (
        api("put", "claims/{claim.public_id}/topic/", {"topic": None}),
        page("post", "claims/claim/{claim.pk}/topic/", {"topic": "", "version": "VERSION"}),
        api("put", "claims/{claim.public_id}/tags/", {"tags": ["budget"]}),
        page("post", "claims/claim/{claim.pk}/tags/", {"tag": "budget"}),
        page("post", "claims/claim/{claim.pk}/tags/remove/", {"tag": "budget"}),
    ),
    "claim.risk": (
        api("put", "claims/{claim.public_id}/risk/", {"risk": "high"}),
        page("post", "claims/claim/{claim.pk}/risk/", {"risk": "high"}),
    ),
    "fact_check.import": (
        api("get", "imports/{fact_check_import.public_id}/"),
        api("post", "imports/{fact_check_import.public_id}/start/", {}),
        page("get", "claims/import/{fact_check_import.pk}/change/"),
        page("post", "claims/import/{fact_check_import.pk}/start/", {}),
    ),
    "fact_check.view": (
        api("get", "imported-fact-checks/{fact_check.public_id}/"),
        page("get", "claims/importedfactcheck/{fact_check.pk}/change/"),
        api("get", "imported-claims/{imported_claim.public_id}/"),
        page("get", "claims/importedclaim/{imported_claim.pk}/change/"),
    ),
    "topic.manage": (
        api("post", "topics/", {"name": "Floods"}),
        api("patch", "topics/{topic.public_id}/", {"name": "Floods"}),
        page("post", "claims/topic/add/", {"name": "Floods"}),
        page("post", "claims/topic/{topic.pk}/change/", {"name": "Floods"}),
    ),
    "selection_log.view": (api("get", "selection-log/"), page("get", "claims/suggestion/selection-log/")),
    "dashboard.view": (api("get", "statistics/"), page("get", "dashboard/"), page("get", "dashboard/backlog.csv")),
    "tip.view": (
        api("get", "claims/{claim.public_id}/tip/"),
        api("get", "tips/{tip.public_id}/message/"),
        page("get", "claims/tip/{tip.pk}/change/"),
    ),
    "tip.decide": (
        api("post", "tips/{tip.public_id}/close/", {"reason": "spam"}),
        page("post", "claims/tip/{tip.pk}/close/", {"reason": "spam"}),
        api("post", "tips/{tip.public_id}/pass/", {"desk": "DESK_BY_PUBLIC_ID"}),
        page("post", "claims/tip/{tip.pk}/pass/", {"desk": "DESK"}),
    ),
    "tip.erase": (
        api("delete", "claims/{claim.public_id}/tip/"),
        api("delete", "tips/{tip.public_id}/sender/"),
        page("post", "claims/tip/{tip.pk}/erase/"),
        page("post", "claims/claim/{claim.pk}/tip/erase/"),
    ),
    "claim.embargo": (
        api("patch", "claims/{claim.public_id}/", {"embargo_until": "2040-01-01T06:00:00Z", "version": "VERSION"}),
        page("post", "claims/claim/{claim.pk}/embargo/", {"until": "2040-01-01T06:00", "version": "VERSION"}),
    ),
    "claim.export": (
        api("get", "claims/{claim.public_id}/export/"),
        page("get", "claims/claim/{claim.pk}/export/"),
        api("get", "desk-exports/{desk_export.public_id}/"),
        api("post", "desk-exports/", {"desk": "DESK_BY_PUBLIC_ID"}),
        page("get", "claims/deskexport/{desk_export.pk}/change/"),
        page("post", "claims/deskexport/add/", {"desk": "DESK"}),
    ),
    "repetition.add": (
        api("post", "claims/{claim.public_id}/repetitions/", AGAIN | {"claimant": {"name": "Ole Brandt"}}),
        page("post", "claims/claim/{claim.pk}/repetitions/", AGAIN | {"claimant": "Ole Brandt"}),
    ),
    "match.decide": (
        api("post", "claims/{claim.public_id}/matches/{again.claim.public_id}/different/"),
        page("post", "claims/claim/{claim.pk}/known/{again.claim.public_id}/different/"),
        page("post", "claims/claim/{claim.pk}/known/{again.claim.public_id}/again/"),
        api("post", "claims/{claim.public_id}/matches/{again.claim.public_id}/variant/"),
        page("post", "claims/claim/{claim.pk}/known/{again.claim.public_id}/variant/"),
    ),
    "repetition.confirm": (
        api("post", "repetitions/{again.public_id}/confirm/"),
        page("post", "claims/claim/{again.claim_id}/repetitions/{again.public_id}/confirm/"),
    ),
    "repetition.withdraw": (
        api("post", "repetitions/{again.public_id}/withdraw/", {"reason": "Somebody else."}),
        page("post", "claims/claim/{again.claim_id}/repetitions/{again.public_id}/withdraw/", {"reason": "Somebody else."}),
    ),
    "recheck.view": (api("get", "rechecks/{review.public_id}/"), page("get", "claims/recheck/{review.pk}/change/")),
    "recheck.request": (
        api("post", "links/{link.public_id}/citations/", {"note": "It was taken back."}),
        page("post", "claims/recheck/citations/link/{link.pk}/", {"note": "It was taken back."}),
    ),
    "recheck.decide": (
        api("post", "rechecks/{review.public_id}/decision/", {"decision": "unaffected", "reason": "Another table."}),
        page("post", "claims/recheck/{review.pk}/keep/", {"reason": "Another table."}),
    ),
}  # fmt: skip
