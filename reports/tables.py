"""The rows of this room. A tip knows its reporter by id alone; who that is lies sealed elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class SealedSecret(SQLModel, table=True):
    """A secret of this deployment (for lookups, for the audit chain), wrapped by a master key."""

    __tablename__ = "sealed_secret"

    name: str = Field(primary_key=True)
    key_id: str
    wrapped: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Reporter(SQLModel, table=True):
    """Somebody who reports. All that identifies them is sealed with the data key wrapped here.

    Setting `wrapped_key` to NULL is deletion: nothing sealed with it can ever be read again.
    """

    __tablename__ = "reporter"

    id: str = Field(primary_key=True)
    key_id: str
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    created_at: datetime
    erased_at: datetime | None = None


class Tip(SQLModel, table=True):
    """What a citizen sent (线索)."""

    __tablename__ = "tip"
    __table_args__ = (Index("ix_tip_queue", "state", "priority", "submitted_at"),)

    id: str = Field(primary_key=True)
    receipt: str = Field(unique=True)
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    submission_key: str = Field(unique=True)
    """Derived from the draft: a second submission of it finds this tip."""
    channel: str
    kind: str
    """photo or words: how the report began."""
    state: str
    jurisdiction: str
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    place_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    medium: str = ""
    seen_when: str = ""
    paid: str = "unknown"
    amount_band: str = ""
    scheme_hint: str | None = None
    scheme_code: str | None = Field(default=None, index=True)
    verdict: str = ""
    score: float = 0.0
    priority: int = 0
    """0–100, higher is sooner; it only orders the queue."""
    department: str | None = None
    merged_into: str | None = Field(default=None, foreign_key="tip.id")
    asked: str = ""
    """What an officer asked of the reporter, while the state is need_more."""
    is_demo: bool = False
    scene: str | None = None
    """Code of the poster that brought the reporter; its place stands in `Scene`."""
    submitted_at: datetime
    updated_at: datetime
    due_at: datetime | None = None


class Scene(SQLModel, table=True):
    """A place where a poster with a code of its own hangs: a village, a bank's outlet, an officer's desk."""

    __tablename__ = "scene"

    code: str = Field(primary_key=True)
    place: str
    made_at: datetime


class Supplement(SQLModel, table=True):
    """What a reporter added after submitting; the first version is never overwritten."""

    __tablename__ = "supplement"

    id: str = Field(primary_key=True)
    tip_id: str = Field(foreign_key="tip.id", index=True)
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    added_at: datetime


class TipPassphrase(SQLModel, table=True):
    """What shows, with the receipt, that a tip is somebody's; hashed, and wrong tries in chats are counted."""

    __tablename__ = "tip_passphrase"

    tip_id: str = Field(foreign_key="tip.id", primary_key=True)
    digest: str
    wrong: int = 0
    made_at: datetime


class WordsVersion(SQLModel, table=True):
    """Words of a tip that its reporter changed in the chat: what they were and what they became. Neither is ever lost."""

    __tablename__ = "words_version"

    id: str = Field(primary_key=True)
    tip_id: str = Field(foreign_key="tip.id", index=True)
    before: str = Field(sa_column=Column(Text, nullable=False))
    after: str = Field(sa_column=Column(Text, nullable=False))
    edited_at: datetime


class Evidence(SQLModel, table=True):
    """One file as it came. The bytes lie sealed in the blob store and are never changed."""

    __tablename__ = "evidence"

    id: str = Field(primary_key=True)
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    tip_id: str | None = Field(default=None, foreign_key="tip.id", index=True)
    kind: str
    state: str
    channel: str
    message_id: str
    remote_ref: str = ""
    """Where the platform keeps it until we have fetched it (WeChat MediaId, Telegram file_id)."""
    media_type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    sha256: str = Field(default="", index=True)
    blob_key: str = ""
    key_id: str = ""
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    display_key: str = ""
    display_sha256: str = ""
    pdq: str | None = None
    reading: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    beside: list[int] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    """Places of those ads of the reading that are a neighbour's and no evidence; screening says which."""
    chosen_ads: list[int] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    """Places of those that an officer says are the evidence; none where nobody said so."""
    refusal: str = ""
    taken_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    """What the camera wrote into the file (time, place, device), sealed with the file's own key."""
    private_kind: str = ""
    """identity_card, bank_card or selfie where it looks like something of the reporter's own; else empty."""
    consent: str = ""
    """asked, given or refused: whether its reporter wants it sent all the same; empty where nobody had to ask."""
    asked_at: datetime | None = None
    received_at: datetime
    kept_at: datetime | None = None
    read_at: datetime | None = None


