"""The desk: everything a process of ours has at hand, opened once from the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import Channel, ChannelName, FrontDesk
from bot.conversation.book import NUMBERS, Book, Hotline, Medium, SchemeWords
from bot.conversation.engine import Engine
from bot.inbox import Inbox
from bot.webchat.channel import WebchatChannel
from entrypoints.at_once import at_once_on
from entrypoints.keys import master_keys, vault_of
from entrypoints.place import place_of
from foundation.blobs import BlobMissing, Blobs
from foundation.database import Database
from foundation.settings import Settings
from knowledge import packs
from knowledge.learning.fitting import shipped_matcher
from knowledge.matching import Matcher
from knowledge.packs import Packs
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.english import read_english, reasons_in_english
from knowledge.schemes.meanings import shipped_meanings
from moderation import enclosures
from moderation.enclosures import EnclosureUnknown
from reports.jurisdictions.calendar import DaysOff
from reports.jurisdictions.jurisdiction import Jurisdiction, MediumCode
from reports.vault import Vault

_ONLINE = frozenset(
    {
        MediumCode.SMS,
        MediumCode.SHORT_VIDEO,
        MediumCode.WECHAT_GROUP,
        MediumCode.OFFICIAL_ACCOUNT,
        MediumCode.WEBSITE,
        MediumCode.PHONE_CALL,
    }
)
"""Where there is no street to ask for."""


@dataclass
class Desk:
    """What rooms are handed: each declares the part of it that it needs."""

    settings: Settings
    database: Database
    vault: Vault
    blobs: Blobs
    packs: Packs
    jurisdiction: Jurisdiction
    matcher: Matcher
    engine: Engine
    channels: dict[ChannelName, Channel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.catalogue: Catalogue = self.packs.catalogue
        self.at_once = at_once_on(self.database)
        self.inbox: FrontDesk = Inbox(self)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that is committed when the block ends well, and rolled back when it does not."""
        async with self.database.writing() as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def quick_transaction(self) -> AsyncIterator[AsyncSession]:
        """The same for what a citizen waits for: look-ups by key and rows, which on SQLite are done where they are asked
        for; only the commit, which waits for the disk, goes to the connection's thread."""
        async with self.database.writing() as session, self.database.at_hand(session):
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for looking things up."""
        async with self.database.reading() as session:
            yield session

    async def enclosed_picture(self, enclosure_id: str) -> bytes:
        """The picture that an officer sent along, as the citizen gets it; empty where there is none any more."""
        try:
            async with self.reading() as session:
                row = await enclosures.find(session, enclosure_id)
            return await enclosures.shown(self.blobs, self.vault.masters, row)
        except (EnclosureUnknown, BlobMissing):
            return b""

    async def close(self) -> None:
        """Lets go of connections."""
        for channel in self.channels.values():
            await channel.close()
        await self.at_once.close()
        await self.database.close()


async def open_desk(settings: Settings) -> Desk:
    """Opens everything. Raises a Refusal that says what is missing."""
    masters = master_keys(settings)
    jurisdiction = place_of(settings)
    database = Database(settings.database_url)
    try:
        vault = await vault_of(database, masters)
        async with database.reading() as session:
            loaded = await packs.loaded(session)
        desk = Desk(
            settings=settings,
            database=database,
            vault=vault,
            blobs=Blobs(settings.blobs_url),
            packs=loaded,
            jurisdiction=jurisdiction,
            matcher=matcher_of(loaded.catalogue),
            engine=Engine(book_of(loaded, jurisdiction)),
        )
    except BaseException:
        await database.close()
        raise
    open_channels(desk)
    return desk


def matcher_of(catalogue: Catalogue) -> Matcher:
    """The matcher over a catalogue, with the pack's own examples and the model fitted to them."""
    return shipped_matcher(catalogue)


def book_of(loaded: Packs, jurisdiction: Jurisdiction) -> Book:
    """What the conversation may cite: the packs, in this jurisdiction."""
    keys = {number: key for key, number in NUMBERS.items()}
    return Book(
        questions=loaded.questions,
        warnings=loaded.warnings,
        mediums=tuple(
            Medium(
                code=medium.code.value,
                label=medium.plain if medium.asked else medium.label,
                online=medium.code in _ONLINE,
                asked=medium.asked,
                english=medium.english,
            )
            for medium in jurisdiction.mediums
        ),
        hotlines=tuple(
            Hotline(
                number=line.number,
                purpose=line.purpose,
                when=line.when,
                key=keys.get(line.number, ""),
                english=line.english,
                english_when=line.english_when,
            )
            for line in jurisdiction.hotlines
        ),
        human_hours=jurisdiction.human.hours,
        human_hours_english=jurisdiction.human.hours_english,
        is_human_there=lambda at: jurisdiction.human.is_open(at, jurisdiction.calendar),
        human_is_back=lambda at: jurisdiction.human.opens_next(at, jurisdiction.calendar),
        day_off=lambda day: _named(jurisdiction.calendar.holiday_on(day)),
        schemes_in_english={
            code: SchemeWords(
                english.name, english.now, english.if_paid, reasons_in_english(loaded.catalogue, code)
            )
            for code, english in read_english().items()
        },
        human_phone=jurisdiction.human.phone,
        meaning_of=shipped_meanings(loaded.catalogue).of,
    )


def _named(off: DaysOff | None) -> tuple[str, str]:
    return ("", "") if off is None else (off.name, off.english or off.name)


def open_channels(desk: Desk) -> None:
    """Switches on the channels that are configured. Telegram's library is heavy, so it is imported only then."""
    desk.channels[ChannelName.webchat] = WebchatChannel(desk)
    if desk.settings.wechat.receives:
        from bot.wechat.channel import WeChatChannel

        desk.channels[ChannelName.wechat] = WeChatChannel(
            desk.settings.wechat, desk, pictures=desk.enclosed_picture, public_url=desk.settings.public_url
        )
    if desk.settings.telegram.sends:
        from bot.telegram.channel import TelegramChannel
        from bot.telegram.pace import Pace

        telegram = desk.settings.telegram
        pace = Pace(desk, telegram.token.get_secret_value())
        desk.channels[ChannelName.telegram] = TelegramChannel(
            telegram, pace=pace, pictures=desk.enclosed_picture
        )
