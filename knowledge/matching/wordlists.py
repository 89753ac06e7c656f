"""Lists of words in other tongues: each word of written Chinese with the ways to say it, parted by "|"."""

import tomllib
from collections.abc import Mapping
from pathlib import Path


class ListedTwice(ValueError):
    """A way to say something stands twice in one list."""


def shipped_words(tongue: str) -> dict[str, str]:
    """The list `<tongue>.toml` that ships with the project, as it stands there."""
    return tomllib.loads(Path(__file__).with_name(f"{tongue}.toml").read_text("utf-8"))


def by_way(words: Mapping[str, str]) -> dict[str, str]:
    """The Chinese for each way to say it. Raises ListedTwice."""
    chinese: dict[str, str] = {}
    for word, ways in words.items():
        for way in ways.split("|"):
            if way in chinese:
                raise ListedTwice(f"{way!r}: {chinese[way]!r} and {word!r}")
            chinese[way] = word
    return chinese
