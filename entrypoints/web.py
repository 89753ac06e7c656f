"""The web application: every channel's door, the officers' panel, and the operator's three addresses."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin import panel
from bot.bodies import BodyTooLarge
from bot.channels import ChannelName
from bot.contacts import MadeByAnother
from bot.webchat import door as webchat
from bot.webchat.words import DATABASE_AWAY, MISSHAPEN, TOO_LARGE, read_by
from entrypoints import metrics
from entrypoints.desk import Desk
from entrypoints.models import following
from entrypoints.readiness import Readiness
from entrypoints.worker import working
from foundation.errors import Refusal
from foundation.settings import Settings
from foundation.statements import ConnectionLost

log = logging.getLogger(__name__)

LARGEST_BODY = 24 * 1024 * 1024
"""Bytes; a photo of 10 MB with its form, and room. The doors of the platforms set narrower limits of their own."""

_DATABASE_AWAY = (OperationalError, InterfaceError, NoConnection, ConnectionLost, MadeByAnother)
"""What is raised while the database is away, or so busy that it is as good as away. Whoever asked asks again."""


def build_app(settings: Settings, desk: Desk) -> FastAPI:
    """The application at an open desk, which is closed when it stops. Raises SettingWrong for a channel's setting."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(desk.close)
            app.state.desk = desk
            await stack.enter_async_context(following(desk))
            if settings.worker_embedded:
                await stack.enter_async_context(working(desk, settings))
            yield

    app = FastAPI(
        title="前哨 Qianshao",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        redirect_slashes=False,  # such a redirect repeats whatever Host the caller claimed
    )
    app.add_middleware(BodyLimit, most=LARGEST_BODY)
    app.add_middleware(metrics.Observe)

    _open_doors(app, desk)

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:
        return JSONResponse({"code": refusal.code, "detail": str(refusal)}, status_code=409)

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, fault: RequestValidationError) -> Response:
        # The default repeats what was sent: a citizen's words, or a number that JSON cannot hold.
        language = read_by(request.headers.get("accept-language", ""))
        return JSONResponse({"detail": MISSHAPEN.spoken(language)}, status_code=422)

    async def away(request: Request, fault: Exception) -> Response:
        log.error("no answer for %s: %r", request.url.path, fault)
        language = read_by(request.headers.get("accept-language", ""))
        return JSONResponse(
            {"detail": DATABASE_AWAY.spoken(language)}, status_code=503, headers={"Retry-After": "5"}
        )

    for kind in _DATABASE_AWAY:
        app.add_exception_handler(kind, away)

    @app.get("/", include_in_schema=False)
    async def home() -> Response:
        return RedirectResponse("/chat")

    @app.get("/admin", include_in_schema=False)
    async def panel_without_its_slash() -> Response:
        return RedirectResponse("/admin/")

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    readiness = Readiness()

    @app.get("/readyz")
    async def readyz(request: Request) -> Response:
        """The database and the blob store answer too."""
        faults = await readiness.faults(request.app.state.desk, time.monotonic())
        return JSONResponse({"ready": not faults, "faults": faults}, status_code=503 if faults else 200)

    @app.get("/metrics")
    async def show_metrics(request: Request) -> Response:
        """Prometheus text."""
        desk: Desk = request.app.state.desk
        async with desk.reading() as session:
            body = await metrics.exposition(session)
        return Response(body, media_type=metrics.CONTENT_TYPE)

    return app


def _open_doors(app: FastAPI, desk: Desk) -> None:
    app.include_router(webchat.build_door(desk))
    app.include_router(panel.build_panel())
    if desk.settings.wechat.receives:
        from bot.wechat import door as wechat
        from bot.wechat.consents import Consents
        from bot.wechat.late import LatePushes

        account = desk.settings.wechat
        late = LatePushes(desk) if account.sends else None
        app.include_router(
            wechat.build_door(
                desk.inbox,
                account,
                late=late,
                consents=Consents(desk, account) if account.sends else None,
                public_url=desk.settings.public_url,
            )
        )
    # Without a secret the door still stands, and refuses everybody.
    if desk.settings.telegram.sends:
        from bot.telegram import door as telegram
        from bot.telegram.channel import TelegramChannel

        channel = desk.channels[ChannelName.telegram]
        assert isinstance(channel, TelegramChannel)
        app.include_router(telegram.build_door(desk.inbox, desk.settings.telegram, channel))


_DOORS_WITH_LIMITS_OF_THEIR_OWN = frozenset({"/wechat"})
"""They read no further than a fraction of the general limit, and answer in their platform's way."""


def _too_large(scope: Scope) -> JSONResponse:
    language = read_by(Headers(scope=scope).get("accept-language", ""))
    return JSONResponse({"detail": TOO_LARGE.spoken(language)}, status_code=413)


class BodyLimit:
    """Refuses a request whose declared or actual body is larger than `most` bytes."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if scope["path"] in _DOORS_WITH_LIMITS_OF_THEIR_OWN:
            await self._app(scope, receive, send)
            return
        if not declared.isdigit() or int(declared) > self._most:
            await _too_large(scope)(scope, receive, send)
            return
        seen, answered = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise BodyTooLarge(limit=self._most)
            return message

        async def once(message: Message) -> None:
            # Whoever was reading the body has its own idea of what to answer; the size is the reason.
            nonlocal answered
            if seen <= self._most:
                await send(message)
            elif not answered:
                answered = True
                await _too_large(scope)(scope, receive, send)

        await self._app(scope, counted, once)
