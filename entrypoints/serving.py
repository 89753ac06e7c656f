"""The `serve` command: one uvicorn process."""

import socket

import uvicorn
import uvloop
from fastapi import FastAPI

from entrypoints.desk import open_desk
from entrypoints.memory import settle_memory
from entrypoints.web import build_app
from foundation.errors import Refusal
from foundation.settings import Settings


class AddressTaken(Refusal):
    """Nothing can listen on {host}, port {port}: {reason}."""


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serves until told to stop. What cannot start is refused with a sentence before anything listens."""
    uvloop.run(_serve(settings, host, port))


class _Server(uvicorn.Server):
    """Tells pages that wait for news that there will be none, so that stopping waits for work and not for them."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        if isinstance(app, FastAPI):
            app.state.closing = True
        await super().shutdown(sockets)


def _refuse_taken_address(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise AddressTaken(host=host, port=port, reason=fault.strerror or str(fault)) from None


async def _serve(settings: Settings, host: str, port: int) -> None:
    _refuse_taken_address(host, port)
    desk = await open_desk(settings)
    try:
        app = build_app(settings, desk)
    except BaseException:
        await desk.close()
        raise
    settle_memory()
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        log_config=None,
        access_log=False,  # an address can hold a receipt or a token; /metrics counts requests instead
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=10,
    )
    await _Server(config).serve()
