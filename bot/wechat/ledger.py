"""How many messages of our own WeChat lets through to each user, counted here before WeChat has to say no.

The figures are those of the page on customer-service messages: five in the 48 hours after a message of the user's,
three in the minute after a follow, a scan, or a tap of the menu's click and scan kinds. Answers to a push cost nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import Beside, ChannelName, WindowClosed
from bot.conversation.replies import Reply
from bot.wechat.tables import WeChatWindow
from foundation.clock import now
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


class LedgerDesk(Protocol):
    """What the ledger needs at hand."""

    vault: Vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...


@dataclass(frozen=True, slots=True)
class Takings:
    """What a delivery took of which windows."""

    contact_id: str = ""
    by_act: tuple[tuple[str, int], ...] = ()


_window = table_of(WeChatWindow)
_VALUES: Final = {
    "contact_id": bindparam("contact_id"),
    "act": bindparam("act"),
    "closes_at": bindparam("closes_at", type_=_window.c.closes_at.type),
    "allowed": bindparam("allowed"),
    "used": 0,
}
_CHANGES: Final = {name: bindparam(name, type_=_window.c[name].type) for name in ("closes_at", "allowed")}
_OPEN = Statement(
    postgresql.insert(_window)
    .values(_VALUES)
    .on_conflict_do_update(index_elements=["contact_id", "act"], set_={**_CHANGES, "used": 0}),
    sqlite.insert(_window)
    .values(_VALUES)
    .on_conflict_do_update(index_elements=["contact_id", "act"], set_={**_CHANGES, "used": 0}),
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
            taken: list[tuple[str, int]] = []
            missing = messages
            for window in windows:
                kept = KEPT_BACK if window.act == Act.message and not all_of_it else 0
                share = min(missing, max(0, window.allowed - window.used - kept))
                if share:
                    window.used += share
                    session.add(window)
                    taken.append((window.act, share))
                    missing -= share
            if missing:
                raise WindowClosed(
                    f"{messages} to send and {messages - missing} allowed until the person's next message"
                )
        return Takings(contact_id, tuple(taken))

    async def give_back(self, takings: Takings, messages: int) -> None:
        """So many of the messages taken were not sent after all."""
        async with self._desk.transaction() as session:
            for act, share in reversed(takings.by_act):
                back = min(share, messages)
                if back:
                    await session.execute(
                        update(WeChatWindow)
                        .where(
                            col(WeChatWindow.contact_id) == takings.contact_id,
                            col(WeChatWindow.act) == act,
                            col(WeChatWindow.used) >= back,  # unless it was opened anew meanwhile
                        )
                        .values(used=col(WeChatWindow.used) - back)
                    )
                messages -= back

    async def spend_all(self, takings: Takings) -> None:
        """WeChat itself says that there is nothing left: it counts, we only keep up with it."""
        async with self._desk.transaction() as session:
            await session.execute(
                update(WeChatWindow)
                .where(col(WeChatWindow.contact_id) == takings.contact_id)
                .values(used=col(WeChatWindow.allowed))
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
