"""A scheme (套路): one known kind of illegal finance, as the pack describes it.

What a file of the pack may hold, and in what bounds, is stated here once. The bounds are of two kinds: what
a reader can bear (a step of advice is at most twenty characters) and what the matcher needs (a cue stands as
the normaliser leaves text, or it would never be found).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)

from foundation.departments import DepartmentKey

T = TypeVar("T")


class Family(StrEnum):
    """The chapter of the catalogue a scheme belongs to."""

    FUNDRAISING = "fundraising"
    """Money is taken from the public against a promised return (非法集资类)."""
    CREDIT = "credit"
    """Loans, debts and credit records (信贷与债务类)."""
    PAYMENT = "payment"
    """Cards, accounts and the moving of money (支付与账户类)."""
    IMPERSONATION = "impersonation"
    """Somebody poses as another by phone or on the net (电信网络与冒充类)."""
    INSURANCE = "insurance"
    """Policies and claims (保险类)."""
    ADVERTISING = "advertising"
    """The advertisement or the name on the door is itself the fault (广告与名称类)."""


def _one_line(text: str) -> str:
    if text != text.strip():
        raise ValueError("has blanks at an end")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in text):
        raise ValueError("holds a line break or an invisible character")
    return text


def _as_normalised(text: str) -> str:
    if text != unicodedata.normalize("NFKC", text).lower():
        raise ValueError(f"must be half-width and lower case, as the matcher reads text: {text!r}")
    if re.search(r"\s", text):
        raise ValueError(f"must hold no blank, for the matcher closes blanks up: {text!r}")
    return text


def squeezed(phrase: str) -> str:
    """A phrase without blanks, punctuation and case: two phrases that are alike so far are one phrase."""
    folded = unicodedata.normalize("NFKC", phrase).lower()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNS")


def _different(key: Callable[[T], str] = str) -> AfterValidator:
    def check(items: tuple[T, ...]) -> tuple[T, ...]:
        seen: set[str] = set()
        for item in items:
            if key(item) in seen:
                raise ValueError(f"names {item!s} twice")
            seen.add(key(item))
        return items

    return AfterValidator(check)


def _text(least: int, most: int) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most)


Words = Annotated[str, _text(2, 24), AfterValidator(_one_line)]
"""A name or an alias, 2-24 characters."""
Phrase = Annotated[str, _text(5, 90), AfterValidator(_one_line)]
"""What an advertisement says, 5-90 characters."""
Cue = Annotated[str, _text(2, 12), AfterValidator(_one_line), AfterValidator(_as_normalised)]
"""A piece of normalised text to look for, 2-12 characters."""
TopicWord = Annotated[str, _text(2, 8), AfterValidator(_one_line), AfterValidator(_as_normalised)]
"""A word that shows what a text is about, 2-8 characters."""
Step = Annotated[str, _text(3, 20), AfterValidator(_one_line)]
"""One step that a citizen can take, at most 20 characters."""
Sentence = Annotated[str, _text(4, 160), AfterValidator(_one_line)]
"""One or two sentences of explanation."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RedFlag(_Part):
    """One telling sign: the cues that show it, the sentence that explains it, how much it weighs."""

    cues: Annotated[tuple[Cue, ...], Field(min_length=3, max_length=12), _different()]
    plain: Annotated[str, _text(4, 24), AfterValidator(_one_line)]
    """Completes the sentence 「因为…」."""
    weight: Annotated[float, Field(ge=0.2, le=1.0, strict=True)]


class Lookalike(_Part):
    """A lawful thing that resembles the scheme, and the cues that make the lawful reading likely."""

    text: Annotated[str, _text(4, 60), AfterValidator(_one_line)]
    cues: Annotated[tuple[Cue, ...], Field(min_length=2, max_length=8), _different()]


class Law(_Part):
    """A provision that may apply; which one does is for the responsible department to say."""

    name: Annotated[str, _text(2, 60), AfterValidator(_one_line)]
    article: Annotated[str, _text(0, 40), AfterValidator(_one_line)] = ""
    """As 「第十一条」; empty where only the law itself is known."""
    verified: StrictBool
    """Whether the provision's text has been read and says so."""


class Route(_Part):
    """Which departments a tip of this kind goes to unless a jurisdiction decides otherwise."""

    lead: Annotated[tuple[DepartmentKey, ...], Field(min_length=1, max_length=3), _different()]
    assist: Annotated[tuple[DepartmentKey, ...], Field(max_length=5), _different()] = ()
    verified: StrictBool
    """Whether a public plan or report names these departments; if not, the route is only a proposal."""
    basis: Annotated[str, _text(2, 160), AfterValidator(_one_line)]

    @model_validator(mode="after")
    def _no_department_twice(self) -> Self:
        for department in self.lead:
            if department in self.assist:
                raise ValueError(f"{department} both leads and assists")
        return self


class Advice(_Part):
    """What to say to a citizen, in words an old person understands."""

    now: Annotated[tuple[Step, ...], Field(min_length=3, max_length=3), _different()]
    if_paid: Annotated[tuple[Step, ...], Field(min_length=2, max_length=3), _different()]
    plain: Annotated[str, _text(8, 80), AfterValidator(_one_line)]


class Source(_Part):
    """A public page or report that describes the scheme."""

    name: Annotated[str, _text(4, 100), AfterValidator(_one_line)]
    verified: StrictBool
    """Whether it has been checked where its issuer published it."""


class Scheme(_Part):
    """One known kind of illegal finance."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]
    family: Family
    name: Words
    """The officers' name."""
    plain_name: Annotated[str, _text(2, 12), AfterValidator(_one_line)]
    """The citizens' name."""
    summary: Sentence
    aliases: Annotated[tuple[Words, ...], Field(min_length=4, max_length=12), _different(squeezed)]
    variants: Annotated[
        tuple[Annotated[str, _text(2, 12), AfterValidator(_one_line)], ...],
        Field(max_length=15),
        _different(),
    ] = ()
    """Disguised spellings as they were seen, not normalised."""
    topic_words: Annotated[tuple[TopicWord, ...], Field(min_length=5, max_length=20), _different()]
    phrases: Annotated[tuple[Phrase, ...], Field(min_length=14, max_length=24), _different(squeezed)]
    red_flags: Annotated[
        tuple[RedFlag, ...], Field(min_length=3, max_length=6), _different(lambda flag: flag.plain)
    ]
    lookalikes: Annotated[
        tuple[Lookalike, ...], Field(min_length=2, max_length=6), _different(lambda it: it.text)
    ]
    laws: Annotated[
        tuple[Law, ...], Field(min_length=1, max_length=6), _different(lambda law: law.name + law.article)
    ]
    route: Route
    advice: Advice
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=8), _different(lambda it: it.name)]

    @model_validator(mode="after")
    def _no_cue_speaks_both_ways(self) -> Self:
        guilty = {cue for flag in self.red_flags for cue in flag.cues}
        lawful = {cue for lookalike in self.lookalikes for cue in lookalike.cues}
        if both := sorted(guilty & lawful):
            raise ValueError(f"the cue {both[0]} stands in a red flag and in a lookalike")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 over what the scheme says, in hex: comments and layout of the file do not change it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
