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
# Before a colon a topic; behind “said” a state that speaks.
PLACES = wordset(
    "afghanistan argentina australia austria belarus belgium brazil britain bulgaria canada chile"
    " china colombia croatia cuba cyprus denmark egypt estonia ethiopia finland france germany"
    " greece hungary iceland india indonesia iran iraq ireland israel italy japan jordan kenya"
    " kuwait latvia lebanon libya lithuania mexico morocco nigeria norway pakistan peru poland"
    " portugal qatar romania russia serbia spain sudan sweden switzerland syria taiwan thailand"
    " tunisia turkey ukraine venezuela vietnam yemen washington moscow beijing brussels london"
    " berlin paris tehran ankara kyiv deutschland frankreich espagne allemagne españa francia"
    " alabama alaska arizona arkansas california"
    " colorado connecticut delaware florida hawaii idaho illinois iowa kansas kentucky louisiana"
    " maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada"
    " ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming federal"
)
