# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Catalogues of gettext, read from .po and .pot files.

    for entry in read_catalogue("po/sv.po"):
        print(entry.msgid, entry.texts)
"""

import ast
import pathlib
import re
import subprocess
from dataclasses import dataclass, field

# What meson's preset “glib” has.
XGETTEXT = [
    "--from-code=UTF-8", "--add-comments", "--no-wrap", "--keyword=_", "--keyword=N_",
    "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=g_dcgettext:2",
    "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3", "--flag=N_:1:pass-c-format",
    "--flag=C_:2:pass-c-format", "--flag=NC_:2:pass-c-format",
]
CHECKS = ["--check=ellipsis-unicode", "--check=space-ellipsis", "--check=quote-unicode"]
STRING = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])? )?(".*")$')
DIRECTIVE = re.compile(r"%(?:\d\$)?0?\d*[sd]")


@dataclass
class Entry:
    """A text and its translation, which is a list: there can be plural forms."""

    context: str | None = None
    msgid: str = ""
    plural: str | None = None
    texts: list = field(default_factory=list)
    comments: list = field(default_factory=list)
    flags: set = field(default_factory=set)

    @property
    def sources(self):
        return [self.msgid] if self.plural is None else [self.msgid, self.plural]

    @property
    def name(self):
        return f"“{self.msgid}”" + (f" ({self.context})" if self.context else "")


def run(*arguments, cwd=None):
    """Returns what a program of gettext complains about."""
    result = subprocess.run(arguments, cwd=cwd, text=True, check=False,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [] if result.returncode == 0 else result.stdout.splitlines() or [f"{arguments[0]} failed"]


def make_template(top, template):
    """Writes the texts of the source code to a file; returns what is wrong with them."""
    return run("xgettext", *XGETTEXT, *CHECKS, "--directory=.", "--files-from=po/POTFILES.in",
               f"--output={template}", cwd=top)


def list_languages(top):
    lines = (pathlib.Path(top) / "po" / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _read_entry(paragraph):
    entry, parts, key = Entry(), {}, None
    for line in paragraph.splitlines():
        if line.startswith("#."):
            entry.comments.append(line[2:].strip())
        elif line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        match = STRING.match(line)
        if match is None:
            continue
        if match.group(1):
            key = (match.group(1), int(match.group(2) or 0))
        # What PO files escape, Python does, too.
        parts[key] = parts.get(key, "") + ast.literal_eval(match.group(3))
    entry.context = parts.get(("msgctxt", 0))
    entry.msgid = parts.get(("msgid", 0), "")
    entry.plural = parts.get(("msgid_plural", 0))
    entry.texts = [text for (name, _), text in sorted(parts.items()) if name == "msgstr"]
    return entry


def read_all(path):
    """The entries, the header first. What is obsolete is left out."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    paragraphs = [p for p in text.split("\n\n") if re.search(r"^msgid ", p, re.M)]
    return [_read_entry(paragraph) for paragraph in paragraphs]


def read_catalogue(path):
    return read_all(path)[1:]


def read_header(path):
    """The fields of the header by their names."""
    lines = read_all(path)[0].texts[0].splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)
