"""What every page of the panel has in common: the form check, the headers, and refusals as pages."""

import logging
import re
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from admin.desk import desk_of
from admin.door import (
    CHANGE_PASSWORD,
    SIGN_IN,
    FormNotOurs,
    FormTooLarge,
    PasswordChangeNeeded,
    SignInNeeded,
    check_form,
)
from admin.rendering import page
from foundation.errors import Refusal
from moderation.enclosures import EnclosureUnknown
from moderation.help_desk import HelpUnknown
from moderation.officers import NotAllowed
from moderation.queue import TipUnknown
from reports.evidence import EvidenceUnknown
from reports.sealing import EvidenceNotKept

log = logging.getLogger(__name__)

LARGEST_FORM = 64 * 1024
"""Bytes; the longest form is a reason of 1,000 and an answer of 500 characters, percent-encoded."""

LARGEST_WITH_PICTURE = 11 * 1024 * 1024
"""Bytes; an answer to a citizen with a picture of 10 MB."""
_WITH_PICTURE = re.compile(r"/admin/help/[^/]+/answer")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Robots-Tag": "noindex, nofollow",
}

_STATUS: dict[type[Refusal], int] = {
    NotAllowed: 403,
    FormNotOurs: 403,
    FormTooLarge: 413,
    TipUnknown: 404,
    HelpUnknown: 404,
    EvidenceUnknown: 404,
    EnclosureUnknown: 404,
    EvidenceNotKept: 404,
}


class PageUnknown(Refusal):
    """没有这个页面。"""


class FormIncomplete(Refusal):
    """提交的内容不完整，请返回检查后再试。"""


_STATUS[PageUnknown] = 404
_STATUS[FormIncomplete] = 422


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal; 409 where it is a matter of the tip's own state."""
    return next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 409)


class PanelRoute(APIRoute):
    """A route whose POST is never run without the form token, and whose every answer carries the headers."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await _answer(request, inner)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return handle


async def _answer(request: Request, inner: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
    try:
        if any(
            "\0" in part
            for part in (request.url.path, *request.path_params.values(), *request.query_params.values())
        ):
            raise PageUnknown  # no row of ours can hold it, and PostgreSQL refuses the very question
        if request.method not in ("GET", "HEAD"):
            most = LARGEST_WITH_PICTURE if _WITH_PICTURE.fullmatch(request.url.path) else LARGEST_FORM
            await check_form(request, desk_of(request).settings, most_bytes=most)
            if any("\0" in value for value in (await request.form()).values() if isinstance(value, str)):
                raise FormIncomplete
        return await inner(request)
    except SignInNeeded:
        return _go(request, SIGN_IN, remember=True)
    except PasswordChangeNeeded:
        return _go(request, CHANGE_PASSWORD)
    except (RequestValidationError, HTTPException):  # a form of the wrong shape, or not readable as one
        return refusal_page(request, FormIncomplete())
    except Refusal as refusal:
        return refusal_page(request, refusal)


def _go(request: Request, where: str, *, remember: bool = False) -> Response:
    if remember and request.method == "GET":
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        where = f"{where}?{urlencode({'next': back})}"
    if "hx-request" in request.headers:
        # htmx would follow a redirect and put the sign-in page into the middle of the list.
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, status_code=303)


def refusal_page(request: Request, refusal: Refusal) -> Response:
    """A refusal as a page of its own, where no form could be shown again."""
    return page(request, "refusal.html", status=status_of(refusal), message=str(refusal))
