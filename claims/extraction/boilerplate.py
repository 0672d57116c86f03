# ruff: noqa: RUF001, RUF002 - curly marks and dashes are the matter of this module
"""Boilerplate: what a scraped page contains besides the article."""

import re

from sources import written_dates

_YEAR = re.compile(r"\d{4}|\d\d[./]\d\d[./]\d\d")
_BOILERPLATE = re.compile(
    r"""(?ix)^[\s\[(•>»*-]*(?:
      (?:related|recommended|popular|latest|trending|top|more|most\ read|similar|other|breaking)
        \s+(?:news|videos?|articles?|stories|posts?|topics?|content|links?|reading|coverage
        |headlines)\b(?!.{80})
    | (?:also\ read|read\ also|read\ more|read\ next|see\ also|you\ (?:may
        |might)\ (?:also\ )?(?:like|be\ interested)|don['’]?t\ miss|up\ next|watch\s*:|listen\s*:
        |read\s*:|more\s*:|more\ on\ this)\b
    | (?:\d[\d.,]*[km]?\s+)(?:people|others?)\s+are\s+talking\b
    | (?:\d[\d.,]*[km]?\s+)(?:shares?|comments?|likes?|views?|retweets?|replies|reactions
        |followers)\s*$
    | (?:view|see)\s+(?:image|photo|video|picture|tweet|post|full)\b.{0,40}$
    | (?:click|tap)\s+(?:here|to|on)\b.{0,80}$
    | %[ds]\s+bloggers?\b
    | (?:share|tweet|print|e-?mail|whatsapp|facebook|twitter|telegram|pinterest|linkedin|reddit
        |copy\ link)(?:\s+(?:this|on|via|with|to|it|article|story|now))*(?:\s+(?:facebook|twitter
        |article|story|post|email|friends))?\s*:?$
    | (?:follow|like|find|join)\s+us\b.{0,80}$
    | (?:subscribe|sign\ up|sign\ in|log\ in|register|donate|support\ us
        |become\ a\ member)\b.{0,120}$
    | (?:this\ (?:site|website)|we)\s+uses?\s+cookies\b
    | (?:advertisements?|sponsored|promoted|ad|loading(?:\.\.\.|…)?|comments?|leave\ a\ (?:comment
        |reply)|post\ a\ comment|skip\ to\ .{1,20}|back\ to\ top|next|previous|home|menu|search
        |tags?|categories|filed\ under|topics)\s*(?::.{0,120})?$
    | (?:copyright|©|\(c\)\s).{0,160}$
    | .{0,80}\ball\ rights\ reserved\b
    | (?:sources?|via|credits?|tags?|topics?)\s*:\s*\S.{0,60}$
    | https?://\S+$
    | (?:story|article)\s+continues\s+below\b
    | (?:return|go|back|jump)\ to\ (?:the\ )?(?:[\w-]+\ ){0,3}(?:page|top|home|index|list)\b.{0,20}$
    | (?:receive|get)\b.{1,80}\bnewsletters?\b.{0,60}$
    | media\ (?:playback|caption)
    | \(?(?:reporting|additional\ reporting|writing|compiled|translated|edited
        |editing)\ by\b.{1,160}\)?$
    | \((?:read|see|watch|listen\ to|click)\b[^()]{0,200}\)$
    | your\ e-?mail\ address\b
    | (?:this|the)\ (?:material|content|story|article)\ (?:may\ not|must\ not|was\ (?:originally
        |first)|first|originally)\b
    | (?:this\ is\ a\ )?(?:rush|uncorrected)\ transcript\b
    | \((?:begin|end|start)\b[^()]{0,60}\)$ | \((?:crosstalk|inaudible|laughter|applause
        |commercial\ break|music|cheers?)[^()]{0,40}\)$
    | [\W_]*[\d.,:/\s]+[\W_]*(?:-->.*)?$
    | [\w-]{3,}\.(?:jpe?g|png|gif|webp|mp[34])$
    | what\ (?:do\ you\ think|are\ your\ thoughts)\b.{0,60}$
    )"""
)
# The same on German, French, Spanish and Arabic pages.
_OTHER_LANGUAGES = re.compile(
    r"""(?ix)^[\s\[(•>»*-]*(?:
      (?:anzeige|werbung|weitere\ (?:themen|artikel|meldungen)|mehr\ zum\ thema|zum\ thema
          |topmeldungen|meistgelesen|newsletter|startseite|kommentare?|teilen
          |drucken)\s*(?::.{0,120})?$
    | (?:lesen\ sie|mehr\ dazu|jetzt\ (?:lesen|abonnieren)|abonnieren)\b.{0,120}$
        | aktualisiert\ am\b.{0,40}$
    | (?:publicité|partager|commentaires?|sur\ le\ même\ (?:sujet|thème)|accueil|abonnez-vous
        |réagir|imprimer|suivez-nous)\b.{0,60}$ | (?:à\ )?(?:lire|voir)\ (?:aussi|également
        |la\ suite)\b.{0,160}$
    | (?:publicidad|compartir|comentarios?|más\ (?:noticias|información)|noticias\ relacionadas
        |síguenos|suscríbe(?:te|se)|te\ puede\ interesar|inicio)\b.{0,60}$ | (?:lea|lee|vea
        |ver)\ (?:también|además|más)\b.{0,160}$
    | (?:إعلان|شارك|اقرأ\ أيض[اً]{1,2}|مواضيع\ ذات\ صلة|أخبار\ ذات\ صلة|تابعنا|رئيس\ التحرير
        |رئيس\ مجلس\ الإدارة|أرشيفية|عاجل|التعليقات|الرئيسية)(?:\s.{0,60})?$
    )"""
)
_PICTURE_LINK = re.compile(
    r"(?i)^\s*(?:click|tap)\s+(?:here\s+)?to\s+(?:see|view|enlarge|expand)|^\s*view\s+(?:image|"
    r"photo)"
)
_CAPTION = re.compile(
    r"""(?ix)^\s*(?:photos?|pictures?|images?|pic|file\ photo|file|caption|illustration|graphic|map
        |screenshot|infographic)\s*(?:\s[–—-]{1,2}\s|:|/)
    | \((?:ap\ photo|photo|image|picture|file\ photo|reuters|afp|getty)[^)]{0,60}\)\s*$
    | (?:getty\ images|ap\ photo|reuters/|afp/|/epa\b|shutterstock)[^.]{0,60}$
    | (?:^|[.!?”"'\s])(?:(?:photo(?:graph)?|picture|image)?\ ?credits?|photo(?:graph)?s?(?:\ by)?
        |foto|bild|crédits?(?:\ photo)?|صورة)\s?:\s?[^.]{2,60}$
    | \b(?:seen|pictured|shown)\ (?:here|above|below|left|right)\b[^.]{0,40}\.?$
    """
)
# Every caption contains one of these; testing for them first saves most blocks the long
# pattern.
_CAPTION_WORDS = (
    "photo", "picture", "image", "pic", "file", "caption", "illustration", "graphic", "map",
    "screenshot", "reuters", "afp", "getty", "epa",
    "shutterstock", "seen", "shown", "credit", "foto", "bild", "crédit", "صورة",
)  # fmt: skip
_BYLINE = re.compile(
    r"""(?x)^\s*(?:
      [Bb][Yy]\s*:?\s+(?=[A-Z“])[^.!?]{2,90}(?:\.\s[A-Z][^.!?]{1,40})?
    | (?i:(?:written|reported|posted|published|updated|last\ updated|last\ modified
        |first\ published|edited)\s*(?:by|on|at|:))\s*\S.{1,90}
    )\s*$"""
)
_DATELINE = re.compile(
    r"""(?x)^(?:
      [A-Z][A-Z.’'-]+(?:[\s,/]+(?:[A-Z][\w.’'-]*|\d{1,2}|(?:19|20)\d\d))*,?
        \s*(?:\([^()\n]{1,40}\))?\s*(?:[–—]|--?\s|:)\s*
    | [A-Z][\w.’'-]+(?:[\s,]+(?:[A-Z][\w.’'-]*|\d{1,2}|(?:19|20)\d\d)){0,5}\s*\([^()\n]{1,40}\)
        \s*(?:[–—]|--?\s)\s*
    )(?=\S)"""
)
_DATELINE_LIMIT = 80  # characters; the pattern is not run over a whole paragraph
_TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Gen|Col|Sen|Rep|Amb)\.?"
_NAME_LINE = re.compile(
    rf"^\s*(?:{_TITLE}\s+)?[A-Z][\w’'.-]*(?:\s+(?:(?:al|el|de|van|von|bin|of|the|and|"
    rf"&)\s+)?[A-Z][\w’'.-]*){{0,4}}\s*$"
)
_HAS_BYLINE_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|will|to|in|on|at|for|with|after|over|s|says?|calls?|hits?|"
    r"wins?)\b"
)


