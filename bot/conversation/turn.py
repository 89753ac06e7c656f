"""One turn of the conversation: what a dialogue is given to answer with, and what it gives back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from bot.conversation.book import Book, SchemeWords
from bot.conversation.effects import Effect
from bot.conversation.languages import Language, in_traditional
from bot.conversation.messages import Finding, SentMedia, SentPlace
from bot.conversation.replies import Choice, Reply, Wants
from bot.conversation.state import State, Style
from bot.conversation.wording import FIRST, phrases
from knowledge.schemes.terms import Meaning

CHINA: Final = timezone(timedelta(hours=8))
"""The whole country keeps one time (GB 2312 offices or not: UTC+8, no summer time)."""


_MATCHERS_OWN: Final[Mapping[str, re.Pattern[str]]] = {
    "why.reads_like": re.compile(r"(?:整段话的口气)?和.+?(?:常用的说法)?很像"),
    "why.mentions": re.compile(r"里面提到“(?P<word>.+)”"),
    "why.called": re.compile(r"“(?P<word>.+)”是.+常用的叫法"),
}
"""How the matcher words what is no red flag, and the sentence that says so in other languages."""


def has_red_flag(finding: Finding) -> bool:
    """Whether a sentence of the pack speaks for it, and not only a word that was mentioned or the tone of the whole."""
    return any(not any(form.fullmatch(reason) for form in _MATCHERS_OWN.values()) for reason in finding.why)


_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a message leads to. `replies` is empty only when `effects` holds a query."""

    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The book, the moment, and the words of the citizen's language and style."""

    book: Book
    at: datetime
    language: Language
    style: Style
    words: Mapping[str, str]
    whole: Book
    """The book in all its languages; `book` is what this citizen reads of it."""
    since: timedelta | None = None
    """Time since the citizen's last message; None for the first."""

    @classmethod
    def of(cls, book: Book, state: State, at: datetime) -> "Turn":
        """The turn of someone in this state."""
        since = at - state.last_at if state.last_at else None
        words = phrases(state.language, state.style)
        return cls(book.spoken(state.language), at, state.language, state.style, words, book, since)

    def again(self, state: State) -> "Turn":
        """The same moment for somebody whose language or style has just changed."""
        return Turn.of(self.whole, state, self.at)

    @property
    def big(self) -> bool:
        """Whether the citizen reads 大字版."""
        return self.style is Style.BIG

    @property
    def today(self) -> date:
        """The citizen's date."""
        return self.at.astimezone(CHINA).date()

    def month(self, day: date) -> str:
        """The month as it is written in a date: “4/7” is July to some who read English, and April to others."""
        return _MONTHS[day.month - 1] if self.speaks_english else str(day.month)

    def within(self, seconds: int) -> bool:
        """Whether this message follows the last one so closely that they may be one utterance."""
        return self.since is not None and self.since <= timedelta(seconds=seconds)

    def say(self, key: str, **values: object) -> str:
        """The text with this key; every hotline of the book may be named in it."""
        return self.words[key].format(**{**self.book.numbers, **values})

    def noted(self, key: str, **values: object) -> str:
        """The text as it goes into a tip: officers read one language, whatever the citizen speaks."""
        return phrases(FIRST, Style.ORDINARY)[key].format(**values)

    def choice(self, option_id: str, key: str = "", **values: object) -> Choice:
        """A choice, labelled with `label.<id>` or the key given."""
        return Choice(option_id, self.say(key or f"label.{option_id}", **values))

    def scheme_name(self, finding: Finding) -> str:
        """What the scheme of a finding is called."""
        english = self._in_english(finding)
        return english.name if english else self.chinese(finding.scheme_name)

    def reasons(self, finding: Finding, text: str = "") -> tuple[str, ...]:
        """Why, in plain sentences; `text` is what was asked about, where it was typed."""
        english = self._in_english(finding)
        if english is None:
            return tuple(map(self.chinese, finding.why))
        told = (english.reasons.get(reason) or self._reworded(reason, text) for reason in finding.why)
        return tuple(dict.fromkeys(told))

    def _reworded(self, reason: str, text: str) -> str:
        """A reason that the matcher words by itself, around a word of the message; as it is where it has no other. The
        matcher hears English word for word in Chinese: such a word was never said, and is not quoted."""
        for key, form in _MATCHERS_OWN.items():
            if found := form.fullmatch(reason):
                word = found.groupdict().get("word", "")
                if text.isascii() and text and not word.isascii():
                    return self.say("why.reads_like")
                return self.say(key, **found.groupdict())
        return reason

    def steps(self, finding: Finding, *, paid: bool) -> tuple[str, ...]:
        """What to do now, or what to do when money is gone already."""
        english = self._in_english(finding)
        if english:
            return english.advice_if_paid if paid else english.advice_now
        return tuple(map(self.chinese, finding.advice_if_paid if paid else finding.advice_now))

    def explained(self, meaning: Meaning) -> tuple[str, str, str]:
        """The name of what is explained, what it is, and what to remember."""
        if self.speaks_english and meaning.english:
            return meaning.english, meaning.english_about, meaning.english_plain
        return self.chinese(meaning.name), self.chinese(meaning.about), self.chinese(meaning.plain)

    def _in_english(self, finding: Finding) -> SchemeWords | None:
        if self.language is not Language.ENGLISH:
            return None
        return self.book.schemes_in_english.get(finding.scheme_code or "")

    @property
    def speaks_english(self) -> bool:
        """Whether the citizen reads English."""
        return self.language is Language.ENGLISH

    def chinese(self, text: str) -> str:
        """A Chinese text of a pack, in the characters that the citizen reads."""
        return in_traditional(text) if self.language is Language.TRADITIONAL else text

    def ask(
        self, text: str, choices: tuple[Choice, ...] = (), wants: Wants = "", *, urgent: bool = False
    ) -> Reply:
        """A message that awaits an answer; 返回 and 人工 stand open."""
        return Reply(text, choices, (self.choice("back"), self.choice("human")), wants, urgent)

    def listed(self, items: Sequence[str]) -> str:
        """Several short sentences as the style lists them."""
        mark, gap, end = self.words["list.mark"], self.words["list.gap"], self.words["list.end"]
        return mark + (gap + mark).join(items) + end if items else ""

    def tell(self, text: str, *, urgent: bool = False) -> Reply:
        """A message that awaits none and leaves the open question open."""
        return Reply(text, urgent=urgent)


