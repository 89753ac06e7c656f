"""What the conversation wants done. It does nothing itself; the runtime carries these out after committing
the state.

`JudgeText`, `LookUpTips` and `SubmitTip` are *queries*: the runtime answers each at once by stepping the
engine again with `Judged`, `TipsFound`, `Submitted` or `NotSubmitted`. A step that ends in a query may have
no reply of its own."""

from dataclasses import dataclass
from datetime import timedelta

from bot.conversation.messages import Incoming
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
    evidence_ids: tuple[str, ...] = ()
    """Files that are shown to the officer with the words."""


@dataclass(frozen=True, slots=True)
class ForgetDraft:
    """The citizen gave these pieces of evidence up before submitting them."""

    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepPictures:
    """The citizen was asked whether to send these private-looking pictures and said yes."""

    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropPictures:
    """The citizen said no: they are forgotten, also where they are part of a tip that no officer could see them in."""

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


@dataclass(frozen=True, slots=True)
class WaitForQuiet:
    """Wants `AlbumQuiet` of this album and count after the time to wait, unless the citizen does something first."""

    album: str
    count: int
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Hear:
    """Wants these messages heard at once, one after the other."""

    messages: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class AddToTip:
    """Late pieces of an album for the tip that this earlier piece became part of: answered by `AlbumAdded`; where there
    is no such tip, `otherwise` is heard."""

    earlier: str
    evidence_ids: tuple[str, ...]
    otherwise: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class AmendTip:
    """Words of a tip already submitted were changed; answered by `Amended` where one has them, else by `NotAmended`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ForgetWhoLeft:
    """The citizen unfollowed: the platform asks for their data to be deleted; a reward on its way still finds them."""


Query = JudgeText | LookUpTips | SubmitTip
Effect = (
    Query
    | JudgePictures
    | CallHuman
    | ForgetDraft
    | KeepPictures
    | DropPictures
    | RecordQuizAnswer
    | AnswerNeedMore
    | SetStyle
    | EraseMe
    | WaitForQuiet
    | Hear
    | AddToTip
    | AmendTip
    | ForgetWhoLeft
)
