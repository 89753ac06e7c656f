"""The `qianshao telegram` commands: what an operator does once with a bot, and long polling for development."""

import asyncio
import contextlib
import json
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from foundation import logs
from foundation.errors import Refusal, SettingWrong
from foundation.settings import Settings, TelegramSettings, read_settings

if TYPE_CHECKING:  # it brings a heavy library with it
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.telegram.client import TelegramClient
    from foundation.database import Database
    from foundation.statements import AtOnce
    from reports.vault import Vault

log = logging.getLogger(__name__)

telegram_app = typer.Typer(help="The Telegram bot.", no_args_is_help=True)
webhook_app = typer.Typer(help="Where Telegram pushes to.", no_args_is_help=True)
commands_app = typer.Typer(help="The list of commands.", no_args_is_help=True)
telegram_app.add_typer(webhook_app, name="webhook")
telegram_app.add_typer(commands_app, name="commands")

_WAIT_SECONDS = 25
_AFTER_FAULT_SECONDS = 3.0

T = TypeVar("T")


@dataclass
class _Desk:
    """What going through all chats needs of a deployment."""

    database: "Database"
    vault: "Vault"
    at_once: "AtOnce"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator["AsyncSession"]:
        async with self.database.reading() as session:
            yield session


class TelegramRefuses(Refusal):
    """Telegram does not do it: {reason}."""


@webhook_app.command("set")
def webhook_set(
    drop_pending: Annotated[
        bool, typer.Option("--drop-pending", help="Forgets what people wrote while nobody listened.")
    ] = False,
) -> None:
    """Has Telegram push to QIANSHAO_PUBLIC_URL/telegram, with the secret and the kinds of update that are heard."""
    settings = _settings()
    if not settings.telegram.webhook_secret.get_secret_value():
        raise SettingWrong(setting="QIANSHAO_TELEGRAM__WEBHOOK_SECRET", reason="it is not set")
    url = f"{settings.public_url}/telegram"

    async def act(client: "TelegramClient") -> None:
        from bot.telegram.updates import ALLOWED

        secret = settings.telegram.webhook_secret.get_secret_value()
        await client.set_webhook(url, secret, ALLOWED, drop_pending=drop_pending)

    _at_telegram(settings.telegram, act)
    typer.echo(f"Telegram pushes to {url}.")


@webhook_app.command("info")
def webhook_info() -> None:
    """Says where Telegram pushes to, how much waits, and the last fault it met."""

    async def act(client: "TelegramClient") -> str:
        known = await client.webhook()
        return known.model_dump_json(exclude_none=True)

    typer.echo(json.dumps(json.loads(_at_telegram(_settings().telegram, act)), indent=2, ensure_ascii=False))


@webhook_app.command("delete")
def webhook_delete() -> None:
    """Has Telegram push nowhere; what people write waits there for a day."""

    async def act(client: "TelegramClient") -> None:
        await client.delete_webhook()

    _at_telegram(_settings().telegram, act)
    typer.echo("Telegram pushes nowhere.")


@commands_app.command("set")
def commands_set(
    chats: Annotated[
        bool,
        typer.Option(help="Sets the lists of single chats too; without it no database is needed."),
    ] = True,
) -> None:
    """Sets the lists of commands in three languages; a second time changes nothing.

    Telegram knows lists by codes of two letters: simplified Chinese for everybody, English for whose Telegram speaks it.
    Traditional Chinese has no such code. So each known chat that is spoken to in it, or whose person chose a language, gets
    a list of its own: twenty-five a second, behind all that is said to people.
    """
    from bot.telegram.commands import BY_CODE, COMMANDS

    settings = _settings()

    async def act(client: "TelegramClient") -> None:
        for code, language in BY_CODE.items():
            await client.set_commands(COMMANDS[language], code=code)

    _at_telegram(settings.telegram, act)
    lists = ", ".join(f"{language} for {code or 'everybody'}" for code, language in BY_CODE.items())
    typer.echo(f"Lists by language are set: {lists}.")
    if chats:
        typer.echo(_at_telegram(settings.telegram, partial(_set_own_lists, settings)))


