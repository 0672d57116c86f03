# ruff: noqa: RUF001 - the apostrophe is the matter of this module
"""Words by which a page says that somebody would not speak, or was not reached."""

import re

_NOT = r"(?:\s?not|n[’']t)(?:\s\w+ly)?(?:\syet)?"
# What a desk sends; patients do not respond to treatment either.
_SENT = (
    r"(?:[^.;,]{0,40}\b(?:requests?|questions?|inquir\w+|enquir\w+|calls?|messages?|e-?mails?"
    r"|letters?|comments?|invitations?|interviews?)\b|\s*(?:$|[.;,](?!\d)))"
)
_SPEAK = (
    r"(?:comment|answer|respond|reply|discuss|say|elaborate|speak|talk|give\s(?:details|names"
    r"|an?\s)|be\s(?:interviewed|quoted|named|drawn))"
)
_PATTERNS = {
    "en": re.compile(
        rf"\b(?:(?:has|have|had)\s)?(?:declin|refus)(?:ed?|es|ing)\s(?:to\s(?:\w+ly\s)?{_SPEAK}\b"
        r"|(?:any\s|further\s)?comment\b|(?:an\s|our\s|\w+\s)?interview)"
        r"|\b(?:declin|refus)(?:ed?|es|ing)\sto\s(?:provide|offer|issue|make|release)\b[^.;]{0,30}"
        r"\b(?:comments?|statement|response|answers?)\b"
        rf"|\b(?:did|do|does|has|have|had|would){_NOT}\s(?:(?:respond(?:ed)?|repl(?:y|ied)"
        rf"|return(?:ed)?|answer(?:ed)?){_SENT}|comment(?:ed)?\b|elaborate\b"
        r"|(?:issued?|provided?)\sa\s(?:statement|comment|response))"
        rf"|\b(?:could|can){_NOT}\sbe\s(?:immediately\s)?reached|\b(?:was|were|is"
        rf"|are)(?:{_NOT}\s|\sun)(?:immediately\s)?available\s(?:for|to)\s(?:comment|an\s)"
        r"|\b(?:had|offered|made)\sno\s(?:immediate\s)?(?:comment|response|reply)"
    ),
    "de": re.compile(
        r"\b(?:wollte[n]?|will|wollen|konnte[n]?)\ssich\b[^.;]{0,60}?\bnicht\s(?:dazu\s"
        r"|weiter\s|öffentlich\s)?äußern|\b(?:lehnte[n]?|lehnt"
        r"|lehnen)\s(?:eine[nr]?\s(?:Stellungnahme|Kommentar|Interview)|es\sab"
        r"|jede[nr]?\sStellungnahme)|\b(?:reagierte[n]?|antwortete[n]?)\b[^.;]{0,50}?\bnicht\b"
        r"|\b(?:war(?:en)?|ist|sind)\b[^.;]{0,40}?\bnicht\szu\s(?:erreichen|sprechen)"
        r"|\bäußerte[n]?\ssich\b[^.;]{0,40}?\bnicht\b"
    ),
    "fr": re.compile(
        r"\bn[’'](?:a|ont|avai(?:t|ent))\s(?:pas|jamais)\s(?:encore\s|immédiatement\s"
        r"|souhaité\s|voulu\s)?(?:répond|réagi|commenté|donné\ssuite)\w*|\b(?:a|ont)\s(?:refusé"
        r"|décliné)\b[^.;]{0,20}?\b(?:commenter|répondre|s[’']exprimer|commentaire|demande)"
        r"|\bn[’'](?:était|a\spu\sêtre)\s(?:pas\s)?joignable"
    ),
    "es": re.compile(
        r"\b(?:no\s(?:quiso|quisieron|ha\squerido|respondi(?:ó|eron)|contest(?:ó|aron)"
        r"|ha(?:n)?\srespondido)|(?:se\snegó|se\snegaron|rehusó|rehusaron|declinó|declinaron"
        r"|rechazó)\s(?:a\s)?(?:comentar|responder|hacer|dar|hablar))\b"
    ),
}


def find(sentence: str, language: str) -> tuple[int, int] | None:
    """The words that say so."""
    pattern = _PATTERNS.get(language, _PATTERNS["en"])
    match = pattern.search(sentence)
    return match.span() if match else None
