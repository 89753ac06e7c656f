"""What people say, as far as the conversation listens for it. Words only; `understanding` knows how to use
them."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final


class Command(StrEnum):
    """What can be said anywhere, whatever is being asked."""

    CANCEL = "cancel"
    RESTART = "restart"
    BACK = "back"
    HUMAN = "human"
    MENU = "menu"
    HELP = "help"
    BIG = "big"
    ORDINARY = "ordinary"
    PRIVACY = "privacy"
    ERASE = "erase"
    REWARD = "reward"
    HOTLINES = "hotlines"
    HELLO = "hello"
    THANKS = "thanks"
    REPORT = "report"
    WORDS = "words"
    ASK = "ask"
    TIPS = "tips"
    QUIZ = "quiz"
    WARNINGS = "warnings"


Words = tuple[str, ...]

_FILE: Final = Path(__file__).with_name("zh_hans.toml")
_RAW: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(_FILE.read_text("utf-8"))
_GROUPS: Final = {name: tuple(words.split()) for name, words in _RAW["groups"].items()}


def _words(written: str) -> Words:
    """The words of an entry; “+yes” brings in a group."""
    found: list[str] = []
    for word in written.split():
        found.extend(_GROUPS[word[1:]] if word.startswith("+") else (word,))
    return tuple(dict.fromkeys(found))


def _table(name: str) -> Mapping[str, Words]:
    return MappingProxyType({key: _words(written) for key, written in _RAW[name].items()})


LEAD: Final = _GROUPS["lead"]
"""What may stand before a word without changing it."""
TAIL: Final = _GROUPS["tail"]
"""What may stand after a word without changing it."""
YES: Final = _GROUPS["yes"]
NO: Final = _GROUPS["no"]
ACKNOWLEDGED: Final = _GROUPS["acknowledged"]
"""Said when a piece of advice was taken in and nothing is asked for."""
WANTS_TO_REPORT: Final = _GROUPS["wants_to_report"]
"""What makes words out of nowhere the beginning of a report."""
REQUEST: Final = _GROUPS["request"]
"""What the wish to report is made of, besides what it is about."""
PLACES: Final = _GROUPS["places"]
"""What makes a piece of text sound like a place."""
TIMES: Final = _GROUPS["times"]
"""When something was seen."""

COMMANDS: Final[Mapping[Command, Words]] = MappingProxyType(
    {Command(name): words for name, words in _table("commands").items()}
)
EXACT: Final = _table("exact")
"""For each choice id: whole answers that mean it."""
WITHIN: Final = _table("within")
"""For each choice id: pieces of a short answer that mean it, where the question is not open."""
MEDIUM_WORDS: Final = _table("mediums")
"""What people call the places where ads are seen, by the usual codes of a jurisdiction's list."""
TRADITIONAL: Final = {pair[0]: pair[1] for pair in _RAW["script"]["traditional"].split()}
"""Traditional characters that occur in the words. Enough to be understood; evidence is never changed by
it."""
