"""What `/metrics` shows: requests as they are answered, and how many tips and messages stand where."""

import time

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.tables import InboxMessage, OutboxMessage
from bot.wechat.tables import WeChatFault
from foundation.clock import now
from reports import evidence
from reports.tables import Evidence, Tip

CONTENT_TYPE = CONTENT_TYPE_LATEST

_registry = CollectorRegistry()
_requests = Counter(
    "qianshao_http_requests_total", "Requests answered.", ["method", "route", "status"], registry=_registry
)
_seconds = Histogram(
    "qianshao_http_request_seconds",
    "Seconds until the answer was ready.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 3.5, 5, 30),
    registry=_registry,
)
_standing = {
    "tips": Gauge("qianshao_tips", "Tips by state.", ["state"], registry=_registry),
    "evidence": Gauge("qianshao_evidence", "Files by state.", ["state"], registry=_registry),
    "outbox": Gauge("qianshao_outbox_messages", "Outgoing messages by state.", ["state"], registry=_registry),
}
_wechat_faults = Gauge(
    "qianshao_wechat_faults",
    "What only the operator can mend: capabilities that the account lacks, and faults of the account.",
    ["part", "errcode"],
    registry=_registry,
)
_media_overdue = Gauge(
    "qianshao_media_overdue",
    "Files that have been waiting on their platform for more than a day and will be lost after three.",
    registry=_registry,
)
_received = Gauge("qianshao_inbox_messages", "Messages received by channel.", ["channel"], registry=_registry)


class Observe:
    """Times every answer under its route's pattern, never under the address itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and notes how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            _requests.labels(scope["method"], route, str(status)).inc()
            _seconds.labels(route).observe(time.perf_counter() - began)


async def exposition(session: AsyncSession) -> bytes:
    """The whole exposition; the counts come fresh from the database."""
    for name, column in (("tips", Tip.state), ("evidence", Evidence.state), ("outbox", OutboxMessage.state)):
        gauge = _standing[name]
        gauge.clear()
        for state, count in (
            await session.execute(select(col(column), func.count()).group_by(col(column)))
        ).all():
            gauge.labels(state).set(count)
    _wechat_faults.clear()
    for fault in (await session.exec(select_rows(WeChatFault))).all():
        _wechat_faults.labels(fault.part, str(fault.errcode)).set(1)
    _media_overdue.set(await evidence.count_overdue(session, now()))
    _received.clear()
    by_channel = await session.execute(
        select(col(InboxMessage.channel), func.count()).group_by(col(InboxMessage.channel))
    )
    for channel, count in by_channel.all():
        _received.labels(channel).set(count)
    return generate_latest(_registry)
