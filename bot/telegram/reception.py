"""An update taken in, whichever way it came: pushed to the webhook, or fetched by polling."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.types import Update

from bot.channels import FrontDesk
from bot.conversation.languages import Language
from bot.telegram import groups
from bot.telegram.arrivals import arrival_of
from bot.telegram.channel import TelegramChannel
from bot.telegram.texts import Message
from foundation.clock import now


@dataclass(frozen=True, slots=True)
class Answer:
    """What an update is answered, in its own chat; nothing for what is recorded or ignored in silence."""

    chat_id: int
    messages: tuple[Message, ...] = ()


class Reception:
    """Takes updates in through the inbox; a pressed button stops waiting at once, whatever its answer takes."""

    def __init__(
        self, desk: FrontDesk, channel: TelegramChannel, *, clock: Callable[[], datetime] = now
    ) -> None:
        self._desk = desk
        self._channel = channel
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()

    async def take_in(self, update: Update, raw: bytes) -> Answer | None:
        """Records the update, steps the conversation and gives what answers it; None for what is ignored."""
        if update.callback_query is not None:
            self._stop_waiting(update.callback_query.id)
        if update.my_chat_member is not None and (line := groups.line_for(update.my_chat_member)):
            group = update.my_chat_member.chat.id
            return Answer(group, (Message(line, None),)) if await self._channel.greets(group) else None
        arrival = arrival_of(update, raw, self._clock(), self._channel.buttons)
        if arrival is None:
            return None
        chat_id = int(arrival.address)
        if arrival.beside is None:
            arrival = replace(
                arrival,
                beside=self._channel.answering(chat_id),
                apart=await self._channel.is_held(chat_id),
            )
        taken = await asyncio.shield(self._desk.take_in(arrival))
        if taken.language and taken.fresh:
            self._beside(self._channel.list_commands(chat_id, Language(taken.language)))
        messages = tuple(self._channel.messages(chat_id, taken.replies))
        if messages:
            self._channel.answered()
        return Answer(chat_id, messages)

    @property
    def is_busy(self) -> bool:
        """Whether something is still being told to Telegram beside the answer."""
        return bool(self._under_way)

    async def settle(self) -> None:
        """Waits until every button that was pressed has been answered, and every list of commands set."""
        await asyncio.gather(*self._under_way)

    def _stop_waiting(self, callback_id: str) -> None:
        # A button turns until this call comes, and after some seconds Telegram refuses it: it waits for nothing.
        self._beside(self._channel.answer_button(callback_id))

    def _beside(self, call: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(call)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
