# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Languages that nobody speaks, made from the texts of the source code.

    with install(top, localedir, "en_XA"):
        ...the app speaks it, with LANGUAGE=en_XA

en_XA is English with accents, two fifths longer and in brackets, so that what was not
translated and what is cut off can be told. ar_XB is as long as English, which in Arabic letters
is wide enough: it runs from right to left.
"""

import contextlib
import pathlib
import re
import tempfile

from catalogue import DIRECTIVE, make_template, read_catalogue, run

ACCENTED = "en_XA"
MIRRORED = "ar_XB"
LANGUAGES = [ACCENTED, MIRRORED]
DOMAIN = "security-info"
OPEN, CLOSE = "⟦", "⟧"

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABETS = {
    ACCENTED: "áƀćđéƒğĥíĵķłɱńőþɋŕšťúṽŵẋýžÁƁĆĐÉƑĞĤÍĴĶŁṀŃŐÞɊŔŠŤÚṼŴẊÝŽ",
    MIRRORED: "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2,
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

"""
# A word of a long language, without a place to break the line.
LONGEST_WORD = 12
# They have no letters of their own to translate.
GLUE = re.compile(r"[^\w]*")


def _pad(length):
    """What makes a text that long two fifths longer: to its last word first."""
    padding = "n" * max(length * 2 // 5, 1)
    return " ".join(padding[i:i + LONGEST_WORD] for i in range(0, len(padding), LONGEST_WORD))


def translate(text, language):
    """The text in one of these languages; what is filled in later stays in its place."""
    bare = DIRECTIVE.sub("", text)
    if GLUE.fullmatch(bare):
        return text
    table = str.maketrans(PLAIN, ALPHABETS[language])
    longer = text + _pad(len(bare)) if language == ACCENTED else text
    parts = re.split(f"({DIRECTIVE.pattern}|\n)", longer)
    parts[::2] = [part.translate(table) for part in parts[::2]]
    return OPEN + "".join(parts) + CLOSE


def strip_translated(text):
    """What is left of a text without what was translated."""
    while (found := re.search(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", text)) is not None:
        text = text[:found.start()] + text[found.end():]
    return text


def _quote(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _write_entry(entry, language):
    lines = ["#, c-format"] if "c-format" in entry.flags else []
    if entry.context is not None:
        lines.append(f"msgctxt {_quote(entry.context)}")
    lines.append(f"msgid {_quote(entry.msgid)}")
    if entry.plural is None:
        lines.append(f"msgstr {_quote(translate(entry.msgid, language))}")
    else:
        lines.append(f"msgid_plural {_quote(entry.plural)}")
        lines += [f"msgstr[{i}] {_quote(translate(text, language))}"
                  for i, text in enumerate(entry.sources)]
    return "\n".join(lines) + "\n"


def make_catalogue(top, language, path):
    """Writes the compiled catalogue of one of these languages."""
    with tempfile.TemporaryDirectory() as name:
        template, po = pathlib.Path(name) / "pot", pathlib.Path(name) / "po"
        problems = make_template(top, template)
        entries = read_catalogue(template)
        po.write_text(HEADER.format(language=language)
                      + "\n".join(_write_entry(entry, language) for entry in entries),
                      encoding="utf-8")
        problems += run("msgfmt", "-c", "-o", path, po)
    if problems:
        raise RuntimeError("\n".join(problems))


@contextlib.contextmanager
def install(top, localedir, language):
    """The language is there while the context is entered; nothing is done for a real one."""
    if language not in LANGUAGES:
        yield
        return

    directory = pathlib.Path(localedir) / language / "LC_MESSAGES"
    directory.mkdir(parents=True, exist_ok=True)
    catalogue = directory / f"{DOMAIN}.mo"
    try:
        make_catalogue(top, language, catalogue)
        yield
    finally:
        catalogue.unlink(missing_ok=True)
        directory.rmdir()
        directory.parent.rmdir()
