"""Words before a colon that name a platform or a part of a page, and no speaker."""

from claims.extraction.word_lists import wordset

PLATFORMS = wordset(
    "twitter x facebook instagram telegram youtube whatsapp tiktok linkedin reddit threads bluesky"
    " mastodon weibo vkontakte vk snapchat signal substack medium truth"
)
LABELS = PLATFORMS | wordset(
    "note update updated correction photo photos image video source sources read watch listen"
    " related editor editor's breaking exclusive analysis opinion result question answer conclusion"
    " warning more fact facts live background context latest factbox timeline explainer summary"
    " highlights credit caption topics tags by date time subject re from to cc"
)
