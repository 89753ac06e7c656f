"""The lists of commands that chats have of their own.

Telegram knows a list by a language code of two letters, so that one for traditional Chinese can stand at chats alone; and
whoever chose a language that their Telegram does not speak sees theirs there too. A chat gets its list when its language
changes; `qianshao telegram commands set` gives it to all that are known, after the commands or their words were changed.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Final, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import ChannelName, Priority, TryLater, Unreachable
from bot.conversation.languages import Language
from bot.conversation.state import State
from bot.telegram.client import TelegramClient
from bot.telegram.commands import COMMANDS
from bot.telegram.pace import Pace
from reports.vault import Vault

log = logging.getLogger(__name__)

_AT_ONCE: Final = 200
"""Chats that are read together."""
_TRIES: Final = 3
"""So often in a row Telegram may fail before the whole is given up."""


class ListsDesk(Protocol):
    """What setting the lists needs at hand."""

    vault: Vault

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


@dataclass(slots=True)
class OwnLists:
    """What was set: how many chats got a list in each language, and how many could not be given one."""

    given: Counter[Language] = field(default_factory=Counter)
    gone: int = 0
    """They blocked the bot or left Telegram."""
    failed: int = 0
    """Telegram would not; the command may be called again."""


def needs_its_own(state: State) -> bool:
    """Whether this chat's language is not what the lists by language code give it: it is traditional, or was chosen."""
    return state.language is not Language.SIMPLIFIED or state.language_is_chosen


async def set_own_lists(
    desk: ListsDesk,
    client: TelegramClient,
    pace: Pace,
    *,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> OwnLists:
    """Gives every known chat that needs one its list, as slowly as a campaign; a second time changes nothing.

    Raises TryLater where Telegram fails several times in a row.
    """
    told, after, in_a_row = OwnLists(), "", 0
    while True:
        async with desk.reading() as session:
            chats = await contacts.on_channel(
                session, desk.vault, ChannelName.telegram.value, after=after, most=_AT_ONCE
            )
        if not chats:
            return told
        after = chats[-1].contact_id
        for chat in chats:
            if chat.address is None or not needs_its_own(chat.state):
                continue
            if chat.unreachable:
                told.gone += 1
                continue
            try:
                await _set(client, pace, int(chat.address), chat.state.language, pause)
                told.given[chat.state.language] += 1
                in_a_row = 0
            except Unreachable:
                told.gone += 1
            except TryLater as fault:
                told.failed, in_a_row = told.failed + 1, in_a_row + 1
                log.warning("a chat's list of commands was not set", extra={"reason": str(fault)})
                if in_a_row == _TRIES:
                    raise


async def _set(
    client: TelegramClient,
    pace: Pace,
    chat_id: int,
    language: Language,
    pause: Callable[[float], Awaitable[None]],
) -> None:
    """In its turn, however long that takes. Raises Unreachable, or TryLater where Telegram names no time to wait."""
    while True:
        try:
            await pace.take(None, Priority.campaign)
        except TryLater as fault:
            await pause(fault.seconds or 1.0)
            continue
        try:
            await client.set_commands(COMMANDS[language], chat_id=chat_id)
            return
        except TryLater as fault:
            if fault.seconds is None:
                raise
            await pace.hold(chat_id, fault.seconds)
            await pause(fault.seconds)
