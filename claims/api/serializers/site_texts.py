"""Responses for the texts for readers."""

from django.conf import settings
from rest_framework.serializers import CharField, ChoiceField

from claims.api.serializers.methodology import MethodologyIn, MethodologyOut
from claims.choices import SitePage


class SiteTextIn(MethodologyIn):
    page = ChoiceField(SitePage.choices)
    language = ChoiceField(settings.LANGUAGES)


class SiteTextOut(MethodologyOut):
    page = ChoiceField(SitePage.choices)
    language = CharField(help_text="One of those that the site is shown in.")
