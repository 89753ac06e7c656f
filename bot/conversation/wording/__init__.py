"""Every sentence a citizen reads, per language and per style.

A language is a mapping from keys to texts, and a second one with the texts of 大字版 where they differ. Simplified
Chinese and English are written; traditional Chinese is the simplified text converted when it is first spoken, with
the sentences of `zh_hant` in place of those that read strangely. A test compares keys and placeholders of all.
Placeholders are `str.format` fields; the hotlines of the book (`{police}`, `{antifraud}`, `{ambulance}`,
`{government}`, `{institutions}`, `{comfort}`) may be used in any text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from bot.conversation.languages import Language, in_traditional
from bot.conversation.state import Style
from bot.conversation.wording import en, en_big, zh_hans, zh_hans_big, zh_hant


@dataclass(frozen=True, slots=True)
class Sentences:
    """The texts of one language; `big` overrides `ordinary` for 大字版."""

    ordinary: Mapping[str, str]
    big: Mapping[str, str]


def _converted(texts: Mapping[str, str], instead: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({key: instead.get(key) or in_traditional(text) for key, text in texts.items()})


FIRST: Final = Language.SIMPLIFIED
LANGUAGES: Final[Mapping[Language, Sentences]] = MappingProxyType(
    {
        Language.SIMPLIFIED: Sentences(zh_hans.TEXTS, zh_hans_big.TEXTS),
        Language.TRADITIONAL: Sentences(
            _converted(zh_hans.TEXTS, zh_hant.TEXTS), _converted(zh_hans_big.TEXTS, zh_hant.BIG)
        ),
        Language.ENGLISH: Sentences(en.TEXTS, en_big.TEXTS),
    }
)


@cache
def phrases(language: Language, style: Style) -> Mapping[str, str]:
    """All texts of a language in a style."""
    spoken = LANGUAGES[language]
    return MappingProxyType(dict(spoken.ordinary) | (dict(spoken.big) if style is Style.BIG else {}))