async def _set_own_lists(settings: Settings, client: "TelegramClient") -> str:
    """Sets the lists of chats and says how many there are of which."""
    from bot.telegram.own_lists import set_own_lists
    from bot.telegram.pace import Pace
    from entrypoints.at_once import at_once_on
    from entrypoints.setting_up import opened

    async with opened(settings) as (database, vault):
        desk = _Desk(database, vault, at_once_on(database))
        try:
            told = await set_own_lists(desk, client, Pace(desk, settings.telegram.token.get_secret_value()))
        finally:
            await desk.at_once.close()
    given = ", ".join(f"{many} in {language.value}" for language, many in sorted(told.given.items()))
    missing = [f"{told.gone} cannot be reached"] * bool(told.gone)
    missing += [f"{told.failed} were refused; run it again"] * bool(told.failed)
    return "; ".join([f"Lists of single chats are set: {given or 'none is needed'}", *missing]) + "."


@telegram_app.command("poll")
def poll(
    jobs: Annotated[
        bool, typer.Option(help="Runs the jobs too; without it `qianshao serve` or `worker` must.")
    ] = True,
) -> None:
    """Fetches updates instead of being called, for a machine that Telegram cannot reach; for development."""
    settings = _settings()
    if not settings.telegram.sends:
        raise SettingWrong(setting="QIANSHAO_TELEGRAM__TOKEN", reason="it is not set")
    asyncio.run(_poll(settings, jobs=jobs))


async def _poll(settings: Settings, *, jobs: bool) -> None:
    from bot.channels import ChannelName, TryLater, Unreachable
    from bot.telegram.channel import TelegramChannel
    from bot.telegram.client import TelegramClient
    from bot.telegram.parsing import read_update
    from bot.telegram.reception import Reception
    from bot.telegram.updates import ALLOWED
    from entrypoints.desk import open_desk
    from entrypoints.worker import working

    told = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(which, told.set)
    async with AsyncExitStack() as stack:
        desk = await open_desk(settings)
        stack.push_async_callback(desk.close)
        client = TelegramClient(settings.telegram)
        stack.push_async_callback(client.close)
        channel = desk.channels[ChannelName.telegram]
        assert isinstance(channel, TelegramChannel)
        reception = Reception(desk.inbox, channel)
        stack.push_async_callback(reception.settle)
        if (await _asked(client.webhook())).url:
            raise TelegramRefuses(reason="it pushes to a webhook; run `qianshao telegram webhook delete`")
        if jobs:
            await stack.enter_async_context(working(desk, settings))
        typer.echo("Fetching updates; stop with Ctrl-C.")
        last: int | None = None
        while not told.is_set():
            try:
                fetched = await _unless(told, client.updates(last, ALLOWED, wait_seconds=_WAIT_SECONDS))
                for one in fetched or ():
                    raw = json.dumps(one).encode()
                    answer = await reception.take_in(read_update(raw), raw)
                    if answer is not None:
                        with contextlib.suppress(Unreachable):
                            for message in answer.messages:
                                await channel.say(answer.chat_id, message)
                    last = one["update_id"]  # only now: what was not answered is fetched again
            except TryLater as fault:
                log.warning("Telegram is asked again shortly", extra={"reason": str(fault)})
                await _unless(told, asyncio.sleep(fault.seconds or _AFTER_FAULT_SECONDS))


async def _unless(told: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What the work gives; None where the process is told to stop before."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(told.wait())
    await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if doing.done():
        return doing.result()
    doing.cancel()
    return None


def _at_telegram(telegram: TelegramSettings, act: Callable[["TelegramClient"], Awaitable[T]]) -> T:
    """Does something with a client of its own; a fault of Telegram's becomes a sentence."""
    from bot.telegram.client import TelegramClient

    if not telegram.sends:
        raise SettingWrong(setting="QIANSHAO_TELEGRAM__TOKEN", reason="it is not set")

    async def run() -> T:
        client = TelegramClient(telegram)
        try:
            return await _asked(act(client))
        finally:
            await client.close()

    return asyncio.run(run())


async def _asked(work: Awaitable[T]) -> T:
    from bot.channels import TryLater, Unreachable

    try:
        return await work
    except (TryLater, Unreachable) as fault:
        raise TelegramRefuses(reason=str(fault)) from None


def _settings() -> Settings:
    settings = read_settings()
    logs.configure(settings.log_level)
    return settings
