"""The `doctor` command: what is configured, what is missing, what each missing part switches off."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from bot.wechat.envelope import Envelope
from bot.wechat.operating import ACCOUNT, listed
from bot.wechat.tables import WeChatFault
from entrypoints.keys import master_keys
from entrypoints.place import place_of
from entrypoints.setting_up import alembic_config
from foundation import job_queue
from foundation.blobs import Blobs
from foundation.clock import CHINA, local_text, now
from foundation.database import Database, sync_url
from foundation.errors import Refusal, SettingWrong
from foundation.settings import Settings, read_settings
from knowledge import packs
from moderation import rereading
from reports import evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: switched on, switched off by choice, or at fault."""

    part: str
    sentence: str
    is_on: bool = True
    is_fault: bool = False


def examine() -> Iterator[Finding]:
    """Looks at one part after the other; a later part that cannot be looked at is left out."""
    try:
        settings = read_settings()
    except Refusal as refusal:
        yield Finding("settings", str(refusal), is_fault=True)
        return
    yield Finding(
        "settings", f"environment {settings.environment.value}, public address {settings.public_url}"
    )
    yield _keys(settings)
    yield _jurisdiction(settings)
    database = _database(settings)
    yield database
    yield _blobs(settings)
    if not database.is_fault:
        yield _packs(settings)
        yield _jobs(settings)
        yield from _media(settings)
        yield from _tips(settings)
    yield Finding("web chat", f"on, at {settings.public_url}/chat")
    yield from _wechat(settings)
    if not database.is_fault and settings.wechat.receives:
        yield from _wechat_faults(settings)
    yield from _telegram(settings)


def _keys(settings: Settings) -> Finding:
    try:
        keys = master_keys(settings)
    except Refusal as refusal:
        return Finding(
            "master keys",
            f"{refusal} Nothing can start without one; `qianshao keys new` makes one.",
            is_fault=True,
        )
    return Finding("master keys", f"the current key is {keys.current}")


def _jurisdiction(settings: Settings) -> Finding:
    try:
        place = place_of(settings)
        sentence = place.name
        coming = now().astimezone(CHINA).date() + timedelta(days=14)
        if not place.calendar.is_announced(coming.year):
            sentence += (
                f"; the public holidays of {coming.year} are not known, so weekends alone are free: "
                "name a file in QIANSHAO_CALENDAR"
            )
        return Finding("jurisdiction", sentence)
    except Refusal as refusal:
        return Finding("jurisdiction", str(refusal), is_fault=True)


def _database(settings: Settings) -> Finding:
    kind = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    path = make_url(settings.database_url).database or ""
    if kind == "SQLite" and not Path(path).exists():  # looking would make it
        return Finding("database", "there is none yet: run `qianshao migrate`.", is_fault=True)
    head = ScriptDirectory.from_config(alembic_config(settings.database_url)).get_current_head()
    try:
        engine = create_engine(sync_url(settings.database_url))
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        engine.dispose()
    except Exception as fault:  # whatever the driver says, the operator needs one sentence
        return Finding("database", f"{kind} does not answer ({type(fault).__name__}).", is_fault=True)
    if current != head:
        return Finding(
            "database", f"{kind}, but its schema is not up to date: run `qianshao migrate`.", is_fault=True
        )
    return Finding("database", f"{kind}, schema up to date")


def _blobs(settings: Settings) -> Finding:
    try:
        asyncio.run(Blobs(settings.blobs_url).check())
    except Exception as fault:  # a store has many ways to fail
        return Finding(
            "blob store", f"{settings.blobs_url} cannot be written ({type(fault).__name__}).", is_fault=True
        )
    return Finding("blob store", settings.blobs_url)


def _packs(settings: Settings) -> Finding:
    async def look() -> Finding:
        database = Database(settings.database_url)
        try:
            async with database.reading() as session:
                loaded = await packs.loaded(session)
        finally:
            await database.close()
        sentence = f"{len(loaded.catalogue)} schemes, {len(loaded.questions)} questions, {len(loaded.warnings)} warnings"
        if loaded.catalogue.digest != packs.read_embedded().catalogue.digest:
            sentence += "; the files differ from what is loaded: `qianshao packs load` brings them in"
        return Finding("packs", sentence)

    try:
        return asyncio.run(look())
    except Refusal as refusal:
        return Finding("packs", str(refusal), is_fault=True)