class TipMatch(SQLModel, table=True):
    """One run of the matcher over all that a tip says; the newest counts, earlier ones are kept."""

    __tablename__ = "tip_match"

    id: str = Field(primary_key=True)
    tip_id: str = Field(foreign_key="tip.id", index=True)
    verdict: str
    score: float
    sense: str
    result: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    model: str | None = None
    """The version of the learnt model that judged; NULL for runs from before it was noted."""
    matched_at: datetime


class Indicator(SQLModel, table=True):
    """Something that identifies whoever is behind an ad: a phone, a WeChat id, a link, a payee."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("kind", "canonical"),)

    id: str = Field(primary_key=True)
    kind: str
    canonical: str
    first_seen_at: datetime


class TipIndicator(SQLModel, table=True):
    """That a tip carries an indicator, and where it was read."""

    __tablename__ = "tip_indicator"

    tip_id: str = Field(foreign_key="tip.id", primary_key=True)
    indicator_id: str = Field(foreign_key="indicator.id", primary_key=True, index=True)
    source: str
    """words, picture or code."""
    raw: str
    pictures: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    """The files that it stands on, by id; NULL for links from before that was noted."""


class TextBand(SQLModel, table=True):
    """One key of what a tip says: tips whose texts are nearly the same have at least one in common.

    What the keys are made of is the affair of whoever notes them; this table only finds equal ones.
    """

    __tablename__ = "text_band"
    # Without row ids SQLite keeps the table itself in the order of its key: half the size and one look-up less.
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    tip_id: str = Field(foreign_key="tip.id", primary_key=True, index=True)


class PictureBand(SQLModel, table=True):
    """One band of the PDQ hash of a tip's picture: files that show the same have at least one in common."""

    __tablename__ = "picture_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    evidence_id: str = Field(foreign_key="evidence.id", primary_key=True, index=True)


class TipLink(SQLModel, table=True):
    """That two tips show or say the same, noted when the later one was screened; read from both sides."""

    __tablename__ = "tip_link"

    tip_id: str = Field(foreign_key="tip.id", primary_key=True)
    other_id: str = Field(foreign_key="tip.id", primary_key=True, index=True)
    way: str = Field(primary_key=True)
    """file, picture or text: what made the link."""
    measure: float
    """file: 1; picture: how many of 256 bits differ; text: how alike the texts are, 0..1."""
    noted_at: datetime


class TipText(SQLModel, table=True):
    """What a tip says, part by part, folded for comparing. A tip that was never screened has none."""

    __tablename__ = "tip_text"

    tip_id: str = Field(foreign_key="tip.id", primary_key=True)
    method: int = Field(index=True)
    """By which way of reading; tips read in an older way are read again (`qianshao tips reread`)."""
    parts: list[str] = Field(sa_column=Column(JSON, nullable=False))


class Notice(SQLModel, table=True):
    """Something a reporter is owed a word about; `bot/delivery.py` says it over their channel."""

    __tablename__ = "notice"

    id: str = Field(primary_key=True)
    tip_id: str | None = Field(default=None, foreign_key="tip.id", index=True)
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    kind: str
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime


class Reward(SQLModel, table=True):
    """The reward track of one tip; money is integer fen."""

    __tablename__ = "reward"

    id: str = Field(primary_key=True)
    tip_id: str = Field(foreign_key="tip.id", unique=True)
    state: str
    tier: str
    amount_fen: int
    reason: str
    rules_version: str
    """Which jurisdiction pack the tier and its bounds came from."""
    proposed_by: str
    proposed_at: datetime
    consented_by: str | None = None
    """Who agreed for finance, where the amount asks for it."""
    consented_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    refused_by: str | None = None
    refusal: str = ""
    paid_by: str | None = None
    paid_at: datetime | None = None
    payment_reference: str = ""
    claim_until: datetime | None = None
    told_at: datetime | None = None
    """When the reporter last heard of the claim window: at its beginning, or reminded of its end."""
    claimed_by: str | None = None
    """The officer at whose desk the reporter came to claim it."""
    claimed_at: datetime | None = None


class AuditEntry(SQLModel, table=True):
    """One link of the audit chain."""

    __tablename__ = "audit_entry"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str
    act: str
    subject: str = Field(index=True)
    detail: str = Field(sa_column=Column(Text, nullable=False))
    """Canonical JSON, exactly the text that was hashed."""
    previous: str
    digest: str


class AuditHead(SQLModel, table=True):
    """The end of the chain; locking this one row is what puts writers in a line."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    digest: str
