"""What can come in to the conversation: the citizen's acts, and the answers to the engine's own queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Verdict = Literal["likely", "possible", "none"]


@dataclass(frozen=True, slots=True)
class Said:
    """The citizen typed something."""

    text: str


@dataclass(frozen=True, slots=True)
class Chose:
    """The citizen pressed the button of a `Choice` (or of `back` / `human`), maybe of an old message.

    `as_shown` is the mark of the choice as its button showed it; empty where the channel cannot say."""

    option_id: str
    as_shown: str = ""


@dataclass(frozen=True, slots=True)
class SentMedia:
    """One or more pieces of evidence are already kept; these are their ids. An album may come as several."""

    evidence_ids: tuple[str, ...]
    kind: Literal["picture", "voice", "video", "file"] = "picture"


@dataclass(frozen=True, slots=True)
class AlbumPiece:
    """Kept pieces of evidence that belong together with others that may still come under the same name, and the
    words that came with them."""

    name: str
    evidence_ids: tuple[str, ...]
    kind: Literal["picture", "voice", "video", "file"] = "picture"
    words: str = ""


@dataclass(frozen=True, slots=True)
class AlbumQuiet:
    """Nothing more came of this album for a while; `count` is how many pieces there were then."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class AlbumAdded:
    """The answer to `AddToTip` when late pieces joined a tip."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The citizen changed the words of an earlier message; `before` is empty where it had none, as a photo without words
    has, or where it is not `on_record`."""

    before: str
    after: str
    on_record: bool = True
    is_recent: bool = True
    """Whether it was sent so lately that its sender waits for an answer."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The answer to `AmendTip` when a tip got a version of its words."""


@dataclass(frozen=True, slots=True)
class NotAmended:
    """The answer to `AmendTip` when no tip has the words that were changed into `after`."""

    after: str


@dataclass(frozen=True, slots=True)
class SentPlace:
    """A position sent by the chat's own means; degrees, WGS-84 or GCJ-02 as the channel has it."""

    latitude: float
    longitude: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The citizen opened the chat, followed the account, or pressed its menu.

    `scene` is the outlet's or village's code of a scanned poster; for `how="menu"` it is the id of the option
    pressed.
    """

    how: Literal["start", "follow", "menu"] = "start"
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """The citizen unfollowed the account: nothing more can be said to them there."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something came that the channel cannot turn into any of the above (a sticker, a contact card…); `words` is what
    stands in it or under it."""

    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class MediaRefused:
    """A picture or file came but could not be taken; `reason` is the code of the picture refusal, `words` what was
    written under it."""

    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What matching says of a text or of pictures, in words for a citizen.

    `why` holds at most three plain sentences. `evidence_ids` is empty for a finding about typed text.
    `dispute` marks a quarrel with a licensed institution, which is no tip.
    """

    verdict: Verdict = "none"
    scheme_code: str | None = None
    scheme_name: str = ""
    why: tuple[str, ...] = ()
    advice_now: tuple[str, ...] = ()
    advice_if_paid: tuple[str, ...] = ()
    dispute: bool = False
    evidence_ids: tuple[str, ...] = ()
    text_seen: str = ""
    cut_off: bool = False
    """Whether writing on the pictures runs off their edge."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to `JudgeText` (at once) or to `JudgePictures` (minutes later, in the middle of
    anything)."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class PictureIsPrivate:
    """Pictures were read and look like something of the citizen's own; whether to send them is theirs to say."""

    evidence_ids: tuple[str, ...]
    kind: Literal["identity_card", "bank_card", "selfie"]
    asked_at: datetime
    """From when the citizen has a day to say no."""


@dataclass(frozen=True, slots=True)
class TipCard:
    """One tip as its reporter may see it, in codes that the wording has a sentence for: `state` of the tip and
    `reward` of its reward (empty: none is spoken of). `asked` is what an officer wants to know from the reporter.

    `claim_until` is the last day to claim an approved reward; in a notice it is not known yet, and `claim_days`
    says how many days there are from its arrival, `counted` as working or calendar days.
    """

    receipt: str
    state: str = "submitted"
    submitted_on: date = date.min
    asked: str | None = None
    result: str = ""
    """What came of it; empty where nothing has yet."""
    reward: str = ""
    claim_until: date | None = None
    claim_days: int = 0
    counted: str = ""


@dataclass(frozen=True, slots=True)
class TipsFound:
    """The answer to `LookUpTips`: newest first, empty if there is none or the receipt is not this
    person's."""

    cards: tuple[TipCard, ...] = ()


@dataclass(frozen=True, slots=True)
class TipMoved:
    """A notice about one tip is being delivered; the engine words it, so that an answer typed next is
    understood. `said` is what the officer wrote to the reporter, `department` where the tip went."""

    card: TipCard
    said: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """A draft has been waiting for a day; answered with nothing where there is none to be reminded of."""


@dataclass(frozen=True, slots=True)
class OfficerSaid:
    """An officer's answer to someone who asked for a human is being delivered; an empty one may not be told in
    writing."""

    text: str
    picture: str = ""
    """The id of a picture that comes with it."""


@dataclass(frozen=True, slots=True)
class FilesTaken:
    """A notice that an officer took files sent in a talk into the tip of this receipt, which they may have `opened`."""

    receipt: str
    opened: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRefused:
    """The answer to `AnswerNeedMore` when it was not taken; `reason` is a refusal's code."""

    reason: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to `SubmitTip`: the tip is kept. The passphrase is shown once, here."""

    receipt: str
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class NotSubmitted:
    """The answer to `SubmitTip` when the tip was not taken; `reason` is a refusal's code."""

    reason: str


Incoming = (
    Said
    | Chose
    | SentMedia
    | AlbumPiece
    | AlbumQuiet
    | AlbumAdded
    | Edited
    | Amended
    | NotAmended
    | SentPlace
    | Arrived
    | Left
    | Unsupported
    | MediaRefused
    | Judged
    | PictureIsPrivate
    | TipsFound
    | TipMoved
    | OfficerSaid
    | FilesTaken
    | DraftLeft
    | Submitted
    | NotSubmitted
    | AnswerRefused
)
