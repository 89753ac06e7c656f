"""What the conversation may cite: filled by the runtime from the packs, never edited here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from bot.conversation.languages import Language, in_traditional
from knowledge.quizzes.questions import Question
from knowledge.schemes.terms import Meaning
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
    english: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called: its words, and each part of a label that covers several things. The parts of an
        English one (“on”, “a”, “in”) would be found everywhere."""
        parts = () if self.label.isascii() else re.split("[、，,/ ]+", self.label.lower())
        return (*self.words, *parts)

    def spoken(self, language: Language) -> "Medium":
        """The same with its label in this language; what it was called before is still understood."""
        if language is Language.TRADITIONAL:
            return replace(self, label=in_traditional(self.label))
        if language is Language.ENGLISH and self.english:
            return replace(self, label=self.english, words=self.names)
        return self


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number and what it is for. `key` is one of `NUMBERS`, or empty for a number that is only listed."""

    number: str
    purpose: str
    when: str = ""
    key: str = ""
    english: str = ""
    """What it is for, in English; empty where nobody has written it."""
    english_when: str = ""

    def spoken(self, language: Language) -> "Hotline":
        """The same in this language, as far as it is known in it."""
        if language is Language.TRADITIONAL:
            return replace(self, purpose=in_traditional(self.purpose), when=in_traditional(self.when))
        if language is Language.ENGLISH and self.english:
            return replace(self, purpose=self.english, when=self.english_when)
        return self


@dataclass(frozen=True, slots=True)
class SchemeWords:
    """What a citizen is told of one scheme, in a language that the pack itself is not written in."""

    name: str
    advice_now: tuple[str, ...]
    advice_if_paid: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    """The sentence for each red flag, by the pack's own sentence."""


def _always(at: datetime) -> bool:
    return True


def _never(at: datetime) -> datetime | None:
    return None


def _unknown(term: str) -> Meaning | None:
    return None


def _no_holiday(day: date) -> tuple[str, str]:
    return ("", "")


@dataclass(frozen=True)
class Book:
    """Questions, warnings, places where ads are seen, hotlines and the human desk of one jurisdiction."""

    questions: tuple[Question, ...] = ()
    warnings: tuple[RiskWarning, ...] = ()
    mediums: tuple[Medium, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    human_hours: str = ""
    human_hours_english: str = ""
    human_phone: str = ""
    is_human_there: Callable[[datetime], bool] = _always
    """Whether somebody sits at the human desk at that moment."""
    human_is_back: Callable[[datetime], datetime | None] = _never
    """When somebody sits there again; None where nobody knows."""
    day_off: Callable[[date], tuple[str, str]] = _no_holiday
    """The public holiday of a day, in Chinese and in English; both empty on any other day."""
    schemes_in_english: Mapping[str, SchemeWords] = field(default_factory=dict)
    """By the scheme's code."""
    meaning_of: Callable[[str], Meaning | None] = _unknown
    """What a term means; None for what nobody has explained."""

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number for each use that wording may name."""
        return {**NUMBERS, **{line.key: line.number for line in self.hotlines if line.key}}

    def spoken(self, language: Language) -> "Book":
        """The same book in this language: traditional characters throughout; English as far as there is any, and
        Chinese where there is none."""
        match language:
            case Language.TRADITIONAL:
                return self._in_traditional
            case Language.ENGLISH:
                return self._in_english
            case _:
                return self

    @cached_property
    def _in_traditional(self) -> "Book":
        return replace(
            self,
            questions=tuple(
                question.model_copy(
                    update={
                        "question": in_traditional(question.question),
                        "options": tuple(map(in_traditional, question.options)),
                        "explanation": in_traditional(question.explanation),
                    }
                )
                for question in self.questions
            ),
            warnings=tuple(
                warning.model_copy(
                    update={
                        "title": in_traditional(warning.title),
                        "body": in_traditional(warning.body),
                        "steps": tuple(map(in_traditional, warning.steps)),
                    }
                )
                for warning in self.warnings
            ),
            mediums=tuple(medium.spoken(Language.TRADITIONAL) for medium in self.mediums),
            hotlines=tuple(line.spoken(Language.TRADITIONAL) for line in self.hotlines),
            human_hours=in_traditional(self.human_hours),
        )

    @cached_property
    def _in_english(self) -> "Book":
        questions = tuple(
            question.model_copy(update=question.english.model_dump())
            for question in self.questions
            if question.english is not None
        )
        return replace(
            self,
            questions=questions or self.questions,
            warnings=tuple(
                warning
                if warning.english is None
                else warning.model_copy(update=warning.english.model_dump())
                for warning in self.warnings
            ),
            mediums=tuple(medium.spoken(Language.ENGLISH) for medium in self.mediums),
            hotlines=tuple(line.spoken(Language.ENGLISH) for line in self.hotlines),
            human_hours=self.human_hours_english or self.human_hours,
        )

    def medium(self, code: str) -> Medium | None:
        """The medium with this code; None if the pack no longer has it."""
        return next((medium for medium in self.mediums if medium.code == code), None)
