"""The `serve` command: one uvicorn process."""

import uvicorn

from entrypoints.keys import master_keys
from entrypoints.web import build_app
from foundation.settings import Settings


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serves until told to stop. Refuses at once, with a sentence, what could never start."""
    master_keys(settings)
    uvicorn.run(
        build_app(settings),
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,  # an address can hold a receipt or a token; /metrics counts requests instead
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=10,
    )