def dateline_length(text: str) -> int:
    """How long a dateline like "PARIS (2:00 P.M.) – " or "London, May 3
    (Agency) - " is.
    """
    match = _DATELINE.match(text[: _DATELINE_LIMIT + 1])
    return match.end() if match and len(text) > match.end() + 20 else 0


def is_boilerplate(text: str) -> bool:
    # A longer block is prose, even where it begins with “Related”.
    return (
        len(text) <= 400
        and (_BOILERPLATE.match(text) is not None or _OTHER_LANGUAGES.match(text) is not None)
        and not is_date_line(text)
    )


def is_picture_link(text: str) -> bool:
    return _PICTURE_LINK.match(text) is not None


def is_caption(text: str) -> bool:
    if len(text) > 400:
        return False
    low = text.lower()
    return any(word in low for word in _CAPTION_WORDS) and _CAPTION.search(text) is not None


def is_byline(text: str) -> bool:
    return (len(text) <= 140 and _BYLINE.match(text) is not None) or is_date_line(text)


def is_date_line(text: str) -> bool:
    # Most lines are spared the long pattern: only these hold a year.
    return (
        len(text) <= written_dates.LONGEST_LINE
        and _YEAR.search(text) is not None
        and written_dates.date_line(text) is not None
    )


def is_name_line(text: str) -> bool:
    """A line with nothing but a name: an agency before a story or an
    author after it.
    """
    if len(text) > 60 or (
        text.endswith((".", "!", "?", ":")) and not text.endswith(("Jr.", "Sr."))
    ):
        return False
    # Three words in capitals are a heading rather than a name.
    if text.isupper() and len(text.split()) > 2:
        return False
    if any(word in ("The", "A", "An") for word in text.split()[1:]):
        return False
    return _NAME_LINE.match(text) is not None and not _HAS_BYLINE_VERB.search(text)
