"""How fast a new tip finds its near-duplicates as tips grow to a million, on SQLite and on PostgreSQL.

    python -m bench.near_duplicates                 10,000, 100,000 and a million tips; building takes minutes
    python -m bench.near_duplicates --quick         10,000 and 100,000
    python -m bench.near_duplicates --keep FOLDER   builds there what is not there yet, and leaves it for the next time

What is measured is what the officer's page does: read what the tip says, make its keys, find the tips that share
most of them, read what those say, compare. Three thousand leaflets of 30 to 400 characters lie among the tips in many
copies with other phone numbers, the most popular in 5,000 of a million; all other tips are put together from the same
sentences. Asked are edited copies, each written down as screening does it: another contact, lines in another order,
traditional script, words in disguise.
"""

import argparse
import asyncio
import contextlib
import gc
import math
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.databases import KINDS, FreshUrl
from bench.tip_worlds import EDITS, TEMPLATE, World, keep, kept, keys_of, loading, make, tip_id
from entrypoints.setting_up import migrate
from foundation.database import Database
from foundation.settings import Environment, Settings
from knowledge.matching.likeness import bands, signature
from moderation import near_duplicates
from reports import likeness_index
from reports.tables import Reporter, Tip

WARMING = 20
"""Questions at the start that no figure counts: compiling statements, filling caches."""
_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def build(url: str, tips: int) -> World:
    """Fills a new database with so many tips."""
    began = time.perf_counter()
    world, words = make(tips)
    folded, keys = keys_of(words)
    made = time.perf_counter() - began
    migrate(Settings(database_url=url, environment=Environment.test, _env_file=None))
    asyncio.run(_template(url))
    with loading(url) as load:
        load.words((tip_id(at), *said) for at, said in enumerate(zip(words, folded, strict=True)))
        load.keys(keys)
        size = load.settle()
    print(
        f"built in {time.perf_counter() - began:.0f} s ({made:.0f} of them for making words and keys): "
        f"{len(keys):,} keys, {size}",
        flush=True,
    )
    return world


async def _template(url: str) -> None:
    database = Database(url)
    async with database.writing() as session:
        session.add(Reporter(id="rep_bench", key_id="bench", created_at=_AT))
        await session.flush()
        session.add(_tip(TEMPLATE, ""))
        await session.commit()
    await database.close()


def _tip(name: str, words: str) -> Tip:
    return Tip(
        id=name, receipt=name, reporter_id="rep_bench", submission_key=name, channel="webchat", kind="words",
        state="screened", jurisdiction="demo-county", words=words, submitted_at=_AT, updated_at=_AT,
    )  # fmt: skip


async def measure(url: str, world: World) -> None:
    """Asks everything once and prints what it took."""
    database = Database(url)
    names = [tip_id(len(world.leaflet) + number) for number in range(len(world.asked))]
    try:
        await _ask(database, world, names)
    finally:
        await database.close()
        with loading(url) as load:
            load.take_out(names)


async def _ask(database: Database, world: World, names: Sequence[str]) -> None:
    noting, searching, whole, busy = [], [], [], 0.0
    found_of, asked_of, least, false = Counter[str](), Counter[str](), dict.fromkeys(EDITS, 1.0), 0
    leaflet_of = [*world.leaflet.tolist(), *(asked.leaflet for asked in world.asked)]
    gc.collect()
    for name, asked in zip(names, world.asked, strict=True):
        async with database.writing() as session:
            session.add(_tip(name, asked.words))
            await session.flush()
            start = time.perf_counter()
            await near_duplicates.note(session, name)
            noting.append(time.perf_counter() - start)
            await session.commit()
        keys = bands(signature(asked.words))
        async with database.reading() as session:
            await session.connection()
            start = time.perf_counter()
            await likeness_index.sharing(session, keys, but=name)
            searching.append(time.perf_counter() - start)
        async with database.reading() as session:
            await session.connection()
            start, worked = time.perf_counter(), time.process_time()
            found = await near_duplicates.of_tip(session, name)
            whole.append(time.perf_counter() - start)
            busy += time.process_time() - worked
        copies = [s.alike for s in found if leaflet_of[int(s.id[4:])] == asked.leaflet]
        asked_of[asked.edit] += 1
        found_of[asked.edit] += bool(copies)
        least[asked.edit] = min([least[asked.edit], *copies])
        false += len(found) - len(copies)
    print(f"  putting a tip under its keys     {_spread(noting)}")
    print(f"  search by keys alone             {_spread(searching)}")
    print(f"  search, reading and comparing    {_spread(whole)}")
    print(f"  of that this process computes    mean {busy * 1000.0 / len(whole):.1f} ms; the rest is waiting")
    print(
        "  found: "
        + ", ".join(
            f"{edit} {found_of[edit]}/{asked_of[edit]} (least likeness {least[edit]:.2f})" for edit in EDITS
        )
        + f"; {false} other tips listed\n",
        flush=True,
    )


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(s * 1000.0 for s in seconds[WARMING:])
    return (
        f"p50 {statistics.median(ordered):5.1f} ms   p99 {ordered[math.ceil(0.99 * len(ordered)) - 1]:5.1f} ms   "
        f"slowest {ordered[-1]:5.1f} ms"
    )


@contextlib.contextmanager
def _databases(kind: str, folder: Path | None) -> Iterator[FreshUrl]:
    with KINDS[kind](folder) as fresh:
        yield fresh


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Near-duplicates among a million tips.")
    parser.add_argument("--tips", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--quick", action="store_true", help="10,000 and 100,000 tips")
    parser.add_argument("--keep", type=Path, help="where built databases are left and found again")
    parser.add_argument("--only", choices=tuple(KINDS), help="this database alone")
    parser.add_argument("--build", action="store_true", help="builds and asks nothing")
    asked = parser.parse_args()
    sizes = [size for size in asked.tips if size <= 100_000] if asked.quick else asked.tips
    for kind in [asked.only] if asked.only else KINDS:
        with _databases(kind, asked.keep) as fresh:
            for tips in sizes:
                print(f"{kind}, {tips:,} tips", flush=True)
                url = fresh(f"near_duplicates_{tips}")
                note = asked.keep / f"{kind}_{tips}.world" if asked.keep else None
                world = kept(note) if note else None
                if world is None:
                    world = build(url, tips)
                    if note:
                        keep(world, note)
                if not asked.build:
                    asyncio.run(measure(url, world))


if __name__ == "__main__":
    main()
