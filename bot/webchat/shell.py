"""The shell of the web chat: the page, its files, and what installs it on a phone or puts it into another site.

Nothing here knows who is asking, but for the cookie that the page hands out; so a browser may keep all of it.
"""

import hashlib
import json
import mimetypes
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import APIRouter, Cookie, Header, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates

from bot.conversation.languages import Language
from bot.webchat.words import EMBED, PAGE, in_every_language, read_by, spoken
from foundation.settings import Settings

COOKIE = "qianshao_visitor"
COOKIE_DAYS = 180
LONGEST_TEXT = 2000

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_ROOT_SCRIPTS = ("service-worker.js", "embed.js")
"""Scripts with an address of their own: a browser ties what they may do to where they lie."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {framed_by}"
)
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"

THEME = "#12504b"
PAPER = "#eef1ef"


class ShellDesk(Protocol):
    """What the shell needs at hand."""

    settings: Settings


@cache
def version() -> str:
    """A digest of every file and sentence of the shell: a new one makes browsers fetch all of them anew, together."""
    digest = hashlib.sha256()
    for path in sorted([*STATIC.iterdir(), *(_HERE / "templates").iterdir()]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(json.dumps([in_every_language(PAGE), in_every_language(EMBED)]).encode())
    return digest.hexdigest()[:16]


def asset(name: str) -> str:
    """The address of a file; scripts find each other beside themselves, so one version serves them all."""
    return f"/chat/static/{version()}/{name}"


def build_shell(desk: ShellDesk) -> APIRouter:
    """The routes under /chat that hold nothing of anybody's."""
    router = APIRouter(prefix="/chat", tags=["webchat"])
    templates = Jinja2Templates(_HERE / "templates")

    @router.get("", response_class=HTMLResponse)
    async def page(
        request: Request,
        qianshao_visitor: Annotated[str, Cookie()] = "",
        embed: Annotated[str, Query()] = "",
        lang: Annotated[str, Query(max_length=20)] = "",
        accept_language: Annotated[str, Header()] = "",
    ) -> Response:
        """The page, in the language that is asked for or that the browser prefers; its script changes it to the
        conversation's own. Only as `?embed=1` may it stand in a frame, and only on the sites that the operator named."""
        language = read_by(lang or accept_language)
        origins = desk.settings.webchat.origins if embed == "1" else ()
        answer = templates.TemplateResponse(
            request,
            "chat.html",
            {
                "asset": asset, "is_demo": desk.settings.is_demo, "is_embedded": bool(origins),
                "longest": LONGEST_TEXT, "language": language.value, "say": spoken(PAGE, language),
                "sayings": in_every_language(PAGE), "theme": THEME,
            },
            headers={
                **HEADERS,
                "Content-Security-Policy": _POLICY.format(framed_by=" ".join(origins) or "'none'"),
                "Cache-Control": "no-store",
            },
        )  # fmt: skip
        # Given anew at each visit, so that whoever keeps coming keeps their thread past the cookie's days.
        token = qianshao_visitor if TOKEN.fullmatch(qianshao_visitor) else secrets.token_urlsafe(32)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_DAYS * 86_400,
            path="/chat",
            httponly=True,
            secure=desk.settings.is_https or bool(origins),
            samesite="none" if origins else "lax",
        )
        if origins:
            # In another site's page the cookie is one of that page alone: it cannot tie a person's visits to several
            # sites together. Written by hand: Python 3.11 does not know the attribute.
            answer.headers["set-cookie"] += "; Partitioned"
        return answer

    @router.get("/", include_in_schema=False)
    async def with_a_slash() -> Response:
        """Typed by hand. The address is relative: the Host header of a request is repeated nowhere."""
        return RedirectResponse("/chat")

    @router.get("/manifest.webmanifest")
    async def manifest(lang: Annotated[str, Query(max_length=20)] = "") -> Response:
        """What a phone needs to know to put the chat among its programs."""
        told = _manifest(read_by(lang))
        return _script(json.dumps(told, ensure_ascii=False), "application/manifest+json")

    @router.get("/service-worker.js")
    async def service_worker() -> Response:
        """What shows the shell without a network. It lies at the root of what it serves."""
        names = sorted(path.name for path in STATIC.iterdir() if path.name not in _ROOT_SCRIPTS)
        shell = ["/chat", *(asset(name) for name in names)]
        head = f"const VERSION = {json.dumps(version())};\nconst SHELL = {json.dumps(shell)};\n"
        answer = _script(head + _read("service-worker.js"), "text/javascript")
        answer.headers["Service-Worker-Allowed"] = "/chat"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
        return answer

    @router.get("/embed.js")
    async def embed_script() -> Response:
        """The one script by which another site shows the chat; there is none where no site may."""
        if not desk.settings.webchat.origins:
            raise HTTPException(404)
        words = f"const WORDS = {json.dumps(in_every_language(EMBED), ensure_ascii=False)};\n"
        answer = _script(f"(() => {{\n{words}{_read('embed.js')}}})();\n", "text/javascript")
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    @router.get("/static/{of_version}/{name}")
    async def static_file(of_version: str, name: str) -> Response:
        """A file of the shell. Whoever asks for another version gets today's, and is told not to keep it."""
        path = STATIC / name
        # One flat folder of known files: no name can lead out of it.
        if path.parent != STATIC or name in _ROOT_SCRIPTS or not path.is_file():
            raise HTTPException(404)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept = _FOR_GOOD if of_version == version() else _ASK_AGAIN
        return Response(path.read_bytes(), media_type=media_type, headers={**HEADERS, "Cache-Control": kept})

    return router


def _read(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


def _script(text: str, media_type: str) -> Response:
    return Response(text, media_type=media_type, headers={**HEADERS, "Cache-Control": _ASK_AGAIN})


def _manifest(language: Language) -> dict[str, object]:
    say = spoken(PAGE, language)
    return {
        "id": "/chat", "start_url": "/chat", "scope": "/chat", "display": "standalone", "orientation": "any",
        "name": say["name"], "short_name": say["short_name"], "description": say["description"], "lang": language.value,
        "dir": "ltr",
        "theme_color": THEME, "background_color": PAPER, "categories": ["government", "finance", "utilities"],
        "icons": [
            {"src": asset("icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
            {"src": asset("icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {"src": asset("icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
            {"src": asset("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
    }  # fmt: skip
