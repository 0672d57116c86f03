"""The addresses readers know."""

from django.urls import path

from claims.public_site import methodology, views

app_name = "claims"
urlpatterns = [
    path("", views.home, name="home"),
    path("verdicts/", views.verdicts, name="verdicts"),
    path("verdicts/<str:address>/", views.verdict_page, name="verdict"),
    path("methodology/", methodology.methodology, name="methodology"),
    path(
        "methodology/<int:number>/",
        methodology.methodology_version,
        name="methodology_version",
    ),
    path("corrections/", views.corrections, name="corrections"),
    path(
        "verdicts/<str:address>/versions/<int:number>/",
        views.verdict_version,
        name="verdict_version",
    ),
    path("verdicts/<str:address>/content.json", views.content_json, name="content"),
    path(
        "verdicts/<str:address>/versions/<int:number>/content.json",
        views.content_json,
        name="version_content",
    ),
    path("verdicts/<str:address>/claimreview.json", views.claim_review_json, name="claim_review"),
    path(
        "verdicts/<str:address>/evidence/<int:number>/", views.evidence_copy, name="evidence_copy"
    ),
]
