"""The rows of this room: officers and their sessions, claims, decisions, citizens who asked for a human."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel


class Officer(SQLModel, table=True):
    """Somebody who works in the panel. Never deleted, because decisions name them: only switched off."""

    __tablename__ = "officer"

    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    """What they sign in with, in lower case."""
    name: str
    """How colleagues know them; shown in the panel and in trails, never to a citizen."""
    role: str
    password_hash: str
    must_change_password: bool = True
    password_valid_until: datetime | None = None
    """Set for a one-time password alone: after it, only a reset helps."""
    is_active: bool = True
    is_demo: bool = False
    created_at: datetime
    password_changed_at: datetime | None = None
    last_signed_in_at: datetime | None = None


class OfficerSession(SQLModel, table=True):
    """One signed-in browser. Only a hash of its token is here, so that a stolen table opens no session."""

    __tablename__ = "officer_session"

    token_hash: str = Field(primary_key=True)
    officer_id: str = Field(foreign_key="officer.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None


class SignInThrottle(SQLModel, table=True):
    """Failed sign-ins under one login, whether or not it exists: a lock must not tell which ones do."""

    __tablename__ = "sign_in_throttle"

    login_hash: str = Field(primary_key=True)
    failures: int
    locked_until: datetime | None = None
    last_at: datetime = Field(index=True)


class Claim(SQLModel, table=True):
    """That an officer holds a tip until a moment; nobody else decides on it before."""

    __tablename__ = "claim"

    tip_id: str = Field(primary_key=True, foreign_key="tip.id")
    officer_id: str = Field(foreign_key="officer.id", index=True)
    claimed_at: datetime
    expires_at: datetime


class Decision(SQLModel, table=True):
    """What one officer decided on one tip, and why. Never changed; a later decision stands beside it."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_tip", "tip_id", "decided_at"),)

    id: str = Field(primary_key=True)
    tip_id: str = Field(foreign_key="tip.id")
    officer_id: str = Field(foreign_key="officer.id")
    kind: str
    state_before: str
    state_after: str
    reason: str = Field(sa_column=Column(Text, nullable=False))
    """For the file; the reporter never sees it."""
    said: str = Field(default="", sa_column=Column(Text, nullable=False))
    """The officer's words to the reporter: for 需补充 what is asked, otherwise a remark or nothing."""
    department: str | None = None
    merged_into: str | None = Field(default=None, foreign_key="tip.id")
    scheme_before: str | None = None
    scheme_after: str | None = None
    decided_at: datetime


class HelpRequest(SQLModel, table=True):
    """A citizen asked for a human. The reporter's id alone; who that is lies sealed elsewhere."""

    __tablename__ = "help_request"
    __table_args__ = (Index("ix_help_request_state", "state", "asked_at"),)

    id: str = Field(primary_key=True)
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    state: str
    urgent: bool = False
    """The person sounded in distress: shown first, and marked."""
    words: str = Field(sa_column=Column(Text, nullable=False))
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    asked_at: datetime
    answered_by: str | None = Field(default=None, foreign_key="officer.id")
    answered_at: datetime | None = None
    closed_by: str | None = Field(default=None, foreign_key="officer.id")
    closed_at: datetime | None = None


class HelpFile(SQLModel, table=True):
    """A file that a citizen sent to the officer they were talking to; it lies with the other evidence."""

    __tablename__ = "help_file"

    evidence_id: str = Field(primary_key=True, foreign_key="evidence.id")
    request_id: str = Field(foreign_key="help_request.id", index=True)
    added_at: datetime


class Enclosure(SQLModel, table=True):
    """A picture that an officer sends along with an answer: sealed, and sent as a copy once it has been read."""

    __tablename__ = "enclosure"

    id: str = Field(primary_key=True)
    request_id: str = Field(foreign_key="help_request.id", index=True)
    reporter_id: str = Field(foreign_key="reporter.id", index=True)
    state: str
    blob_key: str
    """The officer's file, until it has been read."""
    shown_key: str | None = None
    """The copy that is sent."""
    key_id: str
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    """None once it is forgotten."""
    sha256: str
    """Of the officer's file."""
    refusal: str = Field(default="", sa_column=Column(Text, nullable=False))
    """Why it was not sent, in words for the officer."""
    added_by: str = Field(foreign_key="officer.id")
    added_at: datetime
