"""The REST API and its OpenAPI document."""

from factcheck import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["factcheck.drf.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["factcheck.drf.auth.HasScope"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["factcheck.drf.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "factcheck.drf.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["factcheck.drf.auth.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.text("FACTCHECK_API_RATE", "600/min")},
    "EXCEPTION_HANDLER": "factcheck.drf.errors.problem",
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "factcheck",
    "DESCRIPTION": "Articles in, signed verdicts out. Errors are problem+json (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.examples.add_examples",
        "factcheck.drf.schema.add_expanded",
        "factcheck.drf.links.add_links",
    ],
    # Without these drf-spectacular names equal-looking enums by hashes that change with
    # a value.
    "ENUM_NAME_OVERRIDES": {
        "ArticleKind": "sources.choices.ArticleKind",
        "CaptureKind": "sources.choices.CaptureKind",
        "JobState": "factcheck.ledger.due_work.JobState",
        "SuggestionState": "claims.choices.SuggestionState",
        "VerdictState": "claims.choices.VerdictState",
        "LinkState": "sources.choices.LinkState",
        "ClaimStatus": "claims.choices.Status",
        "DeclineReason": "claims.choices.DeclineReason",
        "TipReason": "claims.choices.TipReason",
        "TipState": "claims.choices.TipState",
        "Action": "claims.choices.Action",
        "EventType": "claims.choices.EventType",
        "Stance": "claims.choices.Stance",
        "QuoteAccuracy": "claims.choices.QuoteAccuracy",
        "SelectionDecision": "claims.choices.SelectionDecision",
        "QuoteState": "claims.choices.QuoteState",
        "QuoteKind": "claims.choices.QuoteKind",
        "ClaimantKind": "sources.choices.ClaimantKind",
        "SourceChangeDecision": "claims.choices.SourceChangeDecision",
        "RecheckDecision": "claims.choices.RecheckDecision",
        "Reliability": "sources.choices.Reliability",
        "Role": "factcheck.newsroom.choices.Role",
        "PeopleRole": "claims.api.serializers.people.ROLES",
        "Scope": "factcheck.newsroom.choices.Scope",
        "ServiceScope": "claims.api.serializers.service_accounts.SCOPES",
    },
}
