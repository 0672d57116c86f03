"""Where each rule about people, their queries and settings can be tried."""

from tests.project.matrix.entry_point import EntryPoint, api, page

ENTRY_POINTS: dict[str, tuple[EntryPoint, ...]] = {
    "query.view": (api("get", "queries/{query.public_id}/"),),
    "query.write": (
        api("post", "queries/{query.public_id}/messages/", {"text": "The one of 2024."}),
        page("post", "claims/claim/{claim.pk}/queries/{query.public_id}/", {"text": "The one of 2024."}),
    ),
    "query.resolve": (
        api("post", "queries/{query.public_id}/resolve/"),
        page("post", "claims/claim/{claim.pk}/queries/{query.public_id}/resolve/"),
    ),
    "comment.write": (
        api("post", "claims/{claim.public_id}/queries/", {"text": "Which?", "passage": "shows it", "part": "explanation"}),
        page("post", "claims/claim/{claim.pk}/comments/", {"text": "Which?", "passage": "shows it", "on": "explanation"}),
    ),
    "comment.resolve": (
        api("post", "queries/{comment.public_id}/resolve/"),
        page("post", "claims/claim/{claim.pk}/queries/{comment.public_id}/resolve/"),
    ),
    # The page has no such tick for others, and takes their query as a plain one.
    "query.privileged": (api("post", "claims/{claim.public_id}/queries/", {"text": "Could they sue?", "privileged": True}),),
    "query.ask_sign_off": (
        api("post", "claims/{claim.public_id}/queries/", {"text": "May we say so?", "sign_off": True}),
        page("post", "claims/claim/{claim.pk}/queries/", {"text": "May we say so?", "sign_off": "on"}),
    ),
    "query.sign_off": (
        api("post", "queries/{asked_off.public_id}/resolve/", {"version": 1}),
        page("post", "claims/claim/{asked_off.claim_id}/queries/{asked_off.public_id}/resolve/"),
    ),
    "audit.view": (api("get", "audit/"), page("get", "ledger/auditentry/"),),
    "audit.view_content": (page("get", "ledger/auditentry/{entry.pk}/change/"),),
    "people.manage": (
        api("get", "desks/{claim.desk.public_id}/"),
        api("post", "people/{claim.created_by.public_id}/account/", {"action": "end-sessions"}),
        api("post", "roles/", {"person": "worker", "desk": "DESK_BY_PUBLIC_ID", "role": "legal"}),
        page("post", "newsroom/desk/add/", {"name": "World"}), page("get", "newsroom/user/"),
        page("post", "newsroom/desk/{claim.desk.pk}/change/", {"name": "World"}),
        page("post", "newsroom/user/{claim.created_by.pk}/change/", {"username": "worker", "is_active": "on"}),
    ),
    "ratings.manage": (api("post", "scales/", {"name": "Words"}), page("post", "claims/ratingscale/add/", {"name": "Words", "version": 1}),),
    "methodology.manage": (api("post", "methodology/", {"text": "Two people sign."}), page("post", "claims/methodology/add/", {"text": "Two people sign."}),),
    "site_text.manage": (
        api("post", "site-texts/", {"page": "about", "language": "en", "text": "We."}),
        page("post", "claims/sitetext/add/", {"page": "about", "language": "en", "text": "We."}),
    ),
    "channel.manage": (page("get", "claims/deskchannel/{channel.pk}/change/"),
        page("post", "claims/deskchannel/{channel.pk}/retry/"),
    ),
    "feed.view": (api("get", "feeds/{feed.public_id}/"), page("get", "sources/followedfeed/{feed.pk}/change/"),),
    "feed.manage": (api("post", "feeds/{feed.public_id}/end/"), page("post", "sources/followedfeed/{feed.pk}/read/"),
        page("post", "sources/followedfeed/add/", {"url": "https://paper.example/feed2", "desk": "DESK"}),
        page("post", "sources/followedfeed/{feed.pk}/end/"),
    ),
    "webhook.manage": (api("get", "webhooks/{webhook.public_id}/"),
        api("post", "webhooks/", {"name": "Another", "url": "https://cms.example/2", "desk": "DESK_BY_PUBLIC_ID"}),
        api("patch", "webhooks/{webhook.public_id}/", {"name": "Other"}),
        api("post", "webhooks/{webhook.public_id}/rotate/"),
        api("post", "webhooks/{webhook.public_id}/test/"),
        api("post", "webhooks/{webhook.public_id}/replay/"),
        api("get", "webhooks/{webhook.public_id}/deliveries/"),
        api("get", "deliveries/{delivery.public_id}/"),
        api("post", "deliveries/{delivery.public_id}/replay/"),
        page("get", "claims/webhookendpoint/{webhook.pk}/change/"),
        page("post", "claims/webhookendpoint/{webhook.pk}/rotate/"),
        page("post", "claims/webhookendpoint/{webhook.pk}/test/"),
        page("post", "claims/webhookendpoint/{webhook.pk}/replay/"),
        page("get", "claims/webhookendpoint/{webhook.pk}/deliveries/{delivery.public_id}/"),
        page("post", "claims/webhookendpoint/{webhook.pk}/deliveries/{delivery.public_id}/replay/"),
        page("get", "claims/mailbox/{mailbox.pk}/change/"),
        page("post", "claims/mailbox/{mailbox.pk}/rotate/"),
        page("post", "claims/mailbox/{mailbox.pk}/switch/"),
    ),
    "interest.declare": (
        api("post", "interests/", {"about": "My sister runs it.", "owner": "Ferry house"}),
        page("post", "claims/interest/add/", {"about": "My sister runs it.", "owner": "Ferry house"}),
    ),
    "saved_view.share": (api("post", "saved-views/", {"screen": "claims.claim", "name": "Open", "query": "o=1", "desk": "DESK_BY_PUBLIC_ID"}), page("post", "newsroom/savedview/save/", {"screen": "claims.claim", "name": "Open", "query": "o=1", "desk": "DESK"}),),
    "saved_view.remove": (api("post", "saved-views/{view.public_id}/remove/"), page("post", "newsroom/savedview/{view.pk}/remove/"),),
    "interest.view": (page("get", "claims/interest/{interest.pk}/change/"),),
}  # fmt: skip
