"""A real desk for tests: everything a process of ours has at hand, with the packs read once for the whole run."""

from functools import cache

from bot.conversation.engine import Engine
from entrypoints.desk import Desk, book_of, matcher_of, open_channels
from foundation.blobs import Blobs
from foundation.database import Database
from foundation.settings import Settings
from knowledge.matching import Matcher
from knowledge.packs import Packs, read_embedded
from reports.jurisdictions.jurisdiction import Jurisdiction, read_jurisdiction
from reports.vault import Vault


@cache
def embedded_packs() -> Packs:
    """What ships with the project."""
    return read_embedded()


@cache
def whole_matcher() -> Matcher:
    """The matcher over the whole catalogue."""
    return matcher_of(embedded_packs().catalogue)


@cache
def demo_county() -> Jurisdiction:
    """The fictional county."""
    return read_jurisdiction("demo-county")


def desk_over(settings: Settings, database: Database, vault: Vault) -> Desk:
    """The desk that `open_desk` would open, over a database that is open already."""
    desk = Desk(
        settings=settings,
        database=database,
        vault=vault,
        blobs=Blobs(settings.blobs_url),
        packs=embedded_packs(),
        jurisdiction=demo_county(),
        matcher=whole_matcher(),
        engine=Engine(book_of(embedded_packs(), demo_county())),
    )
    open_channels(desk)
    return desk
