"""Responses for captures of evidence."""

from rest_framework import serializers

from sources.api.links import CaptureOut


class CaptureTextOut(CaptureOut):
    text = serializers.CharField(
        help_text=("The text that holds the quote: the article's, otherwise the whole page.")
    )
    quote_start = serializers.IntegerField(
        allow_null=True, help_text="Offset in code points; null if the quote is not found."
    )
    quote_end = serializers.IntegerField(allow_null=True)
    page = serializers.IntegerField(
        help_text="Of a PDF: the page on which the quote begins; otherwise 0."
    )
