"""The web chat's door: the small API that the page at /chat speaks to."""

import asyncio
import hashlib
import re
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Cookie, File, Form, Header, HTTPException, Query, Request, Response, UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import Arrival, ChannelName, FrontDesk, KeptMedia
from bot.conversation.languages import Language
from bot.conversation.messages import Arrived, Chose, Incoming, MediaRefused, Said
from bot.conversation.replies import Reply
from bot.conversation.state import Style
from bot.own_words import OwnWords
from bot.webchat import thread
from bot.webchat.pace import Gate, Pace
from bot.webchat.privacy import build_privacy
from bot.webchat.shell import LONGEST_TEXT, TOKEN, build_shell
from bot.webchat.thread import OwnLine
from bot.webchat.words import FROM_THE_PAGE, NOTHING_IN_IT, OPEN_ANEW, PAGE, TOO_FAST, read_by
from foundation.blobs import BlobMissing, Blobs
from foundation.clock import now
from foundation.ids import new_id
from foundation.settings import Settings
from foundation.statements import AtOnce, Write
from foundation.texts import storable
from knowledge.pictures.errors import PictureRefused
from knowledge.pictures.opening import DEFAULT_LIMITS, inspect
from moderation import enclosures
from moderation.enclosures import EnclosureUnknown
from reports import evidence, sealing
from reports.evidence import EvidenceUnknown
from reports.sealing import EvidenceNotKept
from reports.vault import Vault

LONGEST_WAIT_SECONDS = 25.0
LOOK_AGAIN_SECONDS = 0.7

_MESSAGE_ID = r"^[A-Za-z0-9-]{8,64}$"
_PICTURE_ID = re.compile(r"(?:evi|enc)_[0-9a-z]{26}")
_LAST_SEQ = 2**31 - 1
"""The largest number that both databases take for a line."""


class WebchatDoorDesk(Protocol):
    """What the door needs at hand."""

    settings: Settings
    vault: Vault
    blobs: Blobs
    inbox: FrontDesk
    at_once: AtOnce

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


Storable = Annotated[str, BeforeValidator(lambda value: storable(value) if isinstance(value, str) else value)]


