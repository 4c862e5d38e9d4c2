# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is asked of a text in the source code, and of its translation.

check_source() and check_translation() yield what is wrong with an entry of a catalogue.
"""

import re

from catalogue import DIRECTIVE

NAME = "Security Info"
ACCESS_KEY = re.compile(r"(?<!_)_\w")
MARKUP = re.compile(r"</?\w+>|&\w+;")
PLURAL_BY_HAND = re.compile(r"\(e?s\)")
LETTERS = re.compile(r"[^\W\d_]{2,}")
ONE_WORD = re.compile(r"\w+\W*")

# What is typed, or is a name: it stays as it is, whatever the language.
KEYS = "backend-url, issuer, client-id"
LITERALS = re.compile(
    rf"https?\b|mailto:|tel:|127\.0\.0\.1|localhost|{KEYS}|dconf|OpenID"
    r"|REST\b|(?<=“)(?:phone|rest|openid)(?=”)|(?<=type: )phone|\+46[ \d]*\d|\+(?=\.)|#"
)
# The longest of these texts that have only so much room.
LIMITS = {"Manage sign-in methods": 35}

MARKS = ".:?!…;"
# What a sentence ends with where that is not the English mark.
OTHER_MARKS = {
    "ar": {"?": "؟"},
    "ja": {".": "。", "?": "?？", "!": "!！", ":": ":："},
}
ALL_MARKS = MARKS + "؟。？！："
# Marks that would be those of another language, and what they would have to be.
FOREIGN = {
    "ar": {r"\?": "؟", r",(?=\s)": "،", r";(?=\s|$)": "؛"},
    "es": {r"^[^¿]*\?": "¿…?", r"^[^¡]*!": "¡…!"},
    # A space that is not broken stands before these, but not in “https:”.
    "fr": {r"(?<![\u00a0\u202f])[?!;](?=\s|$)": "a narrow no-break space before it",
           r"(?<![\u00a0\u202f])(?<!https)(?<!mailto)(?<!tel):(?=\s|$)":
               "a no-break space before it"},
    "ja": {r"(?<=[\u3040-\u9fff])\.": "。", r",(?=\s)": "、"},
}
TYPEWRITTEN = {r"\.\.\.": "…", r'"': "typographic quotes", r"'": "’", r"  ": "one space"}
# Words to search for are no sentence.
KEYWORDS = re.compile(r"(?:[^;]+;){4,}")


def check_source(entry):
    """What would make a text hard to translate."""
    commented = any("Translators:" in comment for comment in entry.comments)
    for text in entry.sources:
        if DIRECTIVE.search(text) and not commented:
            yield f"a placeholder without a comment for translators: {entry.name}"
        if ONE_WORD.fullmatch(text) and not (commented or entry.context):
            yield f"a word without a comment for translators: {entry.name}"
        if text != text.strip() or "  " in text:
            yield f"space at an end, or two: {entry.name}"
        if ACCESS_KEY.search(text):
            yield f"an access key, which this app has none of: {entry.name}"
        if MARKUP.search(text):
            yield f"markup: {entry.name}"
        if PLURAL_BY_HAND.search(text):
            yield f"a plural made by hand: {entry.name}"
    # A clock is the one thing that counts without words.
    if entry.plural is None and "%d" in entry.msgid and LETTERS.search(
            DIRECTIVE.sub("", entry.msgid)):
        yield f"a number without plural forms: {entry.name}"


def _get_end(text):
    return text[-1:] if text[-1:] in ALL_MARKS else ""


def _check_end(language, source, text):
    mark, end = _get_end(source), _get_end(text)
    wanted = OTHER_MARKS.get(language, {}).get(mark, mark)
    if mark == "" and end != "":
        return f"ends with “{end}”, but the English does not"
    if mark != "" and (end == "" or end not in wanted):
        return f"does not end with “{wanted}”"
    return None


def _check_marks(language, text):
    """Marks of a typewriter, or of another language."""
    if KEYWORDS.fullmatch(text):
        return
    text = text.replace(KEYS, "")
    foreign = {**FOREIGN.get(language, {}), **FOREIGN.get(language.split("_")[0], {})}
    for pattern, wanted in {**TYPEWRITTEN, **foreign}.items():
        found = re.search(pattern, text)
        if found is not None:
            yield f"has “{found.group()[-1:]}” where there should be {wanted}"


def _check_text(language, source, text, name):
    if text == source and len(LETTERS.findall(DIRECTIVE.sub("", source))) > 2:
        yield "is English"
    if text != text.strip():
        yield "has a space at an end"
    if ACCESS_KEY.search(text):
        yield "has an access key, and this app has none"
    if source.count("\n") != text.count("\n"):
        yield "has other lines"
    end = _check_end(language, source, text)
    if end is not None:
        yield end
    yield from _check_marks(language, text)
    for literal in LITERALS.findall(source):
        if literal not in text:
            yield f"lacks “{literal}”, which is not to be translated"
    if NAME in source and name not in text:
        yield f"lacks the app’s name as it is elsewhere, “{name}”"
    if len(text) > LIMITS.get(source, len(text)):
        yield f"is longer than {LIMITS[source]} characters"


def check_translation(language, entry, name):
    """name is what the app is called in that language."""
    for number, text in enumerate(entry.texts):
        source = entry.msgid if number == 0 or entry.plural is None else entry.plural
        for problem in _check_text(language, source, text, name):
            yield f"{language}: the translation of {entry.name} {problem}: “{text}”"
