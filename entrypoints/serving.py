"""The `serve` command: one uvicorn process."""

import uvicorn
import uvloop

from entrypoints.desk import open_desk
from entrypoints.web import build_app
from foundation.settings import Settings


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serves until told to stop. What cannot start is refused with a sentence before anything listens."""
    uvloop.run(_serve(settings, host, port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    desk = await open_desk(settings)
    config = uvicorn.Config(
        build_app(settings, desk),
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
    await uvicorn.Server(config).serve()