class Message(BaseModel):
    """What the page sends: `text`, or the id of the option that was pressed with its label."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=_MESSAGE_ID)
    text: Storable = Field("", max_length=LONGEST_TEXT)
    choice: Storable = Field("", max_length=64)
    label: Storable = Field("", max_length=100)
    start: bool = False
    after: int = Field(0, ge=0, le=_LAST_SEQ)


def address_of(token: str) -> str:
    """The contact's address behind a visitor's cookie. The cookie itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def build_door(desk: WebchatDoorDesk) -> APIRouter:
    """The routes under /chat."""
    router = APIRouter(prefix="/chat", tags=["webchat"])
    sending = Gate(Pace(burst=30, per_second=1.0), Pace(burst=300, per_second=10.0))
    # A page that waits asks three times a minute, and once for each photo of a long thread when it opens; a village
    # behind one address has many such pages.
    looking = Gate(Pace(burst=250, per_second=2.0), Pace(burst=2500, per_second=40.0))

    @router.get("/api/thread")
    async def get_thread(
        request: Request,
        after: Annotated[int, Query(ge=0, le=_LAST_SEQ)] = 0,
        wait: Annotated[float, Query(allow_inf_nan=False)] = 0.0,
        qianshao_visitor: Annotated[str, Cookie()] = "",
    ) -> dict[str, Any]:
        token = _visitor(qianshao_visitor, request)
        _keep_pace(looking, request, token)
        until = time.monotonic() + min(max(wait, 0.0), LONGEST_WAIT_SECONDS)
        while True:
            lines, is_big, language = await _thread(desk, token, after)
            if lines or time.monotonic() >= until or await _nobody_waits(request):
                return {"lines": lines, "big": is_big, "language": language}
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    @router.post("/api/messages")
    async def send_message(
        request: Request,
        message: Message,
        qianshao_visitor: Annotated[str, Cookie()] = "",
        x_qianshao: Annotated[str, Header()] = "",
        accept_language: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        token = _visitor(qianshao_visitor, request)
        _own_page(request, x_qianshao, desk.settings)
        _keep_pace(sending, request, token)
        incoming: Incoming
        own: OwnLine | None
        if message.start:
            incoming, own = Arrived("start"), None
        elif message.choice:
            incoming, own = Chose(message.choice), OwnLine(text=message.label or message.choice)
        elif message.text.strip():
            incoming, own = Said(message.text), OwnLine(text=message.text)
        else:
            raise _refusal(422, NOTHING_IN_IT, request)
        raw = message.model_dump_json().encode()
        lines = await _take(
            desk, token, message.id, message.after, incoming, own, raw=raw, speaks=accept_language[:200]
        )
        return {"lines": lines}

    @router.post("/api/photos")
    async def send_photo(
        request: Request,
        id: Annotated[str, Form(pattern=_MESSAGE_ID)],
        photo: Annotated[UploadFile, File()],
        after: Annotated[int, Form(ge=0, le=_LAST_SEQ)] = 0,
        qianshao_visitor: Annotated[str, Cookie()] = "",
        x_qianshao: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        token = _visitor(qianshao_visitor, request)
        _own_page(request, x_qianshao, desk.settings)
        _keep_pace(sending, request, token)
        # One byte more than is taken, so that “too large” is said by the one who knows the limit.
        data = await photo.read(DEFAULT_LIMITS.max_bytes + 1)
        try:
            facts = await asyncio.to_thread(inspect, data)
        except PictureRefused as refused:
            incoming, own = (
                MediaRefused(refused.reason),
                OwnLine(text=PAGE["photo"].spoken(_language(request))),
            )
            return {"lines": await _take(desk, token, id, after, incoming, own, raw=id.encode())}
        evidence_id = new_id("evi")
        kept = KeptMedia(
            evidence_id=evidence_id,
            kind="picture",
            sealed=await sealing.seal_into(desk.blobs, desk.vault.masters, evidence_id, data),
            media_type=facts.media_type.value,
            size=len(data),
            width=facts.width,
            height=facts.height,
        )
        own = OwnLine(pictures=(evidence_id,))
        return {"lines": await _take(desk, token, id, after, None, own, raw=id.encode(), kept=(kept,))}

    @router.get("/api/pictures/{picture_id}")
    async def get_picture(
        request: Request, picture_id: str, qianshao_visitor: Annotated[str, Cookie()] = ""
    ) -> Response:
        """A picture of this very person's chat: one that they sent, or one that an officer sent to them."""
        token = _visitor(qianshao_visitor, request)
        _keep_pace(looking, request, token)
        try:
            data = await _picture(desk, address_of(token), picture_id)
        except (EvidenceUnknown, EvidenceNotKept, EnclosureUnknown, BlobMissing):
            raise HTTPException(404) from None
        return Response(data, media_type="image/jpeg", headers={"Cache-Control": "private, no-store"})

    whole = APIRouter()
    whole.include_router(build_shell(desk))
    whole.include_router(build_privacy())
    whole.include_router(router)
    return whole


async def _picture(desk: WebchatDoorDesk, address: str, picture_id: str) -> bytes:
    """The JPEG with this id. Raises EvidenceUnknown, EvidenceNotKept, EnclosureUnknown or BlobMissing: also for what is
    somebody else's.
    """
    if not _PICTURE_ID.fullmatch(picture_id):
        raise EvidenceUnknown
    async with desk.reading() as session:
        known = await contacts.find(session, desk.vault, channel=ChannelName.webchat.value, address=address)
        own = picture_id.startswith("evi_")
        sent = await evidence.find(session, picture_id) if own else None
        got = None if own else await enclosures.find(session, picture_id)
    if sent is not None and known is not None and sent.reporter_id == known.reporter_id:
        return await sealing.displayed(desk.blobs, desk.vault.masters, sent)
    if got is not None and known is not None and got.reporter_id == known.reporter_id:
        return await enclosures.shown(desk.blobs, desk.vault.masters, got)
    raise EvidenceUnknown


async def _nobody_waits(request: Request) -> bool:
    return getattr(request.app.state, "closing", False) or await request.is_disconnected()


def _keep_pace(gate: Gate, request: Request, token: str) -> None:
    address = request.client.host if request.client is not None else ""
    if not gate.allows(token, address, time.monotonic()):
        raise _refusal(429, TOO_FAST, request)


def _language(request: Request) -> Language:
    """What the page is in: its script says so with every request."""
    return read_by(request.headers.get("accept-language", ""))


def _refusal(status: int, words: OwnWords, request: Request) -> HTTPException:
    return HTTPException(status, words.spoken(_language(request)))


def _visitor(token: str, request: Request) -> str:
    if not TOKEN.fullmatch(token):
        raise _refusal(401, OPEN_ANEW, request)
    return token


def _own_page(request: Request, header: str, settings: Settings) -> None:
    # The custom header cannot be sent from another site without a preflight, which we never answer.
    origin = request.headers.get("origin")
    if header != "1" or (origin is not None and origin.split("://")[-1] != request.headers.get("host")):
        raise _refusal(403, FROM_THE_PAGE, request)


async def _take(
    desk: WebchatDoorDesk,
    token: str,
    message_id: str,
    after: int,
    incoming: Incoming | None,
    own: OwnLine | None,
    *,
    raw: bytes,
    kept: tuple[KeptMedia, ...] = (),
    speaks: str = "",
) -> list[dict[str, Any]]:
    at = now()
    address = address_of(token)
    external_id = f"{address[:16]}:{message_id}"

    whose: list[tuple[str, bytes]] = []

    def lines_of(contact_id: str, key: bytes, replies: Sequence[Reply]) -> list[Write]:
        whose[:] = [(contact_id, key)]
        return thread.lines_of(contact_id, key, own, replies, cause=f"{contact_id}:{message_id}", at=at)

    taken = await desk.inbox.take_in(
        Arrival(
            channel=ChannelName.webchat,
            external_id=external_id,
            address=address,
            raw=raw,
            incoming=incoming,
            received_at=at,
            kept=kept,
            beside=lines_of,
            speaks=speaks,
        )
    )
    if not taken.fresh:
        for media in kept:  # a second delivery: the first one's file is the one that counts
            await desk.blobs.delete(media.sealed[0])
        return (await _thread(desk, token, after))[0]
    # Read back from the thread: what else was written since the page last looked is there too.
    return await thread.lines_after(desk.at_once, *whose[0], after)


async def _thread(desk: WebchatDoorDesk, token: str, after: int) -> tuple[list[dict[str, Any]], bool, str]:
    """The lines after `after`, whether they are to be shown in large letters (whoever asks for 大字版 in words means the
    page too), and the language that the person is spoken to in; empty where nobody has spoken yet."""
    known = await contacts.look_up(
        desk.at_once, desk.vault, channel=ChannelName.webchat.value, address=address_of(token), message=""
    )
    if known is None:
        return [], False, ""
    lines = await thread.lines_after(desk.at_once, known.contact_id, known.key, after)
    return lines, known.state.style is Style.BIG, known.state.language.value
