"""Responses for the texts for readers."""

from rest_framework.serializers import CharField, ChoiceField

from claims.api.serializers.methodology import MethodologyOut
from claims.choices import SitePage


class SiteTextOut(MethodologyOut):
    page = ChoiceField(SitePage.choices)
    language = CharField(help_text="One of those that the site is shown in.")
