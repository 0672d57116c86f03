"""The addresses of the editorial API, below /api/v1/."""

from django.urls import path

from claims.api import (
    articles,
    claims,
    contacts,
    evidence,
    interests,
    suggestions,
    threads,
    transitions,
    verdicts,
    waivers,
)

urlpatterns = [
    path("articles/", articles.Articles.as_view()),
    path("articles/<uuid:article>/", articles.OneArticle.as_view()),
    path("articles/<uuid:article>/retry/", articles.RetryArticle.as_view()),
    path("suggestions/", suggestions.Suggestions.as_view()),
    path("suggestions/<uuid:suggestion>/", suggestions.OneSuggestion.as_view()),
    path("suggestions/<uuid:suggestion>/accept/", suggestions.AcceptSuggestion.as_view()),
    path("suggestions/<uuid:suggestion>/decline/", suggestions.DeclineSuggestion.as_view()),
    path("claims/", claims.Claims.as_view()),
    path("claims/<uuid:claim>/", claims.OneClaim.as_view()),
    path("claims/<uuid:claim>/transitions/", transitions.Transitions.as_view()),
    path("claims/<uuid:claim>/evidence/", evidence.ClaimEvidence.as_view()),
    path("claims/<uuid:claim>/verdict/", verdicts.ClaimVerdict.as_view()),
    path("claims/<uuid:claim>/contacts/", contacts.ClaimContacts.as_view()),
    path("claims/<uuid:claim>/threads/", threads.ClaimThreads.as_view()),
    path("claims/<uuid:claim>/waivers/", waivers.ClaimWaivers.as_view()),
    path("contacts/<uuid:contact>/", contacts.OneContact.as_view()),
    path("contacts/<uuid:contact>/settle/", contacts.SettleContact.as_view()),
    path("threads/<uuid:thread>/", threads.OneThread.as_view()),
    path("threads/<uuid:thread>/messages/", threads.ThreadMessages.as_view()),
    path("threads/<uuid:thread>/resolve/", threads.ResolveThread.as_view()),
    path("waivers/<uuid:waiver>/revoke/", waivers.RevokeWaiver.as_view()),
    path("evidence/<uuid:evidence>/", evidence.OneEvidence.as_view()),
    path("evidence/<uuid:evidence>/withdraw/", evidence.WithdrawEvidence.as_view()),
    path("evidence/<uuid:evidence>/recheck/", evidence.RecheckEvidence.as_view()),
    path("verdicts/", verdicts.Verdicts.as_view()),
    path("verdicts/<uuid:verdict>/", verdicts.OneVerdict.as_view()),
    path("ratings/", verdicts.Ratings.as_view()),
    path("interests/", interests.Interests.as_view()),
    path("interests/<uuid:interest>/end/", interests.EndInterest.as_view()),
]
