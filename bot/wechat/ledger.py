"""How many messages of our own WeChat lets through to each user, counted here before WeChat has to say no.

The figures are those of the page on customer-service messages: five in the 48 hours after a message of the user's,
three in the minute after a follow, a scan, or a tap of the menu's click and scan kinds. Answers to a push cost nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from sqlalchemy import SQLColumnExpression, bindparam, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import Beside, ChannelName, WindowClosed
from bot.conversation.replies import Reply
from bot.wechat.tables import WeChatConsent, WeChatWindow
from foundation.clock import now
from foundation.job_queue import JobRun
from foundation.statements import Statement, Write, table_of
from reports.vault import Vault


class Act(StrEnum):
    """What a user does that lets us write to them."""

    message = "message"
    menu = "menu"
    """A tap on the menu, or on a line of a message with options."""
    follow = "follow"
    scan = "scan"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many messages for so long."""

    messages: int
    lasts: timedelta


ALLOWANCES: Final[Mapping[Act, Allowance]] = MappingProxyType(
    {
        # A minute less, or five seconds: WeChat's clock began a little before ours.
        Act.message: Allowance(5, timedelta(hours=48) - timedelta(minutes=1)),
        Act.menu: Allowance(3, timedelta(seconds=55)),
        Act.follow: Allowance(3, timedelta(seconds=55)),
        Act.scan: Allowance(3, timedelta(seconds=55)),
    }
)
KEPT_BACK: Final = 1
"""Of the five: for a question that an officer may have within the two days."""


FORGET_CLOSED: Final = "wechat.forget_closed_windows"
"""The job of each day, named by its date."""


async def forget_closed(run: JobRun, day: str) -> None:
    """A window that has closed limits nothing any more, and would tell for ever when somebody last wrote; a row of consents
    that are used up tells that somebody reported."""
    async with run.finishing() as session:
        await session.execute(delete(WeChatWindow).where(col(WeChatWindow.closes_at) < now()))
        await session.execute(delete(WeChatConsent).where(col(WeChatConsent.unused) == ""))


class LedgerDesk(Protocol):
    """What the ledger needs at hand."""

    vault: Vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...


@dataclass(frozen=True, slots=True)
class Share:
    """So many messages of one window, which is the one that closes at that time: a new act opens another."""

    act: str
    closes_at: datetime
    messages: int


@dataclass(slots=True)
class Takings:
    """What a delivery took of which windows, in the order in which it is spent; a window that gave nothing has a share of none."""

    contact_id: str = ""
    shares: tuple[Share, ...] = ()
    spent: int = 0
    """Messages that went out, or may have: what is not known counts as gone."""

    def add(self, more: "Takings") -> None:
        """What was taken later for the same delivery."""
        self.shares += more.shares

    def of_shares(self, *, spent: bool) -> list[Share]:
        """What of each share is spent, or still there."""
        gone, parts = self.spent, []
        for share in self.shares:
            used = min(gone, share.messages)
            gone -= used
            parts.append(replace(share, messages=used if spent else share.messages - used))
        return parts


_window = table_of(WeChatWindow)
_VALUES: Final = {
    "contact_id": bindparam("contact_id"),
    "act": bindparam("act"),
    "closes_at": bindparam("closes_at", type_=_window.c.closes_at.type),
    "allowed": bindparam("allowed"),
    "used": 0,
}
_NEW_CLOSE = bindparam("closes_at", type_=_window.c.closes_at.type)
_IS_LATER = _window.c.closes_at < _NEW_CLOSE
_CHANGES: Final = {
    # A push that was overtaken by a later one opens nothing: what was used since stays counted.
    "closes_at": case((_IS_LATER, _NEW_CLOSE), else_=_window.c.closes_at),
    "used": case((_IS_LATER, 0), else_=_window.c.used),
    "allowed": bindparam("allowed"),
}
_OPEN = Statement(
    *(
        insert.values(_VALUES).on_conflict_do_update(index_elements=["contact_id", "act"], set_=_CHANGES)
        for insert in (postgresql.insert(_window), sqlite.insert(_window))
    )
)


