"""Who stands at the door: the cookie, the officer behind it, and the token that every form carries."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response, params

from admin.desk import DeskHere, Now
from foundation.crypto import keyed_hash
from foundation.errors import Refusal
from foundation.settings import Settings
from moderation import signing_in
from moderation.officers import May, require
from moderation.signing_in import ABSOLUTE
from moderation.tables import Officer

CSRF_FIELD = "csrf"
SIGN_IN = "/admin/sign-in"
CHANGE_PASSWORD = "/admin/password"  # noqa: S105, an address
SIGN_OUT = "/admin/sign-out"


class SignInNeeded(Refusal):
    """请先登录。"""


class PasswordChangeNeeded(Refusal):
    """请先修改一次性密码。"""


class FormNotOurs(Refusal):
    """页面已过期，请返回刷新后再提交。"""


class FormTooLarge(Refusal):
    """提交的内容太大。"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in officer, the session they came with, and the token for their forms."""

    officer: Officer
    token_hash: str
    csrf: str


def officer_cookie(settings: Settings) -> str:
    """The cookie's name. `__Host-` keeps a sister site from setting it; browsers demand https for it."""
    return "__Host-qianshao-officer" if settings.is_https else "qianshao-officer"


def door_cookie(settings: Settings) -> str:
    """The cookie of somebody not yet signed in, to bind the sign-in form to their browser."""
    return "__Host-qianshao-door" if settings.is_https else "qianshao-door"


def csrf_of(cookie: str) -> str:
    """The form token that belongs to a cookie: a foreign page can have the cookie sent but not know this."""
    return keyed_hash(cookie.encode(), "csrf", "officer-form")


def set_cookie(
    response: Response, settings: Settings, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Sets a cookie that no script reads and that foreign sites' forms do not carry."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=settings.is_https
    )


def open_session(response: Response, settings: Settings, token: str) -> None:
    """Hands the browser its session."""
    set_cookie(response, settings, officer_cookie(settings), token, seconds=int(ABSOLUTE.total_seconds()))


def drop_cookie(response: Response, settings: Settings, name: str) -> None:
    """Takes a cookie back, with the same attributes, without which a browser keeps a `__Host-` cookie."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=settings.is_https)


def new_door_token() -> str:
    """What the door cookie holds."""
    return secrets.token_urlsafe(24)


async def check_form(request: Request, settings: Settings, *, most_bytes: int) -> None:
    """Raises FormNotOurs unless the form carries its own browser's token; FormTooLarge before reading it."""
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > most_bytes:
        raise FormTooLarge
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FormNotOurs
    name = door_cookie(settings) if request.url.path == SIGN_IN else officer_cookie(settings)
    cookie = request.cookies.get(name, "")
    given = (await request.form()).get(CSRF_FIELD, "")
    if not cookie or not isinstance(given, str):
        raise FormNotOurs
    if not hmac.compare_digest(given.encode(), csrf_of(cookie).encode()):
        raise FormNotOurs


async def visitor_of(request: Request, desk: DeskHere, at: Now) -> Visitor:
    """The officer behind the request. Raises SignInNeeded, or PasswordChangeNeeded but where that is done."""
    token = request.cookies.get(officer_cookie(desk.settings), "")
    if not token:
        raise SignInNeeded
    async with desk.reading() as session:
        present = await signing_in.who(session, token, at)
    if present is None:
        raise SignInNeeded
    if present.stale:
        async with desk.transaction() as session:
            await signing_in.touch(session, present, at)
    if present.officer.must_change_password and request.url.path not in (CHANGE_PASSWORD, SIGN_OUT):
        raise PasswordChangeNeeded
    return Visitor(present.officer, present.token_hash, csrf_of(token))


Here = Annotated[Visitor, Depends(visitor_of)]


def allowed(act: May) -> params.Depends:
    """A route's dependency that lets in only officers whose role may do `act`."""

    def check(visitor: Here) -> None:
        require(visitor.officer, act)

    return params.Depends(check)
