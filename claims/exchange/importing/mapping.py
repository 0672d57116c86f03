"""Which column means what."""

import re
from collections.abc import Iterable

from claims.exchange.importing.claim_reviews import FIELDS_READ

REQUIRED = ("claim", "rating", "address")
# Column names as people and programs write them, without spaces and signs; each
# stands with one field.
_NAMES = {
    "claim": "claim claimtext claimreviewed statement quote text behauptung aussage"
    " affirmation declaration citation",
    "rating": "rating ratingname verdict textualrating conclusion ratingalternatename"
    " bewertung urteil einstufung evaluation",
    "address": "address url link href permalink webaddress adresse lien sourceurl pageurl",
    "claimant": "claimant speaker claimauthor authorofclaim saidby whosaidit who person"
    " urheber sprecher sprecherin orateur auteurdelaffirmation personne",
    "stated_date": "stateddate claimdate dateofclaim saidon statementdate dateofstatement"
    " datumderaussage gesagtam datedelaffirmation",
    "publisher": "publisher publishername organization organisation newsroom outlet site"
    " herausgeber medium redaktion editeur media redaction",
    "author": "author writer reporter factchecker checker byline autor autorin auteur journaliste",
    "title": "title headline titel ueberschrift titre",
    "explanation": "explanation shortanswer summary reasoning ratingexplanation analysis"
    " begruendung erklaerung zusammenfassung explication resume",
    "published_date": "publisheddate published publishedon datepublished reviewdate date"
    " publicationdate datum veroeffentlicht datedepublication publiele",
    "language": "language languagecode inlanguage lang sprache langue",
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e"})
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}


def guess(columns: Iterable[str]) -> dict[str, str]:
    """{field: column}, as far as the names say; each column once."""
    found: dict[str, str] = {}
    for column in columns:
        whole = re.sub(r"[^a-z0-9]", "", column.casefold().translate(_UMLAUTS))
        last = re.sub(r"[^a-z0-9]", "", column.casefold().rpartition(".")[2])
        field = _FIELDS.get(whole) or _FIELDS.get(last)
        if field and field not in found:
            found[field] = column
    return found


def cleaned(mapping: dict[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Only fields and columns that there are."""
    known = set(columns)
    return {
        field: mapping[field]
        for field in FIELDS_READ
        if mapping.get(field) and mapping[field] in known
    }
