"""The access token in the database: one process fetches it, all use it."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.wechat.tables import WeChatToken
from foundation.clock import now
from foundation.crypto import SealBroken, seal, unseal
from foundation.settings import WeChatSettings

_PURPOSE: Final = "wechat-token"
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
FETCHING: Final = timedelta(seconds=15)
"""How long one process has to fetch it: more than the client's own patience with WeChat."""


class TokenDesk(Protocol):
    """What the shared token needs at hand."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class SharedToken:
    """One account's token, for every process at the same database."""

    def __init__(
        self, desk: TokenDesk, settings: WeChatSettings, clock: Callable[[], datetime] = now
    ) -> None:
        self._desk = desk
        self._app_id = settings.app_id
        self._key = hashlib.sha256(f"{_PURPOSE}:{settings.app_secret.get_secret_value()}".encode()).digest()
        self._clock = clock

    async def look(self) -> tuple[str, float]:
        """The token and for how many seconds it is good; empty where there is none."""
        async with self._desk.reading() as session:
            row = (
                await session.exec(select(WeChatToken).where(col(WeChatToken.app_id) == self._app_id))
            ).first()
        left = 0.0 if row is None else (row.good_until - self._clock()).total_seconds()
        if row is None or left <= 0 or not row.sealed:
            return "", 0.0
        try:
            return unseal(self._key, row.sealed, _PURPOSE).decode(), left
        except SealBroken:  # the AppSecret was changed
            return "", 0.0

    async def may_fetch(self) -> bool:
        """Whether this process is the one to fetch it now."""
        at = self._clock()
        async with self._desk.transaction() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            await session.execute(
                insert(WeChatToken)
                .values(app_id=self._app_id, sealed=b"", good_until=_LONG_AGO, fetching_until=_LONG_AGO)
                .on_conflict_do_nothing()
            )
            taken = await session.execute(
                update(WeChatToken)
                .where(col(WeChatToken.app_id) == self._app_id, col(WeChatToken.fetching_until) <= at)
                .values(fetching_until=at + FETCHING)
                .returning(col(WeChatToken.app_id))
            )
            return taken.first() is not None

    async def put(self, token: str, seconds: float) -> None:
        """It was fetched and is good for so long; empty where it could not be, and the next one may try."""
        sealed = seal(self._key, token.encode(), _PURPOSE) if token else b""
        async with self._desk.transaction() as session:
            await session.execute(
                update(WeChatToken)
                .where(col(WeChatToken.app_id) == self._app_id)
                .values(
                    sealed=sealed,
                    good_until=self._clock() + timedelta(seconds=seconds),
                    fetching_until=_LONG_AGO,
                )
            )
