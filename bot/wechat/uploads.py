"""Pictures that WeChat keeps for us: uploaded once, known to every process, and forgotten before WeChat forgets them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.wechat.tables import WeChatPicture
from foundation.clock import now
from knowledge.pictures.fitting import SendLimits

IMAGE: Final = SendLimits(max_bytes=2 * 1024 * 1024)
"""The page on temporary media says 10 MB in one line and 2 MB in another: the smaller one is taken everywhere."""
KEPT_FOR: Final = timedelta(days=3) - timedelta(hours=1)
"""Three days, as that page has it, and an hour for clocks and queues."""


class UploadsDesk(Protocol):
    """What knowing the uploads needs at hand."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class Uploads:
    """The media ids of one account's pictures."""

    def __init__(self, desk: UploadsDesk, app_id: str, clock: Callable[[], datetime] = now) -> None:
        self._desk = desk
        self._app_id = app_id
        self._clock = clock

    async def find(self, picture: str) -> str:
        """The media id of a picture that WeChat still keeps; empty where it has to be uploaded."""
        async with self._desk.reading() as session:
            found = await session.exec(
                select(WeChatPicture.media_id).where(
                    col(WeChatPicture.app_id) == self._app_id,
                    col(WeChatPicture.picture) == picture,
                    col(WeChatPicture.good_until) > self._clock(),
                )
            )
            return found.first() or ""

    async def note(self, picture: str, media_id: str) -> None:
        """It was uploaded just now. What WeChat has deleted by now is forgotten here too."""
        changed = {"media_id": media_id, "good_until": self._clock() + KEPT_FOR}
        async with self._desk.transaction() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            await session.execute(
                delete(WeChatPicture).where(
                    col(WeChatPicture.app_id) == self._app_id, col(WeChatPicture.good_until) <= self._clock()
                )
            )
            await session.execute(
                insert(WeChatPicture)
                .values(app_id=self._app_id, picture=picture, **changed)
                .on_conflict_do_update(index_elements=["app_id", "picture"], set_=changed)
            )
