"""`/wechat`: the address that WeChat pushes to."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from bot.bodies import BodyCutShort, BodyTooLarge, read_body
from bot.channels import Arrival, FrontDesk
from bot.conversation.languages import Language, guessed_from_words
from bot.conversation.messages import Left, Said
from bot.conversation.replies import Reply
from bot.wechat.arrivals import ABOUT_THE_ACCOUNT, acted_at, arrival_of
from bot.wechat.consents import AGREED, CONSENT_PATH, DECLINED, Consents
from bot.wechat.elements import Malformed
from bot.wechat.envelope import Envelope, NotFromWeChat, Push
from bot.wechat.own_words import IN_GOOD_HANDS
from bot.wechat.texts import MOST_BYTES, messages, size
from foundation.clock import now
from foundation.settings import WeChatSettings

T = TypeVar("T")

log = logging.getLogger(__name__)

MOST_BODY_BYTES = 64 * 1024
PATIENCE_SECONDS = 3.5
"""WeChat closes the connection after five seconds; the rest is for the way there and back."""

_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>前哨</title>'
    '<meta name="viewport" content="width=device-width">'
    '<body style="font:24px/1.6 sans-serif;margin:2em"><p>{words}</p></body></html>'
)
HANGS_UP = timedelta(seconds=5)
GIVEN_UP = 3 * HANGS_UP
"""So long after the user's act WeChat asks no more: three tries. The page leaves open whether there is a fourth, which then hears
what follows a second time.
"""
KEEPING_SECONDS = 1.0
"""How long putting a late push on record may take on top of that."""
KNOWING_SECONDS = 0.1
"""How much longer it may take to know in which language to say so; it is looked up meanwhile."""


class Keeping(Protocol):
    """Where a push is kept that could not be answered in time."""

    async def keep(self, arrival: Arrival) -> None:
        """Puts it on record, with the job that answers it."""
        ...

    async def has(self, arrival: Arrival) -> bool:
        """Whether it is on record."""
        ...

    async def spoken_to(self, arrival: Arrival) -> Language | None:
        """The language that its sender is spoken to in; None for somebody unknown."""
        ...


def build_door(
    desk: FrontDesk,
    settings: WeChatSettings,
    *,
    late: Keeping | None = None,
    consents: Consents | None = None,
    public_url: str = "",
    clock: Callable[[], datetime] = now,
    patience: float = PATIENCE_SECONDS,
) -> APIRouter:
    """The routes of the URL check and of the pushes.

    What is not ready in time is kept by `late`, and the person hears that it is in good hands. Without `late` (an
    account that cannot send) the door waits on instead: WeChat then pushes the message again and finds the stored
    reply. With `consents` a receipt comes with the question whether to be told of news, whose answer comes back to
    `public_url`. Raises SettingWrong for an EncodingAESKey that is none.
    """
    door = APIRouter(include_in_schema=False)
    envelope = Envelope(settings) if settings.receives else None

    @door.get("/wechat")
    async def check(request: Request) -> Response:
        if envelope is None:
            return Response(status_code=403)
        try:
            return PlainTextResponse(envelope.echo(request.query_params, clock()))
        except NotFromWeChat:
            return Response(status_code=403)

    @door.post("/wechat")
    async def receive(request: Request) -> Response:
        if envelope is None:
            return Response(status_code=403)
        at = clock()
        try:
            push = envelope.open(request.query_params, await read_body(request, MOST_BODY_BYTES), at)
            arrival = arrival_of(push, at)
        except (NotFromWeChat, Malformed, BodyCutShort, BodyTooLarge) as refusal:
            # One answer for all of it: nobody learns here how far a forged call got.
            log.warning("a call that is not WeChat's", extra={"reason": str(refusal)})
            return Response(status_code=403)
        if push.event in ABOUT_THE_ACCOUNT:
            log.error("WeChat tells of the account's verification", extra={"event": push.event})
        if arrival is None:
            return PlainTextResponse("success")
        asked = partial(_question, consents, push, arrival, public_url)
        taking = _start(desk.take_in(arrival))
        if late is None:
            return _answer(envelope, push, (await asyncio.shield(taking)).replies, at, asked)
        # `wait` leaves the work running when time is up, and when WeChat hangs up.
        await asyncio.wait({taking}, timeout=patience)
        keeping = None if taking.done() else _start(late.keep(arrival))
        if keeping is not None:
            knowing = _start(late.spoken_to(arrival))
            await asyncio.wait({keeping}, timeout=KEEPING_SECONDS)
            if _went_through(keeping):
                await asyncio.wait({knowing}, timeout=KNOWING_SECONDS)
                language = knowing.result() if _went_through(knowing) else None
                return _answer(envelope, push, _meanwhile(arrival, language), at)
        taken = await asyncio.shield(taking)
        if keeping is not None and not keeping.done():
            keeping.cancel()
            await asyncio.wait({keeping})
        # Whoever was once told that it is in good hands hears the rest from the outbox, and nothing twice.
        is_kept = _went_through(keeping) if taken.fresh else await late.has(arrival)
        if not is_kept and taken.fresh and taken.replies and _is_nobody_left(push, at, clock()):
            await late.keep(arrival)  # so it follows
        if not is_kept:
            return _answer(envelope, push, taken.replies, at, asked)
        return _answer(envelope, push, _meanwhile(arrival, await late.spoken_to(arrival)), at)

    @door.get(CONSENT_PATH)
    async def consent(request: Request) -> Response:
        agreed = None if consents is None else await consents.answered(request.query_params)
        if agreed is None:
            return Response(status_code=403)
        assert consents is not None
        language = await consents.spoken_to(request.query_params.get("openid", ""))
        words = (AGREED if agreed else DECLINED).spoken(language)
        return HTMLResponse(_PAGE.format(language=language.value, words=words))

    return door


def _meanwhile(arrival: Arrival, language: Language | None) -> tuple[Reply, ...]:
    """What is said while the answer takes its time; nothing where none will come."""
    if isinstance(arrival.incoming, Left) or not (arrival.incoming or arrival.media):
        return ()
    said = arrival.incoming.text if isinstance(arrival.incoming, Said) else ""
    return (Reply(IN_GOOD_HANDS.spoken(language or guessed_from_words(said, Language.SIMPLIFIED))),)


def _question(consents: Consents | None, push: Push, arrival: Arrival, public_url: str, beside: str) -> str:
    if consents is None or not consents.template:
        return ""
    back_to = f"{public_url}{CONSENT_PATH}"
    return consents.question(push.sender, arrival.external_id, back_to, beside=beside)


def _answer(
    envelope: Envelope,
    push: Push,
    replies: Sequence[Reply],
    at: datetime,
    asked: Callable[[str], str] = lambda _: "",
) -> Response:
    said = messages(replies)
    if len(said) > 1:
        log.error("more replies than an answer can hold were not left for later")
    if not said:  # what tells WeChat that nothing is to be shown and nothing pushed again
        return PlainTextResponse("success")
    text = said[0].text
    if any(reply.wants == "notice" for reply in replies) and (question := asked(text)):
        longer = f"{text}\n\n{question}"
        text = longer if size(longer) <= MOST_BYTES else text
    return Response(envelope.wrap(push, text, at), media_type="application/xml")


def _is_nobody_left(push: Push, at: datetime, now_at: datetime) -> bool:
    """Whether WeChat has hung up on this try, and on the last one too."""
    return now_at - at >= HANGS_UP and now_at - acted_at(push, at) >= GIVEN_UP


def _start(work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    """Begins work whose fault is noted even where nobody waits for it any more."""
    task = asyncio.ensure_future(work)
    task.add_done_callback(_note_fault)
    return task


def _went_through(work: "asyncio.Task[Any] | None") -> bool:
    return work is not None and work.done() and not work.cancelled() and work.exception() is None


def _note_fault(work: "asyncio.Task[Any]") -> None:
    if not work.cancelled() and (fault := work.exception()) is not None:
        log.error("a push was not taken in; WeChat pushes it again", exc_info=fault)
