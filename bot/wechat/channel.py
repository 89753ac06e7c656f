"""WeChat's sending side."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import (
    ChannelName,
    Division,
    MediaGone,
    PictureNotTaken,
    Pictures,
    Priority,
    RemoteMedia,
    TryLater,
    WindowClosed,
)
from bot.conversation.languages import Language
from bot.conversation.replies import Reply
from bot.cutting import cut
from bot.pictures import NOT_SHOWN, in_words
from bot.underway import Underway
from bot.wechat import texts
from bot.wechat.client import WeChatClient
from bot.wechat.consents import CONSENT_PATH, Consents
from bot.wechat.faults import (
    KIND_HAS_IT_NOT,
    AnswerLost,
    NotOpenToAccount,
    OperatorMustAct,
    TextTooLong,
    WindowSpent,
)
from bot.wechat.ledger import Ledger, Takings
from bot.wechat.news import News
from bot.wechat.operating import Capability, Operating
from bot.wechat.own_words import TAP_OR_TYPE
from bot.wechat.texts import Message
from bot.wechat.tokens import SharedToken
from bot.wechat.uploads import IMAGE, Uploads
from foundation.clock import now
from foundation.settings import WeChatSettings
from knowledge.pictures.fitting import fitted
from reports.notices import NoticeKind
from reports.vault import Vault

log = logging.getLogger(__name__)

_SHORTEST: Final = 256
_OFFICERS_WORDS: Final = frozenset({NoticeKind.need_more, NoticeKind.officer_answer})
"""What one of the five messages is kept back for."""


class WeChatDesk(Protocol):
    """What WeChat's sending side needs at hand."""

    vault: Vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class WeChatChannel:
    """Customer-service messages: five in the 48 hours after a message, three in the minute after a tap."""

    name = ChannelName.wechat

    def __init__(
        self,
        settings: WeChatSettings,
        desk: WeChatDesk,
        *,
        client: WeChatClient | None = None,
        pictures: Pictures | None = None,
        public_url: str = "",
        clock: Callable[[], datetime] = now,
    ) -> None:
        """With a `public_url`, whoever gets a receipt late is asked for a notice's consent as well."""
        self._public_url = public_url
        self._client = client or WeChatClient(settings, shared=SharedToken(desk, settings, clock))
        self._settings = settings
        self._ledger = Ledger(desk, clock)
        self.operating = Operating(desk, settings.app_id, clock)
        """What the account may not do, and what is wrong with it."""
        self._consents = Consents(desk, settings)
        self._news = News(self._client, self._consents, self.operating)
        self._uploads = Uploads(desk, settings.app_id, clock)
        self._pictures = pictures
        self._underway = Underway()

    def divide(self, replies: Sequence[Reply]) -> Division:
        """What fits the one passive answer, and the rest. An account that cannot send of its own says in words that there
        was a picture.
        """
        return texts.divide(replies if self._settings.sends else in_words(replies))

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
        """Sends in as few messages as possible, all that is left to say or nothing.

        What may have arrived stays counted, and is sent again: to say a thing twice is better than not to say it, and
        to write once more than WeChat allows costs the account. Raises Unreachable, WindowClosed or TryLater.
        """
        if not self._settings.sends:  # only answers to the person's own messages get through
            raise WindowClosed("the account has no AppSecret")
        try:
            await self._send(address, replies, key, notice, priority, language)
        except WindowClosed:  # whoever counted it, WeChat or we
            if notice is not None:
                await self._news.tell(address)
            raise

    async def _send(
        self,
        address: str,
        replies: Sequence[Reply],
        key: str,
        notice: NoticeKind | None,
        priority: Priority,
        language: Language | None,
    ) -> None:
        if not await self.operating.may(Capability.messages):
            raise WindowClosed("the account may not send messages of its own")
        messages = texts.messages(await self._with_question(address, replies, key))
        # What may not wait for the person's next message (110, 120) may have the last one too.
        all_of_it = notice in _OFFICERS_WORDS or priority is Priority.emergency
        gone = self._underway.gone(key)
        takings = await self._ledger.take(address, len(messages) - gone, all_of_it=all_of_it)
        for position in range(gone, len(messages)):
            sending = _Sending(address, f"{key}/{position}", all_of_it, takings, language)
            try:
                await self._say(sending, messages[position])
            except WindowSpent:
                await self._ledger.spend_all(takings)
                raise
            except Exception:
                await self._ledger.settle(takings)
                raise
            self._underway.finish(sending.part)
            self._underway.advance(key, position + 1)
        await self._ledger.settle(takings)
        self._underway.finish(key)

    async def _with_question(self, address: str, replies: Sequence[Reply], key: str) -> Sequence[Reply]:
        """The replies, and below a receipt whether to be told of news, as the door asks below one that is not late."""
        if not (
            self._public_url and self._consents.template and any(one.wants == "notice" for one in replies)
        ):
            return replies
        if not await self.operating.may(Capability.notices):
            return replies
        back_to = f"{self._public_url}{CONSENT_PATH}"
        words = "\n".join(reply.text for reply in replies)
        return (*replies, Reply(self._consents.question(address, key, back_to, beside=words)))

    async def _say(self, sending: "_Sending", message: Message) -> None:
        try:
            if message.picture:
                await self._show(sending, message.picture)
                return
            if message.options and self._settings.options and await self.operating.may(Capability.options):
                try:
                    await self._post(sending, _with_options(sending, message))
                    return
                except TextTooLong:
                    log.info("WeChat finds options too long; they go as text")
                except NotOpenToAccount as fault:
                    if (
                        fault.errcode != KIND_HAS_IT_NOT
                    ):  # the whole call is closed to the account, not the options
                        raise
                    await self.operating.switch_off(Capability.options, fault.errcode)
            await self._say_text(sending, message.text)
        except NotOpenToAccount as fault:
            await self.operating.switch_off(Capability.messages, fault.errcode)
            raise
        except OperatorMustAct as fault:
            await self.operating.tell(fault.errcode, fault.reason)
            raise

    async def _post(self, sending: "_Sending", message: dict[str, Any]) -> None:
        """One call, which costs one of the messages that were taken, unless it is certain that it did not arrive."""
        try:
            await self._client.send(message)
        except AnswerLost:
            sending.takings.spent += 1
            raise
        sending.takings.spent += 1

    async def _show(self, sending: "_Sending", picture: str) -> None:
        """Sends a picture that WeChat has, or gets first; where it takes none, says so instead."""
        try:
            media_id = await self._uploads.find(picture)
            if media_id:
                try:
                    await self._post(sending, _image(sending.address, media_id))
                    return
                except MediaGone:
                    log.info("WeChat no longer has a picture of ours", extra={"picture": picture})
            await self._post(sending, _image(sending.address, await self._upload(picture)))
        except (PictureNotTaken, MediaGone) as fault:
            log.error("a picture was not sent", extra={"picture": picture, "reason": str(fault)})
            await self._say_text(sending, NOT_SHOWN.spoken(sending.language))

    async def _upload(self, picture: str) -> str:
        data = b"" if self._pictures is None else await self._pictures(picture)
        if not data:
            raise PictureNotTaken("there is none any more")
        media_id = await self._client.upload(await asyncio.to_thread(fitted, data, IMAGE))
        await self._uploads.note(picture, media_id)
        return media_id

    async def _say_text(self, sending: "_Sending", text: str) -> None:
        """In one message, or in as many as it takes where WeChat finds it too long; a retry goes on where it stopped."""
        gone, limit = self._underway.gone(sending.part), texts.MOST_BYTES
        pieces = [text[gone:].strip()]
        while pieces:
            try:
                await self._post(sending, _text(sending.address, pieces[0]))
            except TextTooLong:
                limit = min(limit, texts.size(pieces[0])) // 2
                if limit < _SHORTEST // 2:
                    raise WindowClosed("WeChat finds every text too long") from None
                smaller = [part for piece in pieces for part in cut(piece, limit, texts.size)]
                more = await self._ledger.take(
                    sending.address, len(smaller) - len(pieces), all_of_it=sending.all_of_it
                )
                sending.takings.add(more)
                pieces = smaller
            except (PictureNotTaken, MediaGone) as fault:  # no words can be at fault for that
                raise TryLater(f"WeChat takes a text for a file: {fault}") from None
            else:
                gone = text.index(pieces[0], gone) + len(pieces.pop(0))
                self._underway.advance(sending.part, gone)

    async def fetch(self, media: RemoteMedia) -> bytes:
        """Gets a file that a user sent. Raises MediaGone or TryLater."""
        if not self._settings.sends:
            raise TryLater("the account has no AppSecret", 3600)
        try:
            return await self._client.media(media.ref)
        except NotOpenToAccount as fault:
            await self.operating.tell(fault.errcode, "the account may not fetch what users send")
            raise TryLater(str(fault), 3600) from None
        except OperatorMustAct as fault:
            await self.operating.tell(fault.errcode, fault.reason)
            raise

    async def close(self) -> None:
        """Lets go of connections."""
        await self._client.close()


@dataclass(frozen=True, slots=True)
class _Sending:
    """One message on its way: to whom, under which name its pieces are counted, and what pays for it."""

    address: str
    part: str
    all_of_it: bool
    takings: Takings
    language: Language | None


def _text(address: str, words: str) -> dict[str, Any]:
    return {"touser": address, "msgtype": "text", "text": {"content": words}}


def _image(address: str, media_id: str) -> dict[str, Any]:
    return {"touser": address, "msgtype": "image", "image": {"media_id": media_id}}


def _with_options(sending: _Sending, message: Message) -> dict[str, Any]:
    language = sending.language
    return {
        "touser": sending.address,
        "msgtype": "msgmenu",
        "msgmenu": {
            "head_content": message.without_options,
            "list": [{"id": key, "content": label} for key, label in message.options],
            "tail_content": TAP_OR_TYPE.spoken(language) if language else TAP_OR_TYPE.beside(message.text),
        },
    }
