"""Every sentence a citizen reads, per language and per style.

A language is a mapping from keys to texts, and a second one with the texts of 大字版 where they differ. The
keys of all languages are compared by a test. Placeholders are `str.format` fields; the hotlines of the book
(`{police}`, `{antifraud}`, `{ambulance}`, `{government}`, `{institutions}`, `{comfort}`) may be used in any
text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from bot.conversation.state import Style
from bot.conversation.wording import zh_hans, zh_hans_big


@dataclass(frozen=True, slots=True)
class Language:
    """The texts of one language; `big` overrides `ordinary` for 大字版."""

    ordinary: Mapping[str, str]
    big: Mapping[str, str]


FIRST: Final = "zh-Hans"
LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {FIRST: Language(zh_hans.TEXTS, zh_hans_big.TEXTS)}
)


@cache
def phrases(language: str, style: Style) -> Mapping[str, str]:
    """All texts of a language in a style; a language that is not there yet speaks simplified Chinese."""
    spoken = LANGUAGES.get(language, LANGUAGES[FIRST])
    return MappingProxyType(dict(spoken.ordinary) | (dict(spoken.big) if style is Style.BIG else {}))
