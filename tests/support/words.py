"""The app's words in one of its languages, by their English ones.

    words = Words("/usr/share/locale", "sv")
    words("%s was added", "+46 70 174 06 05")
"""

import gettext
import re

DOMAIN = "security-info"
# A language whose catalogue has all the words.
COMPLETE = "sv"
PLACEHOLDER = re.compile(r"%(?:(\d)\$)?[sd]")


class Untranslated(Exception):
    """The catalogue has no such words: they are other ones in the app, or were forgotten."""


class Nothing(gettext.NullTranslations):
    """What is asked for words that a catalogue does not have."""

    def gettext(self, message):
        raise Untranslated(message)

    def pgettext(self, context, message):
        raise Untranslated(f"{message} ({context})")

    def ngettext(self, msgid1, msgid2, n):
        raise Untranslated(msgid1)


class English(gettext.NullTranslations):
    """The words as they are, where the catalogue of another language has them too."""

    def __init__(self, catalogue):
        super().__init__()
        self._other = catalogue

    def gettext(self, message):
        self._other.gettext(message)
        return message

    def pgettext(self, context, message):
        self._other.pgettext(context, message)
        return message

    def ngettext(self, msgid1, msgid2, n):
        self._other.ngettext(msgid1, msgid2, n)
        return super().ngettext(msgid1, msgid2, n)


class Words:
    """What the compiled catalogue of a language says; without a language, English."""

    def __init__(self, localedir, language=None):
        self.language = language
        self._catalogue = gettext.translation(DOMAIN, localedir, [language or COMPLETE])
        self._catalogue.add_fallback(Nothing())
        if language is None:
            self._catalogue = English(self._catalogue)

    def __call__(self, text, *values, context=None):
        if context is None:
            return self._fill(self._catalogue.gettext(text), values)
        return self._fill(self._catalogue.pgettext(context, text), values)

    def count(self, one, many, number):
        return self._fill(self._catalogue.ngettext(one, many, number), [number])

    @staticmethod
    def _fill(text, values):
        """Fills in values as C does: one after the other, or by their number."""
        remaining = iter(values)

        def value(match):
            number = match.group(1)
            return str(values[int(number) - 1] if number else next(remaining))

        return PLACEHOLDER.sub(value, text) if values else text
