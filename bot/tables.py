"""The rows of this room: who can be reached where, what came in, what goes out."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class Contact(SQLModel, table=True):
    """One chat of one person on one channel. The address is sealed; the hash finds it again."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("channel", "address_hash"),)

    id: str = Field(primary_key=True)
    channel: str
    address_hash: str
    address_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    held: int = 0
    """How many messages wait for the person's next contact."""
    unreachable_at: datetime | None = None
    created_at: datetime


class Conversation(SQLModel, table=True):
    """Where the talk with a contact stands: the engine's state, sealed."""

    __tablename__ = "conversation"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    state_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    steps: int = 0
    updated_at: datetime


class InboxMessage(SQLModel, table=True):
    """A message as it came, and the reply it got: a second delivery finds both here."""

    __tablename__ = "inbox_message"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_inbox_contact", "contact_id", "received_at"),
    )

    id: str = Field(primary_key=True)
    channel: str
    external_id: str
    contact_id: str = Field(foreign_key="contact.id")
    raw_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    replies_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime


class OutboxMessage(SQLModel, table=True):
    """A message that is owed to a contact and sent by a job."""

    __tablename__ = "outbox_message"

    id: str = Field(primary_key=True)
    contact_id: str = Field(foreign_key="contact.id", index=True)
    dedupe_key: str = Field(unique=True)
    """Derived from what caused it: the same cause never sends twice."""
    priority: int
    state: str
    content_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    notice_id: str | None = Field(default=None, index=True)
    attempts: int = 0
    fault: str = ""
    created_at: datetime
    sent_at: datetime | None = None


class WebchatLine(SQLModel, table=True):
    """One line of a web chat's thread, so that a page that reconnects finds all of it."""

    __tablename__ = "webchat_line"
    __table_args__ = (Index("ix_webchat_thread", "contact_id", "seq"), {"sqlite_autoincrement": True})

    seq: int | None = Field(default=None, primary_key=True)
    contact_id: str = Field(foreign_key="contact.id")
    cause: str = Field(unique=True)
    """What made this line, and which of its lines this is: the same cause writes it once."""
    from_citizen: bool
    content_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime


class PendingJudgement(SQLModel, table=True):
    """Pictures somebody asked about (问一问) that are still being read; the answer goes out when the last one is."""

    __tablename__ = "pending_judgement"

    id: str = Field(primary_key=True)
    contact_id: str = Field(foreign_key="contact.id", index=True)
    reporter_id: str = Field(index=True)
    evidence_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))
    asked_at: datetime
    answered_at: datetime | None = Field(default=None, index=True)
