"""`qianshao wechat …`: what an operator does with the Official Account."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation import logs
from foundation.errors import Refusal, SettingMissing
from foundation.settings import Settings, read_settings

wechat_app = typer.Typer(help="The WeChat Official Account.", no_args_is_help=True)
menu_app = typer.Typer(help="The account's menu.", no_args_is_help=True)
wechat_app.add_typer(menu_app, name="menu")

_SCENE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
LONGEST_DAYS: Final = 30
"""How long a temporary code works at most, as WeChat has it."""


class WeChatRefuses(Refusal):
    """WeChat refuses: {reason}."""


@menu_app.command("push")
def menu_push(
    file: Annotated[
        Path | None,
        typer.Option(help="A menu file; else QIANSHAO_WECHAT__MENU_FILE, else the one that ships."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Prints what would be sent.")] = False,
) -> None:
    """Gives the account its menu; phones show it within five minutes of the next visit."""
    from bot.wechat.menu import MENU_FILE, read_menu

    settings = _settings()
    menu = read_menu(file or Path(settings.wechat.menu_file or MENU_FILE))
    if dry_run:
        typer.echo(json.dumps(menu.as_wechat(), ensure_ascii=False, indent=2))
        return
    asyncio.run(_push_menu(settings, menu.as_wechat()))
    typer.echo(f"The menu is in place: {'、'.join(root.name for root in menu.root)}.")


@wechat_app.command("qr")
def qr(
    scene: Annotated[
        str, typer.Option(help="The place's code, such as village-07: letters, digits, - and _.")
    ],
    place: Annotated[str, typer.Option(help="The place's name as it stands on the poster.")],
    out: Annotated[Path, typer.Option(help="The picture to write: .png or .pdf, A6 at 300 dpi.")],
    days: Annotated[
        int, typer.Option(min=1, max=LONGEST_DAYS, help="For how many days the code works.")
    ] = LONGEST_DAYS,
    permanent: Annotated[
        bool, typer.Option("--permanent", help="Works for ever; an account may have 100,000 of these.")
    ] = False,
    font: Annotated[Path | None, typer.Option(help="A Chinese font file.")] = None,
    language: Annotated[str, typer.Option(help="What is written on it: zh-Hans, zh-Hant or en.")] = "zh-Hans",
) -> None:
    """Makes a poster with a code of its own; tips of whoever comes by it carry the place."""
    from bot.conversation.languages import Language
    from bot.wechat.poster import DPI, draw_poster

    if not _SCENE.fullmatch(scene):
        raise typer.BadParameter("a scene is of 1 to 64 letters, digits, - and _")
    if out.suffix.lower() not in (".png", ".pdf"):
        raise typer.BadParameter("the picture's name ends with .png or .pdf")
    if language not in set(Language):
        raise typer.BadParameter("the language is one of zh-Hans, zh-Hant and en")
    written = Language(language)
    settings = _settings()
    draw_poster(
        "http://code.example/", place, font=font, language=written
    )  # what cannot be drawn is told before WeChat is asked
    address = asyncio.run(_make_code(settings, scene, place, None if permanent else days * 86_400))
    poster = draw_poster(address, place, font=font, language=written)
    poster.save(out, resolution=DPI) if out.suffix.lower() == ".pdf" else poster.save(out, dpi=(DPI, DPI))
    lasts = "for ever" if permanent else f"for {days} days"
    typer.echo(f"{out}: scene {scene} at {place}; the code works {lasts}.")


@wechat_app.command("allow")
def allow(
    part: Annotated[str, typer.Argument(help="messages, options, notices, menu, qr or account.")],
) -> None:
    """Takes a fault off the list that `qianshao doctor` shows, so that it is tried again."""
    found = asyncio.run(_allow(_settings(), part))
    typer.echo(f"{part} is tried again." if found else f"{part} was not switched off.")


@dataclass
class _Desk:
    """What the account's client needs of a deployment."""

    settings: Settings

    async def open(self) -> None:
        from foundation.database import Database

        self._database = Database(self.settings.database_url)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self._database.writing() as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._database.reading() as session:
            yield session

    async def close(self) -> None:
        await self._database.close()


@asynccontextmanager
async def _desk(settings: Settings) -> AsyncIterator[_Desk]:
    desk = _Desk(settings)
    await desk.open()
    try:
        yield desk
    finally:
        await desk.close()


async def _post(desk: _Desk, path: str, message: dict[str, object], capability: str) -> dict[str, object]:
    """One call of the API. Raises WeChatRefuses, SettingMissing."""
    from bot.channels import TryLater, Unreachable, WindowClosed
    from bot.wechat.client import WeChatClient
    from bot.wechat.faults import NotOpenToAccount, OperatorMustAct, TextTooLong
    from bot.wechat.operating import Capability, Operating
    from bot.wechat.tokens import SharedToken

    account = desk.settings.wechat
    if not account.sends:
        missing = "APP_ID" if not account.app_id else "APP_SECRET"
        raise SettingMissing(what="The WeChat account", setting=f"QIANSHAO_WECHAT__{missing}")
    client = WeChatClient(account, shared=SharedToken(desk, account))
    operating = Operating(desk, account.app_id)
    said_here = logging.getLogger("bot.wechat")
    level = said_here.level
    said_here.setLevel(logging.CRITICAL)  # a refusal is the command's own last line
    try:
        answer = await client.post(path, message)
        await operating.allow(capability)
        return answer
    except NotOpenToAccount as fault:
        await operating.switch_off(Capability(capability), fault.errcode)
        raise WeChatRefuses(reason=fault) from None
    except OperatorMustAct as fault:
        await operating.tell(fault.errcode, fault.reason)
        raise WeChatRefuses(reason=fault) from None
    except TextTooLong:
        raise WeChatRefuses(reason="a text is too long") from None
    except (TryLater, Unreachable, WindowClosed) as fault:
        raise WeChatRefuses(reason=fault) from None
    finally:
        said_here.setLevel(level)
        await client.close()


async def _push_menu(settings: Settings, menu: dict[str, object]) -> None:
    async with _desk(settings) as desk:
        await _post(desk, "/cgi-bin/menu/create", menu, "menu")


async def _make_code(settings: Settings, scene: str, place: str, seconds: int | None) -> str:
    """The address that the code says; the scene's place is on record before anybody can scan it."""
    from foundation.clock import now
    from reports import scenes

    message: dict[str, object] = {
        "action_name": "QR_LIMIT_STR_SCENE" if seconds is None else "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    if seconds is not None:
        message["expire_seconds"] = seconds
    async with _desk(settings) as desk:
        answer = await _post(desk, "/cgi-bin/qrcode/create", message, "qr")
        address = answer.get("url")
        if not isinstance(address, str) or not address:
            raise WeChatRefuses(reason="it gave no code")
        async with desk.transaction() as session:
            await scenes.name(session, scene, place, now())
    return address


async def _allow(settings: Settings, part: str) -> bool:
    from bot.wechat.operating import Operating

    async with _desk(settings) as desk:
        return await Operating(desk, settings.wechat.app_id).allow(part)


def _settings() -> Settings:
    settings = read_settings()
    logs.configure(settings.log_level)
    return settings
