"""Signing in, the forced change of password, signing out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from admin.desk import DeskHere, Now, PanelDesk
from admin.door import (
    SIGN_IN,
    SIGN_OUT,
    Here,
    csrf_of,
    door_cookie,
    drop_cookie,
    new_door_token,
    officer_cookie,
    open_session,
    set_cookie,
)
from admin.rendering import page
from admin.route import PanelRoute
from foundation.errors import Refusal
from moderation import officers, signing_in
from moderation.lockout import LockedOut
from moderation.officers import MIN_PASSWORD, May, PasswordTooWeak, may
from moderation.signing_in import Present
from moderation.tables import Officer

router = APIRouter(route_class=PanelRoute)


class NewPasswordsDiffer(Refusal):
    """两次输入的新密码不一致。"""


def home_of(officer: Officer) -> str:
    """Where an officer's work begins."""
    if may(officer, May.see_tips):
        return "/admin/queue"
    return "/admin/rewards" if may(officer, May.see_rewards) else "/admin/audit"


def _safe_way(wanted: str, otherwise: str) -> str:
    """Only a path of the panel itself: a link must not send an officer to a copy of it elsewhere."""
    plain = wanted.startswith("/admin/") and "\\" not in wanted and wanted.isprintable()
    return wanted if plain and not wanted.startswith((SIGN_IN, SIGN_OUT)) else otherwise


@router.get("/")
async def home(visitor: Here) -> Response:
    return RedirectResponse(home_of(visitor.officer), status_code=303)


@router.get("/sign-in")
async def show_sign_in(request: Request, desk: DeskHere, next: str = "") -> Response:
    return _sign_in_page(request, desk, next_page=next)


def _sign_in_page(
    request: Request,
    desk: PanelDesk,
    *,
    next_page: str,
    login: str = "",
    message: str = "",
    status: int = 200,
) -> Response:
    cookie = request.cookies.get(door_cookie(desk.settings)) or new_door_token()
    response = page(
        request,
        "signing_in/sign_in.html",
        csrf=csrf_of(cookie),
        status=status,
        login=login,
        message=message,
        next_page=next_page,
        is_demo=desk.settings.is_demo,
    )
    set_cookie(response, desk.settings, door_cookie(desk.settings), cookie)
    return response


@router.post("/sign-in")
async def sign_in(
    request: Request,
    desk: DeskHere,
    at: Now,
    login: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=400)] = "",
    next: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    try:
        address = request.client.host if request.client is not None else ""
        signed_in = await signing_in.sign_in(desk, login, password, at, address=address)
    except Refusal as refusal:
        status = 429 if isinstance(refusal, LockedOut) else 401
        return _sign_in_page(request, desk, next_page=next, login=login, message=str(refusal), status=status)
    response = RedirectResponse(_safe_way(next, home_of(signed_in.officer)), status_code=303)
    open_session(response, desk.settings, signed_in.token)
    drop_cookie(response, desk.settings, door_cookie(desk.settings))
    return response


@router.get("/password")
async def show_password(request: Request, visitor: Here) -> Response:
    return page(
        request,
        "signing_in/password.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        message="",
        least=MIN_PASSWORD,
    )


@router.post("/password")
async def change_password(
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    current: Annotated[str, Form(max_length=400)] = "",
    new: Annotated[str, Form(max_length=400)] = "",
    again: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    try:
        if new != again:
            raise NewPasswordsDiffer
        change = await officers.weigh_change(visitor.officer, current=current, new=new)
        async with desk.transaction() as session:
            officer = await officers.change_password(
                session, change, at=at, keep_token_hash=visitor.token_hash
            )
            # A token that was about while a one-time password still worked is not carried on.
            token = await signing_in.renew(session, Present(officer, visitor.token_hash, stale=False), at)
    except (NewPasswordsDiffer, PasswordTooWeak, officers.PasswordWrong) as refusal:
        return page(
            request,
            "signing_in/password.html",
            officer=visitor.officer,
            csrf=visitor.csrf,
            status=422,
            message=str(refusal),
            least=MIN_PASSWORD,
        )
    response = RedirectResponse(home_of(officer), status_code=303)
    open_session(response, desk.settings, token)
    return response


@router.post("/sign-out")
async def sign_out(desk: DeskHere, visitor: Here, at: Now) -> Response:
    async with desk.transaction() as session:
        await signing_in.sign_out(session, visitor.token_hash, at)
    response = RedirectResponse(SIGN_IN, status_code=303)
    drop_cookie(response, desk.settings, officer_cookie(desk.settings))
    return response