def _not_mine(turn: Turn, state: State, _: object) -> Step | None:
    return None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a module of `dialogues/` offers the engine. Each function is total: a step that is unknown
    (stored by an older version) is treated as the first one. `None` from a function means: not understood,
    or not mine."""

    name: str
    question: Callable[[Turn, State], Reply]
    """The question now open, to be asked (again)."""
    hint: Callable[[Turn, State], str]
    """How to answer it, for someone who says “咋弄”."""
    open_ended: Callable[[State], bool] = lambda state: False
    """Whether free words are awaited, so that only a whole answer may be taken for an option."""
    chose: Callable[[Turn, State, str], Step | None] = _not_mine
    """One of the offered choices, by its id."""
    said: Callable[[Turn, State, str], Step | None] = _not_mine
    """Words that are no option of the question."""
    sent_media: Callable[[Turn, State, SentMedia], Step | None] = _not_mine
    sent_place: Callable[[Turn, State, SentPlace], Step | None] = _not_mine
    back: Callable[[Turn, State], Step | None] = lambda turn, state: None
    """One step back; None leaves the dialogue."""


def utc(at: datetime) -> datetime:
    """The moment in UTC. A naive one is a programmer's error and raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("the engine wants an aware datetime")
    return at.astimezone(UTC)
