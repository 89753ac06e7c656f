"""`/wechat`: the address that WeChat pushes to."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.background import BackgroundTask

from bot.bodies import BodyCutShort, BodyTooLarge, read_body
from bot.channels import Arrival, Channel, FrontDesk, Taken, TryLater, Unreachable, WindowClosed
from bot.wechat.arrivals import arrival_of
from bot.wechat.channel import WeChatChannel
from bot.wechat.elements import Malformed
from bot.wechat.envelope import Envelope, NotFromWeChat, Push
from bot.wechat.texts import messages
from foundation.clock import now
from foundation.settings import WeChatSettings

log = logging.getLogger(__name__)

MOST_BODY_BYTES = 64 * 1024
PATIENCE_SECONDS = 3.5
"""WeChat closes the connection after five seconds; the rest is for the way there and back."""

FollowUp = Callable[[Arrival, Taken], Awaitable[None]]
"""Gets replies to the person that came too late for the answer to the call."""

_BACK_OFF_SECONDS = (1.0, 2.0, 4.0)


def build_door(
    desk: FrontDesk,
    settings: WeChatSettings,
    channel: Channel | None = None,
    *,
    follow_up: FollowUp | None = None,
    clock: Callable[[], datetime] = now,
    patience: float = PATIENCE_SECONDS,
) -> APIRouter:
    """The routes of the URL check and of the pushes.

    Without `follow_up` a late reply is sent as a customer message through `channel` (or one of the door's
    own, which ends with the app). Where the account cannot send at all, the door waits on instead: WeChat
    then pushes the message again and finds the stored reply.
    Raises SettingWrong for an EncodingAESKey that is none.
    """
    own = WeChatChannel(settings) if channel is None and follow_up is None and settings.sends else None
    if follow_up is None and (sending := channel or own) is not None and settings.sends:
        follow_up = _by_customer_message(sending)

    @asynccontextmanager
    async def _lifespan(_app: object) -> AsyncIterator[None]:
        yield
        if own is not None:
            await own.close()

    door = APIRouter(include_in_schema=False, lifespan=_lifespan)
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
        if arrival is None:
            return _success()
        taking = asyncio.ensure_future(desk.take_in(arrival))
        # `wait` leaves the work running when time is up, and when WeChat hangs up.
        await asyncio.wait({taking}, timeout=None if follow_up is None else patience)
        if not taking.done() and follow_up is not None:
            return _success(BackgroundTask(_finish_late, desk, arrival, taking, follow_up))
        return _answer(envelope, push, taking.result(), at)

    def _answer(envelope: Envelope, push: Push, taken: Taken, at: datetime) -> Response:
        said = messages(taken.replies)
        if len(said) > 1:
            log.error("more replies than an answer can hold were not left for later")
        if not said:
            return _success()
        return Response(envelope.wrap(push, said[0], at), media_type="application/xml")

    return door


def _success(background: BackgroundTask | None = None) -> Response:
    """What tells WeChat that nothing is to be shown and nothing pushed again."""
    return PlainTextResponse("success", background=background)


async def _finish_late(
    desk: FrontDesk, arrival: Arrival, taking: "asyncio.Future[Taken]", follow_up: FollowUp
) -> None:
    """WeChat has been told “success” and will not push again, so whatever fails is tried again from here."""
    for seconds in (*_BACK_OFF_SECONDS, None):
        try:
            taken = await taking
            break
        except Exception:
            log.exception("a message was taken in neither in time nor later", extra={"last": seconds is None})
            if seconds is None:
                return
            await asyncio.sleep(seconds)
            taking = asyncio.ensure_future(desk.take_in(arrival))
    if taken.replies:
        await follow_up(arrival, taken)


def _by_customer_message(channel: Channel) -> FollowUp:
    async def send(arrival: Arrival, taken: Taken) -> None:
        for seconds in (*_BACK_OFF_SECONDS, None):
            try:
                await channel.send(arrival.address, taken.replies, key=f"late:{arrival.external_id}")
                return
            except (Unreachable, WindowClosed) as refusal:
                log.warning("a late reply cannot be sent", extra={"reason": str(refusal)})
                return
            except TryLater as fault:
                if seconds is None:
                    log.error("a late reply was not sent", extra={"reason": str(fault)})
                    return
                await asyncio.sleep(max(seconds, fault.seconds or 0))

    return send
