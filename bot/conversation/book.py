"""What the conversation may cite: filled by the runtime from the packs, never edited here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from knowledge.quizzes.questions import Question
from knowledge.warnings.notices import RiskWarning

NUMBERS: Final[Mapping[str, str]] = {
    "police": "110",
    "antifraud": "96110",
    "ambulance": "120",
    "government": "12345",
    "institutions": "12378",
    "comfort": "12356",
}
"""What stop-loss and distress texts name. Country-wide numbers, here so that a thin pack can never leave
such a text without one; a `Hotline` of the pack with the same `key` takes precedence."""


@dataclass(frozen=True, slots=True)
class Medium:
    """Where an ad is seen.

    `online` means that there is no street to ask for; `asked`, that it is offered as a choice. One that is
    not asked is still understood when it is named. `words`: what else people call it, besides those of the
    vocabulary."""

    code: str
    label: str
    online: bool = False
    asked: bool = True
    words: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called: its words, and each part of a label that covers several things."""
        return (*self.words, *re.split("[、，,/ ]+", self.label.lower()))


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number and what it is for. `key` is one of `NUMBERS`, or empty for a number that is only listed."""

    number: str
    purpose: str
    when: str = ""
    key: str = ""


@dataclass(frozen=True)
class Book:
    """Questions, warnings, places where ads are seen, hotlines and the human desk of one jurisdiction."""

    questions: tuple[Question, ...] = ()
    warnings: tuple[RiskWarning, ...] = ()
    mediums: tuple[Medium, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    human_hours: str = ""
    human_phone: str = ""

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number for each use that wording may name."""
        return {**NUMBERS, **{line.key: line.number for line in self.hotlines if line.key}}

    def medium(self, code: str) -> Medium | None:
        """The medium with this code; None if the pack no longer has it."""
        return next((medium for medium in self.mediums if medium.code == code), None)
