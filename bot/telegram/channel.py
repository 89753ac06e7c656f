"""Telegram's sending side."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.channels import (
    Beside,
    ChannelName,
    Division,
    PictureNotTaken,
    Pictures,
    Priority,
    RemoteMedia,
    TryLater,
    Unreachable,
)
from bot.conversation.languages import Language
from bot.conversation.replies import Reply
from bot.pictures import NOT_SHOWN
from bot.telegram import texts
from bot.telegram.buttons import Buttons
from bot.telegram.client import PHOTO, TelegramClient
from bot.telegram.commands import COMMANDS
from bot.telegram.pace import Pace
from bot.underway import Underway
from foundation.clock import now
from foundation.settings import TelegramSettings
from knowledge.pictures.fitting import fitted
from reports.notices import NoticeKind

log = logging.getLogger(__name__)


class TelegramChannel:
    """Messages of the bot to private chats."""

    name = ChannelName.telegram

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        pace: Pace | None = None,
        pictures: Pictures | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Without a pace, everything goes as quickly as it comes; without pictures, none goes. Raises SettingWrong for a token that is none."""
        self._client = TelegramClient(settings)
        self._pace = pace
        self._pictures = pictures
        self._clock = clock
        self._underway = Underway()
        self.buttons = Buttons(settings.token.get_secret_value())

    def divide(self, replies: Sequence[Reply]) -> Division:
        """What fits the one message of a webhook's answer, and the rest."""
        return texts.divide(replies)

    def messages(self, chat_id: int, replies: Sequence[Reply]) -> list[texts.Message]:
        """The replies as a chat shows them, with buttons that work in this chat alone."""
        at = self._clock()
        return texts.messages(replies, lambda choice: self.buttons.data(chat_id, choice, at))

    async def say(self, chat_id: int, message: texts.Message, language: Language | None = None) -> None:
        """Sends one message. Raises Unreachable or TryLater."""
        if not message.picture:
            await self._client.say(chat_id, message)
            return
        picture = b"" if self._pictures is None else await self._pictures(message.picture)
        try:
            if not picture:
                raise PictureNotTaken("there is none any more")
            await self._client.show(chat_id, await asyncio.to_thread(fitted, picture, PHOTO), message)
        except PictureNotTaken as fault:
            log.error("a picture was not sent", extra={"picture": message.picture, "reason": str(fault)})
            words = f"{message.text}\n{NOT_SHOWN.spoken(language)}".strip()
            await self._client.say(chat_id, texts.Message(words, message.keyboard))

    async def send(
        self,
        address: str,
        replies: Sequence[Reply],
        *,
        key: str,
        notice: NoticeKind | None = None,
        priority: Priority = Priority.notice,
        language: Language | None = None,
    ) -> None:
        """Sends one message after the other. Raises Unreachable or TryLater."""
        if not address.lstrip("-").isdigit():
            raise Unreachable("no chat of Telegram")
        messages = self.messages(int(address), replies)
        for position in range(self._underway.gone(key), len(messages)):
            await self._say_in_turn(int(address), messages[position], priority, language)
            self._underway.advance(key, position + 1)
        self._underway.finish(key)

    async def _say_in_turn(
        self, chat_id: int, message: texts.Message, priority: Priority, language: Language | None
    ) -> None:
        if self._pace is None:
            await self.say(chat_id, message, language)
            return
        await self._pace.take(chat_id, priority)
        try:
            await self.say(chat_id, message, language)
        except TryLater as fault:
            if fault.seconds is not None:
                await self._pace.hold(chat_id, fault.seconds)
            raise

    async def greets(self, group_id: int) -> bool:
        """Whether a group that the bot came into hears its line, or has heard it not long ago."""
        return self._pace is None or await self._pace.greets(group_id)

    async def is_held(self, chat_id: int) -> bool:
        """Whether Telegram would take no message to this chat now, not even in the answer to its own call."""
        return self._pace is not None and await self._pace.is_held(chat_id)

    def answering(self, chat_id: int) -> Beside | None:
        """What counts an answer to this chat within Telegram's own call, written along with the message."""
        return None if self._pace is None else self._pace.answering(chat_id)

    def answered(self) -> None:
        """One such answer goes out: it takes its place in the pace of all chats."""
        if self._pace is not None:
            self._pace.answered()

    async def answer_button(self, callback_id: str) -> None:
        """Ends the waiting sign of a pressed button; raises nothing."""
        await self._client.answer_button(callback_id)

    async def list_commands(self, chat_id: int, language: Language) -> None:
        """Lists the commands in this language beside one chat's input line; raises nothing."""
        try:
            await self._client.set_commands(COMMANDS[language], chat_id=chat_id)
        except (TryLater, Unreachable) as fault:
            log.info("a chat's list of commands was not set", extra={"reason": str(fault)})

    async def fetch(self, media: RemoteMedia) -> bytes:
        """Gets a file that a user sent. Raises MediaGone or TryLater."""
        return await self._client.file(media.ref)

    async def close(self) -> None:
        """Lets go of connections."""
        if self._pace is not None:
            await self._pace.settle()
        await self._client.close()
