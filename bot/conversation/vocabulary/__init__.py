"""What people say, as far as the conversation listens for it. Words only; `understanding` knows how to use
them."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.conversation.languages import TO_SIMPLIFIED


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
    WHO = "who"
    """Who or what speaks here."""
    THANKS = "thanks"
    REPORT = "report"
    WORDS = "words"
    ASK = "ask"
    TIPS = "tips"
    QUIZ = "quiz"
    WARNINGS = "warnings"
    MONEY_BACK = "money_back"
    ANGRY = "angry"
    WAIT = "wait"
    """They need a moment, or ask somebody near."""
    ARRIVED = "arrived"
    """Whether what they sent came through."""
    FREE = "free"
    """What it costs."""
    SLIP = "slip"
    """Something was pressed or sent by mistake."""
    MISTOLD = "mistold"
    """Something was told wrongly."""
    AGAIN = "again"
    NO_TYPING = "no_typing"
    """They cannot type, and ask whether they may speak."""
    POLICE = "police"
    LANGUAGE = "language"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    ENGLISH = "english"


Words = tuple[str, ...]

_SIMPLER: Final = {ord(old): new for old, new in TO_SIMPLIFIED.items()}
"""Cantonese has characters that are heard in their simplified form too (撳 as 揿)."""

_FILES: Final = ("zh_hans.toml", "en.toml")
_RAW: Final[tuple[Mapping[str, Mapping[str, str]], ...]] = tuple(
    tomllib.loads(Path(__file__).with_name(name).read_text("utf-8")) for name in _FILES
)


def _split(written: str) -> Words:
    """The words of an entry in the form they are heard in: “_” only joins them for the reader's eye."""
    return tuple(word.replace("_", "").translate(_SIMPLER) for word in written.split())


_GROUPS: Final = [{name: _split(words) for name, words in raw["groups"].items()} for raw in _RAW]


def _group(name: str) -> Words:
    return tuple(dict.fromkeys(word for groups in _GROUPS for word in groups.get(name, ())))


def _spaced(name: str) -> Words:
    """A group whose words are looked for in running text, where English has its blanks."""
    return tuple(word.replace("_", " ") for raw in _RAW for word in raw["groups"].get(name, "").split())


def _words(written: str, groups: Mapping[str, Words]) -> Words:
    """The words of an entry; “+yes” brings in a group of the same language."""
    found: list[str] = []
    for word in _split(written):
        found.extend(groups[word[1:]] if word.startswith("+") else (word,))
    return tuple(found)


def _table(name: str) -> Mapping[str, Words]:
    joined: dict[str, list[str]] = {}
    for raw, groups in zip(_RAW, _GROUPS, strict=True):
        for key, written in raw[name].items():
            joined.setdefault(key, []).extend(_words(written, groups))
    return MappingProxyType({key: tuple(dict.fromkeys(words)) for key, words in joined.items()})


LEAD: Final = _group("lead")
"""What may stand before a word without changing it."""
TAIL: Final = _group("tail")
"""What may stand after a word without changing it."""
YES: Final = _group("yes")
NO: Final = _group("no")
ACKNOWLEDGED: Final = _group("acknowledged")
"""Said when a piece of advice was taken in and nothing is asked for."""
IMPATIENT: Final = _group("impatient")
"""Said while an answer is being waited for."""
WANTS_TO_REPORT: Final = _group("wants_to_report")
"""What makes words out of nowhere the beginning of a report."""
REQUEST: Final = _group("request")
"""What the wish to report is made of, besides what it is about."""
SKIP: Final = _group("skip")
"""Said by somebody who has no answer to a question and wants the next one."""
FINISHED: Final = tuple(word for word in _group("finished") if word not in YES)
"""Said by somebody who has told or sent all there is."""
AT_A_LOSS: Final = _group("at_a_loss")
"""Said by somebody who does not know where to begin."""
SMALL_TALK: Final = _group("small_talk")
"""English words that say nothing by themselves."""
PERSONS: Final = _group("persons")
TO_PERSONS: Final = _group("to_persons")
"""English words of the wish to talk to a person."""
MACHINES: Final = _group("machines")
ABOUT_PRINT: Final = _group("about_print")
"""English words of the wish for larger letters."""
ENOUGH: Final = _group("enough")
"""Said when somebody wants to hand in what there is and be asked no more."""
VAGUE: Final = _group("vague")
"""Points at something and names nothing."""
PLACES: Final = _spaced("places")
"""What makes a piece of text sound like a place."""
CORRECTING: Final = _group("correcting")
"""Signs that something said before is to be put right."""
TIMES: Final = _spaced("times")
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