def _jobs(settings: Settings) -> Finding:
    try:
        counts = job_queue.count_jobs(settings.database_url)
    except Exception as fault:  # the queue's tables may not be there yet
        return Finding(
            "jobs",
            f"the queue does not answer ({type(fault).__name__}): run `qianshao migrate`.",
            is_fault=True,
        )
    sentence = f"{counts.waiting} waiting, {counts.running} running, {counts.failed} failed"
    if counts.failed:
        return Finding(
            "jobs",
            f"{sentence} ({', '.join(counts.failed_ids)}); `qianshao jobs retry` tries again.",
            is_fault=True,
        )
    return Finding("jobs", sentence)


def _media(settings: Settings) -> Iterator[Finding]:
    async def count() -> int:
        database = Database(settings.database_url)
        try:
            async with database.reading() as session:
                return await evidence.count_overdue(session, now())
        finally:
            await database.close()

    if overdue := asyncio.run(count()):
        yield Finding(
            "media",
            f"{overdue} file(s) could not be fetched for more than a day; WeChat deletes them after three.",
            is_fault=True,
        )


def _tips(settings: Settings) -> Iterator[Finding]:
    async def count() -> int:
        database = Database(settings.database_url)
        try:
            async with database.reading() as session:
                return await rereading.count_waiting(session)
        finally:
            await database.close()

    if waiting := asyncio.run(count()):
        yield Finding(
            "tips",
            f"{waiting} tip(s) are not read yet or were in an older way, and new ones do not find them: when no job "
            "waits any more, `qianshao tips reread` reads them, beside the running service.",
            is_on=False,
        )


def _wechat(settings: Settings) -> Iterator[Finding]:
    wechat = settings.wechat
    if not wechat.receives:
        missing = "APP_ID" if not wechat.app_id else "TOKEN"
        yield Finding(
            "WeChat",
            f"off: QIANSHAO_WECHAT__{missing} is not set; citizens cannot write over WeChat.",
            is_on=False,
        )
        return
    try:
        Envelope(wechat)
    except SettingWrong as wrong:
        yield Finding("WeChat", str(wrong), is_fault=True)
        return
    mode = "secure mode" if wechat.encoding_aes_key.get_secret_value() else "plain mode only"
    yield Finding("WeChat", f"on at {settings.public_url}/wechat, {mode}")
    if not wechat.sends:
        yield Finding(
            "WeChat API",
            "off: QIANSHAO_WECHAT__APP_SECRET is not set; photos cannot be fetched and notices wait for the citizen's "
            "next message.",
            is_on=False,
        )


def _wechat_faults(settings: Settings) -> Iterator[Finding]:
    async def look() -> list[WeChatFault]:
        database = Database(settings.database_url)
        try:
            async with database.reading() as session:
                return await listed(session, settings.wechat.app_id)
        finally:
            await database.close()

    for fault in asyncio.run(look()):
        since = local_text(fault.first_at)
        if fault.part == ACCOUNT:
            sentence = f"errcode {fault.errcode}, last at {local_text(fault.last_at)}: {fault.detail}."
            yield Finding("WeChat account", sentence, is_fault=True)
        else:
            sentence = (
                f"switched off since {since}: WeChat refuses it to this account (errcode {fault.errcode}); "
                f"`qianshao wechat allow {fault.part}` tries it again."
            )
            yield Finding(f"WeChat {fault.part}", sentence, is_on=False)


def _telegram(settings: Settings) -> Iterator[Finding]:
    telegram = settings.telegram
    if not telegram.sends:
        yield Finding("Telegram", "off: QIANSHAO_TELEGRAM__TOKEN is not set.", is_on=False)
    elif not telegram.receives:
        yield Finding(
            "Telegram",
            "QIANSHAO_TELEGRAM__WEBHOOK_SECRET is not set, so that every update is refused.",
            is_fault=True,
        )
    else:
        yield _telegram_token(settings)


def _telegram_token(settings: Settings) -> Finding:
    from bot.telegram.client import TelegramClient  # brings a heavy library with it

    try:
        TelegramClient(settings.telegram)
    except SettingWrong as wrong:
        return Finding("Telegram", str(wrong), is_fault=True)
    return Finding("Telegram", f"on at {settings.public_url}/telegram")
