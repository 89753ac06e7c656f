"""What the operator has to hear of: capabilities that the account lacks, and faults of the account itself.

A capability that WeChat refuses (48001, 40200) is switched off here for every process, so that nothing is tried that
cannot work; `qianshao doctor` and the metrics tell of it, and `qianshao wechat allow` switches it on again.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.wechat.tables import WeChatFault
from foundation.clock import now

log = logging.getLogger(__name__)

ACCOUNT: Final = "account"
"""The part whose faults are of the account or the server's address, and switch nothing off."""
_LOOK_AGAIN_SECONDS = 30.0


class Capability(StrEnum):
    """What an account may or may not be allowed to do."""

    messages = "messages"
    """Customer-service messages; without them only answers to the person's own messages get through."""
    options = "options"
    """Options inside a message (msgmenu); without them numbered text."""
    notices = "notices"
    """One-time notices; without them a held message waits for the person's next one."""
    menu = "menu"
    qr = "qr"


class OperatingDesk(Protocol):
    """What is needed to note a fault and to read it."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class Operating:
    """The faults of one account, shared by all processes through the database."""

    def __init__(self, desk: OperatingDesk, app_id: str, clock: Callable[[], datetime] = now) -> None:
        self._desk = desk
        self._app_id = app_id
        self._clock = clock
        self._off: frozenset[str] = frozenset()
        self._looked_at = float("-inf")

    async def may(self, capability: Capability) -> bool:
        """Whether this is still worth trying."""
        if time.monotonic() - self._looked_at > _LOOK_AGAIN_SECONDS:
            self._off = frozenset(fault.part for fault in await self.faults()) - {ACCOUNT}
            self._looked_at = time.monotonic()
        return capability.value not in self._off

    async def switch_off(self, capability: Capability, errcode: int, detail: str = "") -> None:
        """WeChat refuses it to this account."""
        log.error(
            "a capability of the account is switched off", extra={"part": capability, "errcode": errcode}
        )
        await self._note(capability.value, errcode, detail)

    async def tell(self, errcode: int, detail: str) -> None:
        """A fault that only the operator can mend."""
        await self._note(ACCOUNT, errcode, detail)

    async def allow(self, part: str) -> bool:
        """Takes a fault off the list, so that it is tried again; whether there was one."""
        async with self._desk.transaction() as session:
            gone = await session.execute(
                delete(WeChatFault)
                .where(col(WeChatFault.app_id) == self._app_id, col(WeChatFault.part) == part)
                .returning(col(WeChatFault.part))
            )
            found = gone.first() is not None
        self._looked_at = float("-inf")
        return found

    async def faults(self) -> list[WeChatFault]:
        """All that is on the list."""
        async with self._desk.reading() as session:
            return await listed(session, self._app_id)

    async def _note(self, part: str, errcode: int, detail: str) -> None:
        at = self._clock()
        async with self._desk.transaction() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            changed = {"errcode": errcode, "detail": detail, "last_at": at}
            await session.execute(
                insert(WeChatFault)
                .values(app_id=self._app_id, part=part, first_at=at, **changed)
                .on_conflict_do_update(index_elements=["app_id", "part"], set_=changed)
            )
        self._looked_at = float("-inf")


async def listed(session: AsyncSession, app_id: str) -> list[WeChatFault]:
    """All that an account's operator should know."""
    rows = await session.exec(
        select(WeChatFault).where(col(WeChatFault.app_id) == app_id).order_by(col(WeChatFault.part))
    )
    return list(rows.all())
