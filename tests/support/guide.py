"""The blocks of code in a guide, to try whether they do what it says.

    for block in read_blocks("data/administrators.md"):
        ...

A block has a language and marks behind it: ```sh root, ```ini file=/etc/dconf/profile/user
"""

import pathlib
import re

BLOCK = re.compile(r"^( *)```(\S+)([^\n]*)\n(.*?)^\1```$", re.M | re.S)


class Block:
    def __init__(self, indent, language, marks, text):
        self.language = language
        self.text = re.sub(rf"^{indent}", "", text, flags=re.M)
        pairs = [mark.partition("=") for mark in marks.split()]
        self.marks = {name: value for name, _, value in pairs}

    def __str__(self):
        return f"{self.language} {self.marks}:\n{self.text}"


def read_blocks(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    blocks = [Block(*match.groups()) for match in BLOCK.finditer(text)]
    # None may be overlooked because its beginning or its end is not as it should be.
    assert text.count("```") == 2 * len(blocks), f"{path} has other blocks, too"
    return blocks
