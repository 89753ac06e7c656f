"""What the conversation wants done. It does nothing itself; the runtime carries these out after committing
the state.

`JudgeText`, `LookUpTips` and `SubmitTip` are *queries*: the runtime answers each at once by stepping the
engine again with `Judged`, `TipsFound`, `Submitted` or `NotSubmitted`. A step that ends in a query may have
no reply of its own."""

from dataclasses import dataclass

from bot.conversation.state import Draft, Style


@dataclass(frozen=True, slots=True)
class JudgeText:
    """Asks what matching says of this text; answered by `Judged`."""

    text: str


@dataclass(frozen=True, slots=True)
class LookUpTips:
    """Asks for the tips of this person (both None), or for the one with this receipt; answered by
    `TipsFound`."""

    receipt: str | None = None
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class SubmitTip:
    """Asks intake to take the draft; answered by `Submitted` or `NotSubmitted`."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class JudgePictures:
    """Wants these pictures read and matched; `Judged` follows when it is done, minutes later."""

    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallHuman:
    """Puts the words before an officer; `urgent` for someone in distress."""

    words: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ForgetDraft:
    """The citizen gave these pieces of evidence up before submitting them."""

    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordQuizAnswer:
    """`chosen` is the index of the option."""

    question_code: str
    chosen: int
    right: bool


@dataclass(frozen=True, slots=True)
class AnswerNeedMore:
    """The reporter's answer to an officer's question about a tip."""

    receipt: str
    words: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetStyle:
    """The citizen chose a style for good."""

    style: Style


@dataclass(frozen=True, slots=True)
class EraseMe:
    """The citizen wants their data deleted, as far as no law keeps it."""


Query = JudgeText | LookUpTips | SubmitTip
Effect = (
    Query | JudgePictures | CallHuman | ForgetDraft | RecordQuizAnswer | AnswerNeedMore | SetStyle | EraseMe
)