def opening(act: Act, at: datetime) -> Beside:
    """What the inbox writes along with a push of this act, made at `at`."""

    def open_window(contact_id: str, _key: bytes, _replies: Sequence[Reply]) -> list[Write]:
        allowance = ALLOWANCES[act]
        values = {
            "contact_id": contact_id,
            "act": act.value,
            "closes_at": at + allowance.lasts,
            "allowed": allowance.messages,
        }
        return [(_OPEN, values)]

    return open_window


class Ledger:
    """The windows of every user of one account, shared by all processes."""

    def __init__(self, desk: LedgerDesk, clock: Callable[[], datetime] = now) -> None:
        self._desk = desk
        self._clock = clock

    async def take(self, address: str, messages: int, *, all_of_it: bool) -> Takings:
        """Counts so many messages as sent, the window that closes first being used first; all of them or none.

        `all_of_it` also spends what is kept back. Raises WindowClosed where there is not enough.
        """
        at = self._clock()
        async with self._desk.transaction() as session:
            contact_id = await self._contact(session, address)
            windows = await self._windows(session, contact_id, at)
            shares: list[Share] = []
            missing = messages
            for window in windows:
                kept = KEPT_BACK if window.act == Act.message and not all_of_it else 0
                share = min(missing, max(0, window.allowed - window.used - kept))
                shares.append(Share(window.act, window.closes_at, share))
                if share:
                    window.used += share
                    session.add(window)
                    missing -= share
            if missing:
                raise WindowClosed(
                    f"{messages} to send and {messages - missing} allowed until the person's next message"
                )
        return Takings(contact_id, tuple(shares))

    async def settle(self, takings: Takings) -> None:
        """The delivery is over: what it did not spend is given back.

        What it did spend counts in a window that was opened meanwhile too: the person's message may have reached WeChat
        before ours did.
        """
        async with self._desk.transaction() as session:
            for share in takings.of_shares(spent=False):
                if share.messages:
                    await self._change(session, takings, share, col(WeChatWindow.used) - share.messages)
            for share in takings.of_shares(spent=True):
                if share.messages:
                    used = col(WeChatWindow.used) + share.messages
                    allowed = col(WeChatWindow.allowed)
                    await self._change(
                        session,
                        takings,
                        share,
                        case((used > allowed, allowed), else_=used),
                        opened_since=True,
                    )

    async def spend_all(self, takings: Takings) -> None:
        """WeChat itself says that there is nothing left: it counts, we only keep up with it."""
        async with self._desk.transaction() as session:
            for share in takings.shares:
                await self._change(session, takings, share, col(WeChatWindow.allowed))

    async def _change(
        self,
        session: AsyncSession,
        takings: Takings,
        share: Share,
        used: SQLColumnExpression[int],
        *,
        opened_since: bool = False,
    ) -> None:
        """Writes what is used of the share's own window, or of the one that took its place."""
        closes_at = col(WeChatWindow.closes_at)
        await session.execute(
            update(WeChatWindow)
            .where(
                col(WeChatWindow.contact_id) == takings.contact_id,
                col(WeChatWindow.act) == share.act,
                closes_at > share.closes_at if opened_since else closes_at == share.closes_at,
            )
            .values(used=used)
        )

    async def _contact(self, session: AsyncSession, address: str) -> str:
        known = await contacts.find(
            session, self._desk.vault, channel=ChannelName.wechat.value, address=address
        )
        return known.contact_id if known is not None else ""

    async def _windows(self, session: AsyncSession, contact_id: str, at: datetime) -> list[WeChatWindow]:
        found = await session.exec(
            select(WeChatWindow)
            .where(col(WeChatWindow.contact_id) == contact_id, col(WeChatWindow.closes_at) > at)
            .order_by(col(WeChatWindow.closes_at))
            .with_for_update()
        )
        return list(found.all())
