"""What the package says to people, in their language.

Messages are written in English where they are used, as `_("{n} replications", n=100)`; the
catalogues under `locale/` translate them. Values are put in after the translation, by name, so that
a language can order them as it needs.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Literal, get_args

from lantian.errors import UsageError

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "lantian"


class Messages:
    """Translates messages into one language: call it with a message and its values.

    Parameters
    ----------
    language
        `"en"`, the language that messages are written in, or one that has a catalogue.

    Raises
    ------
    UsageError
        If there is no such language.
    FileNotFoundError
        If the catalogue of the language was not installed.
    """

    def __init__(self, language: Language = "en") -> None:
        if language not in LANGUAGES:
            raise UsageError(f"no language {language!r}: there are {', '.join(LANGUAGES)}")
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate a message, then put its values in."""
        translated = self._catalogue.gettext(message)
        return translated.format(**values) if values else translated

    def name(self, names: dict[str, str] | None, fallback: str) -> str:
        """Choose the name to show out of `{"name": ..., "name_zh": ...}`, else the id."""
        names = names or {}
        own = names.get("name_zh", "") if self.language == "zh" else ""
        return own or names.get("name", "") or fallback


def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, languages=[language])
