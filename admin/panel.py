"""The officers' panel: one router under /admin with every task's pages and the files they are drawn with."""

from typing import Final

from fastapi import APIRouter, Response

from admin.pages import audit, decisions, evidence, help_desk, queue, rewards, signing_in, tip
from admin.rendering import STATIC
from admin.route import PageUnknown, PanelRoute

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def build_panel() -> APIRouter:
    """Everything under /admin. It finds its desk in `request.app.state.desk` (see admin.desk.PanelDesk)."""
    panel = APIRouter(prefix="/admin", route_class=PanelRoute, include_in_schema=False)
    for task in (signing_in, queue, tip, evidence, decisions, rewards, help_desk, audit):
        panel.include_router(task.router)

    @panel.get("/static/{name}")
    async def static_file(name: str) -> Response:
        path = STATIC / name
        # One flat folder of known files: no name can lead out of it.
        if path.suffix not in _TYPES or path.parent != STATIC or not path.is_file():
            raise PageUnknown
        return Response(
            path.read_bytes(),
            media_type=_TYPES[path.suffix],
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    @panel.api_route("/{rest:path}", methods=["GET", "POST"])
    async def unknown(rest: str) -> Response:
        raise PageUnknown

    return panel
