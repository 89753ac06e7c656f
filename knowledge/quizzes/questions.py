"""Quiz questions: what one holds, how the pack is read, which is asked on a day and which five make a round.

The choosing is pure and rests on SHA-256 alone, so every process, machine and Python release chooses alike.
"""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from foundation.errors import Refusal

PACK_FOLDER: Final = Path(__file__).parent / "pack"
ROUND_SIZE: Final = 5


class QuestionPackFault(Refusal):
    """{path}: {reason}."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path=path, reason=reason)
        self.path = path
        self.reason = reason


class TooFewQuestions(Refusal):
    """There are {have} quiz questions where {want} are needed."""


class Audience(StrEnum):
    """Whom a question speaks to; anybody may be asked it."""

    ALL = "all"
    ELDER = "elder"
    """Old people: their pension, their flat, their children."""
    YOUTH = "youth"
    """Pupils, students and those who look for work."""
    STAFF = "staff"
    """Bank clerks, grid workers and officers; not for citizens."""


def _text(least: int, most: int) -> StringConstraints:
    """One line of words, without blanks at its ends."""
    return StringConstraints(min_length=least, max_length=most, pattern=r"^\S.*\S$")


class EnglishQuestion(BaseModel):
    """The same question in English: its options in the same order, its lengths again what fits in large print."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, _text(8, 72)]
    options: tuple[Annotated[str, _text(2, 30)], Annotated[str, _text(2, 30)], Annotated[str, _text(2, 30)]]
    explanation: Annotated[str, _text(15, 150)]

    @model_validator(mode="after")
    def _three_of_them(self) -> Self:
        if len(set(self.options)) != len(self.options):
            raise ValueError("two of its options are the same")
        return self


class Question(BaseModel):
    """One question with three options, one of them right. The lengths are what fits a screen in 大字版."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+-[1-9][0-9]*$")]
    """The scheme's code, a hyphen and a number: never given to another question, for answers refer to it."""
    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    """Code of the scheme that it teaches to tell."""
    question: Annotated[str, _text(8, 60)]
    options: tuple[Annotated[str, _text(2, 16)], Annotated[str, _text(2, 16)], Annotated[str, _text(2, 16)]]
    answer: Annotated[int, Field(ge=0, le=2, strict=True)]
    """Index of the right option, from 0."""
    explanation: Annotated[str, _text(15, 80)]
    """Why, and what to do, in words that an old person uses; it is shown after either answer."""
    audience: Audience
    sources: Annotated[tuple[Annotated[str, _text(4, 80)], ...], Field(min_length=1)]
    """What the explanation rests on, in words."""
    english: EnglishQuestion | None = None
    """None where nobody has written it: whoever reads English is not asked it."""

    @property
    def right_option(self) -> str:
        """The text of the right option."""
        return self.options[self.answer]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if len(set(self.options)) != len(self.options):
            raise ValueError("two of its options are the same")
        if self.code.rpartition("-")[0] != self.scheme:
            raise ValueError(f"its code must begin with {self.scheme}-")
        return self


class _QuestionFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: tuple[Question, ...]


def read_questions(folder: Path = PACK_FOLDER) -> tuple[Question, ...]:
    """Every `[[question]]` in the folder's `*.toml`, by code; the first fault raises `QuestionPackFault`."""
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.toml")):
        for question in _read_file(path):
            if question.code in found:
                raise QuestionPackFault(path, f"the code {question.code} is used twice")
            found[question.code] = question
    if not found:
        raise QuestionPackFault(folder, "there is no quiz question in it")
    return tuple(found[code] for code in sorted(found))


def _read_file(path: Path) -> tuple[Question, ...]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return _QuestionFile.model_validate(raw).question
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"]]
        code = fault["input"].get("code") if isinstance(fault["input"], dict) else None
        where = "".join(place).lstrip(".") + (f" ({code})" if code else "")
        raise QuestionPackFault(path, f"{where}: {fault['msg'].removeprefix('Value error, ')}") from error
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise QuestionPackFault(path, f"cannot be read: {error}") from error


def daily_question(questions: Sequence[Question], on: date) -> Question:
    """The question of the day `on` (a date in China), the same for everybody.

    Any `len(questions)` days in a row bring each question once. Two days in a row rarely bring the same
    scheme. A change of the bank changes the order. Raises `TooFewQuestions` for an empty bank.
    """
    if not questions:
        raise TooFewQuestions(have=0, want=1)
    walk = _walk(questions)
    return walk[on.toordinal() % len(walk)]


def round_of(questions: Sequence[Question], seed: str, size: int = ROUND_SIZE) -> tuple[Question, ...]:
    """`size` different questions drawn by `seed`, of different schemes as long as there are so many.

    The same seed and bank draw the same round, in whatever order the bank is handed over. Raises
    `TooFewQuestions` where the bank is smaller than a round.
    """
    if len(questions) < size:
        raise TooFewQuestions(have=len(questions), want=size)
    drawn = sorted(questions, key=lambda question: _lot(seed, question.code))
    of_new_schemes: list[Question] = []
    others: list[Question] = []
    schemes: set[str] = set()
    for question in drawn:
        (others if question.scheme in schemes else of_new_schemes).append(question)
        schemes.add(question.scheme)
    return tuple((of_new_schemes + others)[:size])


def _walk(questions: Iterable[Question]) -> list[Question]:
    """All questions in the order of the days: one of each scheme, then a second of those that have it, …"""
    turns: defaultdict[int, list[Question]] = defaultdict(list)
    taken: defaultdict[str, int] = defaultdict(int)
    for question in sorted(questions, key=lambda question: question.code):
        turns[taken[question.scheme]].append(question)
        taken[question.scheme] += 1
    return [
        question
        for turn in sorted(turns)
        for question in sorted(turns[turn], key=lambda question: _lot("day", question.scheme))
    ]


def _lot(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()
