"""What the conversation remembers of one citizen: a frozen value that goes to JSON and back.

Every field has a default and unknown fields are dropped, so that a state stored by an older version still
loads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Self, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict

from bot.conversation.languages import Language
from bot.conversation.messages import Finding, TipCard
from bot.conversation.replies import Choice

Paid = Literal["no", "yes", "unknown"]
MediaKind = Literal["picture", "voice", "video", "file"]

MOST_MEDIA = 9
"""Pieces of evidence in one draft, as many as a tip takes; more are thanked for and given up."""
MOST_WORDS = 4000
"""Characters of words in one draft."""


class Style(StrEnum):
    """How much is said at once."""

    ORDINARY = "ordinary"
    BIG = "big"
    """大字版: at most 80 characters, one question and three options at a time."""

    @classmethod
    def _missing_(cls, value: object) -> "Style":
        return cls.ORDINARY


@dataclass(frozen=True, slots=True)
class Draft:
    """A tip before it is one. `medium` is a code of the jurisdiction's list; `seen_when` is in the citizen's
    words."""

    kind: Literal["photo", "words"] = "photo"
    evidence_ids: tuple[str, ...] = ()
    words: str = ""
    place_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    medium: str = ""
    seen_when: str = ""
    paid: Paid = "unknown"
    amount_band: str | None = None
    scheme_hint: str | None = None
    asked_first: bool = False
    edits: tuple[tuple[str, str], ...] = ()
    """What was written first and what it was changed to, for the words that were edited."""
    is_reminded: bool = False
    """Whether its owner was told once that it waits."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self.evidence_ids or self.words or self.place_text or self.latitude is not None)


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """Which questions of the report are behind us, and what is being corrected at the read-back.

    `waiting` is a new draft that must not push out an unfinished one before the citizen has said so.
    """

    done: tuple[str, ...] = ()
    replacing_words: bool = False
    """The next words replace the old ones."""
    waiting: Draft | None = None


@dataclass(frozen=True, slots=True)
class LooseMedia:
    """Evidence sent with no dialogue open: to be reported, or to be asked about?"""

    evidence_ids: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Album:
    """Pieces of evidence that came one by one and wait to be taken together; `earlier` are those taken before."""

    name: str = ""
    pieces: tuple[tuple[str, MediaKind], ...] = ()
    words: str = ""
    count: int = 0
    """How many messages it had so far."""
    since: datetime | None = None
    """When the first of the waiting pieces came."""
    last: datetime | None = None
    earlier: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Names of albums that came at the same time, and are taken with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The last matter of 问一问, kept so that one tap makes it a tip."""

    text: str = ""
    evidence_ids: tuple[str, ...] = ()
    at: datetime | None = None
    finding: Finding | None = None
    waiting_text: bool = False
    by_itself: str = ""
    """What came after an answer, looked at alone before it is known whether it belongs to that."""
    unseen: bool = False
    """The finding was only mentioned in passing."""
    paid: bool = False
    police_spoken_of: bool = False
    """It was asked or told whether the police were called."""
    heard_all: bool = False
    """The citizen said that this was all."""
    too_little: int = 0
    """How often in a row it was too little to tell."""


@dataclass(frozen=True, slots=True)
class TipsSeen:
    """My tips: what was shown, which one is open, and the answer being written."""

    cards: tuple[TipCard, ...] = ()
    receipt: str = ""
    words: str = ""
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """The open round and what was answered before; `codes` are question codes in order."""

    codes: tuple[str, ...] = ()
    position: int = 0
    right: int = 0
    rounds: int = 0
    daily_on: date | None = None
    """The day whose question was answered."""
    daily_code: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What did not fit into the last message: further pages of its text, further choices."""

    pages: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Paused:
    """The dialogue to return to when an interruption is over."""

    dialogue: str
    step: str


@dataclass(frozen=True, slots=True)
class Private:
    """Pictures that look private and await the citizen's answer; `dialogue` and `step` are where they were asked."""

    evidence_ids: tuple[str, ...] = ()
    kind: str = ""
    """identity_card, bank_card, selfie, or several of these."""
    asked_at: datetime | None = None
    dialogue: str = ""
    step: str = ""


class State(BaseModel):
    """Everything the engine knows of one citizen between two messages."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    language: Language = Language.SIMPLIFIED
    language_is_chosen: bool = False
    """Whether the citizen named it, or has begun to write in it. Until then it is only guessed."""
    style: Style = Style.ORDINARY
    dialogue: str = ""
    """The open dialogue's name; empty when none is."""
    step: str = ""
    offered: tuple[Choice, ...] = ()
    """What “1”, “2”, “第一个” mean now."""
    held: Held = Held()
    misses: int = 0
    """Messages in a row that were not understood."""
    draft: Draft | None = None
    report: ReportProgress = ReportProgress()
    loose: LooseMedia = LooseMedia()
    album: Album = Album()
    minimal: bool = False
    """Whether this channel takes no personal data of the citizen's own."""
    asked: Asked = Asked()
    tips: TipsSeen = TipsSeen()
    quiz: QuizProgress = QuizProgress()
    reading: str = ""
    """Code of the warning being read."""
    paused: Paused | None = None
    handed: tuple[str, ...] = ()
    """Evidence sent to the officer one talks to; it may become a report too."""
    private: Private = Private()
    stop_loss_at: datetime | None = None
    """When 110/96110 was last said."""
    despair_at: datetime | None = None
    """When somebody in distress was last answered."""
    just_said: tuple[str, ...] = ()
    """Short messages of the last minutes, which may be pieces of one sentence."""
    cut_off_told_at: datetime | None = None
    """When it was last said that writing runs off the edge of a photo."""
    last_told: int = 0
    """A checksum of what was last said, so that nobody is told the same thing three times in a row."""
    times_told: int = 0
    last_at: datetime | None = None
    """When the citizen last did something."""
    scene: str = ""
    """The outlet or village whose poster brought the citizen here."""

    def but(self, **changes: Unpack["StateChanges"]) -> Self:
        """The same state with these fields changed."""
        return self.model_copy(update=dict(changes))

    def standing_at(self, dialogue: str, step: str = "") -> Self:
        """The same state, at this step of this dialogue."""
        return self.model_copy(update={"dialogue": dialogue, "step": step})


class StateChanges(TypedDict, total=False):
    """The fields of `State`, so that a change of one is type-checked."""

    language: Language
    language_is_chosen: bool
    style: Style
    dialogue: str
    step: str
    offered: tuple[Choice, ...]
    held: Held
    misses: int
    draft: Draft | None
    report: ReportProgress
    loose: LooseMedia
    album: Album
    minimal: bool
    asked: Asked
    tips: TipsSeen
    quiz: QuizProgress
    reading: str
    paused: Paused | None
    handed: tuple[str, ...]
    private: Private
    stop_loss_at: datetime | None
    despair_at: datetime | None
    just_said: tuple[str, ...]
    cut_off_told_at: datetime | None
    last_told: int
    times_told: int
    last_at: datetime | None
    scene: str
