"""The rows that only WeChat needs: windows of its users, its shared token, what the account may not do."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class WeChatWindow(SQLModel, table=True):
    """What one act of a user lets us send, and how much of it is used. A new act of the same kind opens it anew."""

    __tablename__ = "wechat_window"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    act: str = Field(primary_key=True)
    closes_at: datetime
    allowed: int
    used: int = 0


class WeChatToken(SQLModel, table=True):
    """The account's access token, shared by all processes, and who fetches the next one."""

    __tablename__ = "wechat_token"

    app_id: str = Field(primary_key=True)
    sealed: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    """Sealed with a key made of the AppSecret: whoever holds that could fetch the token anyway."""
    good_until: datetime
    fetching_until: datetime
    """Until then somebody fetches it and the others wait."""


class WeChatPicture(SQLModel, table=True):
    """A picture of ours that WeChat keeps for three days, so that many get it and it goes up once."""

    __tablename__ = "wechat_picture"

    app_id: str = Field(primary_key=True)
    picture: str = Field(primary_key=True)
    media_id: str
    good_until: datetime


class WeChatFault(SQLModel, table=True):
    """Something that only the operator can mend: a capability the account lacks, or a fault of the account itself."""

    __tablename__ = "wechat_fault"

    app_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    """A capability (switched off while its row is here), or `account`."""
    errcode: int
    detail: str = ""
    first_at: datetime
    last_at: datetime


class WeChatConsent(SQLModel, table=True):
    """The one-time notices (一次性订阅消息) that somebody agreed to and has not had."""

    __tablename__ = "wechat_consent"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    unused: str = ""
    """Their scenes, comma-separated."""


class LatePush(SQLModel, table=True):
    """A push that was not answered in time, kept until its answer is in the outbox."""

    __tablename__ = "wechat_late_push"

    id: str = Field(primary_key=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime
    answered_at: datetime | None = None
