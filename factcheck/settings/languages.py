"""The languages of the screens, and which of them a newsroom is in.

English is the language of the source texts, of the API and of all that
is stored, sent to machines or written by a command: what a row says
must not depend on who made it. So LANGUAGE_CODE is not a choice.
"""

from factcheck import env
from factcheck.settings.environment import BASE_DIR

LANGUAGE_CODE = "en"
# Each in its own words: whoever looks for theirs may not read the others.
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Of readers' lists, of posts to channels, and of whoever has chosen none.
SITE_LANGUAGE = env.one_of("FACTCHECK_LANGUAGE", tuple(dict(LANGUAGES)), "en")
FORMAT_MODULE_PATH = ["factcheck.settings.formats"]
USE_I18N = True
