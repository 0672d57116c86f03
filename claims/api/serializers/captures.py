"""Responses for captures of evidence."""

from rest_framework.serializers import CharField, IntegerField

from sources.api.links import CaptureOut


class CaptureTextOut(CaptureOut):
    text = CharField(
        help_text=("The text that holds the quote: the article's, otherwise the whole page.")
    )
    quote_start = IntegerField(
        allow_null=True, help_text="Offset in code points; null if the quote is not found."
    )
    quote_end = IntegerField(allow_null=True)
    page = IntegerField(help_text="Of a PDF: the page on which the quote begins; otherwise 0.")
