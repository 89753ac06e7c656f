"""Restricted words (名称字样): what is looked for in the names of companies and shops."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from reports.jurisdictions.provenance import Code, Entry, Line, Sourced, each_once


class WordTier(StrEnum):
    """How far a word in a company's name goes; none of them proves anything unlawful."""

    PROHIBITED = "prohibited"
    """Not to be used in a name or scope of business unless the law says otherwise."""
    WATCH = "watch"
    """Noted, and the licence looked up."""
    CONTEXT = "context"
    """Tells something only together with other signs."""


class WordGroup(Sourced):
    """Words of one tier that share a source."""

    code: Code
    tier: WordTier
    words: Annotated[tuple[Line, ...], Field(min_length=1)]


class NameException(Entry):
    """A harmless text that holds a restricted word."""

    text: Line
    reason: Line


class RestrictedWords(Entry):
    """Words to look for in the names of companies and shops (名称字样)."""

    groups: Annotated[tuple[WordGroup, ...], Field(min_length=1)]
    exceptions: tuple[NameException, ...] = ()

    def of_tier(self, tier: WordTier) -> tuple[str, ...]:
        """The words of a tier, the longest first, as they must be looked for (基金管理 before 基金)."""
        words = [word for group in self.groups if group.tier is tier for word in group.words]
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

    def group_of(self, word: str) -> WordGroup | None:
        """The group, and with it the tier and the source, that a word stands in."""
        return next((group for group in self.groups if word in group.words), None)

    @model_validator(mode="after")
    def _each_word_once(self) -> Self:
        each_once((word for group in self.groups for word in group.words), "word")
        return self
