"""How fast a new tip finds its near-duplicates among a million, on SQLite and on PostgreSQL.

    python -m bench.near_duplicates                 about ten minutes, most of it loading
    python -m bench.near_duplicates --quick         a hundred thousand tips

What is measured is what the officer's page does: read what the tip says, make its keys, find the tips that share
most of them, read what those say, compare. Three thousand leaflets lie among the tips in many copies with other
phone numbers, the most popular in 5,000; every other tip has keys of its own, and one in fifty also a key of
some leaflet by chance, which the comparison must throw out. Asked are edited copies: another contact, clauses
in another order, words in disguise.
"""

import argparse
import asyncio
import contextlib
import gc
import math
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from bench.databases import KINDS
from bench.disguise import homophone, separators
from bench.phrases import whole_pack
from entrypoints.setting_up import migrate
from foundation.database import Database
from foundation.settings import Environment, Settings
from knowledge.matching.likeness import BANDS, bands, signature
from knowledge.schemes.catalogue import read_pack
from moderation import near_duplicates
from reports import likeness_index
from reports.tables import Reporter, Tip

LEAFLETS = 3_000
MOST_COPIES = 5_000
ASKED = 400
_CLAUSE = re.compile(r"[，。！？；,!?;\s]+")
_TEMPLATE = "tip_template"


@dataclass(frozen=True, slots=True)
class World:
    """All tips: their words, their keys (one row of BANDS for each tip), and which leaflet each is a copy of."""

    words: list[str]
    keys: NDArray[np.int64]
    leaflet: NDArray[np.int32]
    queries: list[tuple[int, str]]


def build(tips: int) -> World:
    """A world that is the same each time."""
    picker = random.Random(5)
    numbers = np.random.Generator(np.random.PCG64(5))
    clauses = [c for _, text in whole_pack(read_pack()) for c in _CLAUSE.split(text) if len(c) >= 4]
    texts = [_made(picker, clauses, 8) for _ in range(LEAFLETS)]
    known = np.array([bands(signature(text)) for text in texts], dtype=np.int64)
    leaflet = np.full(tips, -1, dtype=np.int32)
    copies = np.repeat(
        np.arange(LEAFLETS), [max(1, min(MOST_COPIES, tips // 100) // (n + 1)) for n in range(LEAFLETS)]
    )
    places = numbers.permutation(tips)[: len(copies)]
    leaflet[places] = copies
    keys = numbers.integers(0, 2**63 - 1, (tips, BANDS), dtype=np.int64)
    keys[places] = known[copies]
    chance = np.flatnonzero((numbers.random(tips) < 0.02) & (leaflet < 0))
    column = numbers.integers(0, BANDS, len(chance))
    keys[chance, column] = known[numbers.integers(0, LEAFLETS, len(chance)), column]
    words = [
        f"{texts[of]}，电话199{picker.randrange(10**8):08d}" if of >= 0 else _made(picker, clauses, 6)
        for of in leaflet.tolist()
    ]
    asked = []
    for number in range(ASKED):
        of = int(LEAFLETS ** (number / ASKED))  # the popular ones as often as the rare
        asked.append((of, _edited(texts[of], picker, number)))
    return World(words, keys, leaflet, asked)


def _made(picker: random.Random, clauses: Sequence[str], count: int) -> str:
    return "，".join(picker.choice(clauses) for _ in range(count))


def _edited(text: str, picker: random.Random, number: int) -> str:
    match number % 4:
        case 0:
            text = text + "，加微信 qs_" + str(picker.randrange(10**6))
        case 1:
            parts = text.split("，")
            text = "，".join([*parts[len(parts) // 2 :], *parts[: len(parts) // 2]])
        case 2:
            text = separators(text, picker)
        case _:
            text = homophone(text, picker)
    return f"{text}，电话139{picker.randrange(10**8):08d}"


def _id(number: int) -> str:
    return f"tip_{number:026d}"


@dataclass(frozen=True, slots=True)
class Load:
    """Fills one kind of database past the product, which would take a night over it."""

    words: Callable[[Iterator[tuple[str, str]]], None]
    keys: Callable[[NDArray[np.int64], NDArray[np.int64]], None]
    settle: Callable[[], str]


_COPIED = ", ".join(
    column.name
    for column in Tip.__table__.columns  # type: ignore[attr-defined]
    if column.name not in ("id", "receipt", "submission_key", "words")
)
_FROM_MADE = (
    f"INSERT INTO tip (id, receipt, submission_key, words, {_COPIED}) "
    f"SELECT made.id, made.id, made.id, made.words, {', '.join('t.' + c for c in _COPIED.split(', '))} "
    f"FROM made, tip AS t WHERE t.id = '{_TEMPLATE}'"
)


@contextlib.contextmanager
def loading(url: str) -> Iterator[Load]:
    """How to fill this database."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            yield _sqlite_load(connection)
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield _postgres_load(server)


def _sqlite_load(connection: sqlite3.Connection) -> Load:
    def words(rows: Iterator[tuple[str, str]]) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TEMP TABLE made (id TEXT, words TEXT)")
        connection.executemany("INSERT INTO made VALUES (?, ?)", rows)
        connection.execute(_FROM_MADE)
        connection.execute("DROP TABLE made")
        connection.commit()

    def keys(sorted_keys: NDArray[np.int64], owners: NDArray[np.int64]) -> None:
        connection.execute("DROP INDEX ix_text_band_tip_id")
        for chunk in _chunks(len(sorted_keys)):
            connection.executemany(
                "INSERT INTO text_band VALUES (?, ?)",
                zip(sorted_keys[chunk].tolist(), map(_id, owners[chunk].tolist()), strict=True),
            )
        connection.execute("CREATE INDEX ix_text_band_tip_id ON text_band (tip_id)")
        connection.commit()

    def settle() -> str:
        connection.execute("ANALYZE")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        return f"{pages * connection.execute('PRAGMA page_size').fetchone()[0] / 1e9:.1f} GB"

    return Load(words, keys, settle)


def _postgres_load(server: "psycopg.Connection[Any]") -> Load:
    def words(rows: Iterator[tuple[str, str]]) -> None:
        server.execute("CREATE TEMP TABLE made (id text, words text)")
        with server.cursor() as cursor, cursor.copy("COPY made FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        server.execute(_FROM_MADE)
        server.execute("DROP TABLE made")

    def keys(sorted_keys: NDArray[np.int64], owners: NDArray[np.int64]) -> None:
        server.execute("SET maintenance_work_mem = '512MB'")
        server.execute("ALTER TABLE text_band DROP CONSTRAINT text_band_pkey")
        server.execute("ALTER TABLE text_band DROP CONSTRAINT text_band_tip_id_fkey")
        server.execute("DROP INDEX ix_text_band_tip_id")
        with server.cursor() as cursor, cursor.copy("COPY text_band (band, tip_id) FROM STDIN") as copy:
            for chunk in _chunks(len(sorted_keys)):
                pairs = zip(sorted_keys[chunk].tolist(), owners[chunk].tolist(), strict=True)
                copy.write("".join([f"{key}\ttip_{owner:026d}\n" for key, owner in pairs]))
        server.execute("ALTER TABLE text_band ADD PRIMARY KEY (band, tip_id)")
        server.execute("CREATE INDEX ix_text_band_tip_id ON text_band (tip_id)")
        server.execute("ALTER TABLE text_band ADD FOREIGN KEY (tip_id) REFERENCES tip (id) NOT VALID")

    def settle() -> str:
        server.execute("VACUUM ANALYZE tip")
        server.execute("VACUUM ANALYZE text_band")
        row = server.execute("SELECT pg_total_relation_size('text_band')").fetchone()
        return f"{int(row[0]) / 1e9:.1f} GB of keys" if row else ""

    return Load(words, keys, settle)


def _chunks(size: int, length: int = 200_000) -> Iterator[slice]:
    return (slice(start, start + length) for start in range(0, size, length))


async def measure(kind: str, url: str, world: World) -> None:
    """Fills the database and prints what was measured on it."""
    began = time.perf_counter()
    migrate(Settings(database_url=url, environment=Environment.test, _env_file=None))
    database = Database(url)
    try:
        await _template(database)
        with loading(url) as load:
            load.words((_id(number), words) for number, words in enumerate(world.words))
            flat = world.keys.reshape(-1)
            order = np.argsort(flat, kind="stable")
            load.keys(flat[order], order // BANDS)
            del order
            size = load.settle()
        print(
            f"{kind}: {len(world.words):,} tips loaded in {time.perf_counter() - began:.0f} s, {size}",
            flush=True,
        )
        gc.collect()
        await _ask(kind, database, world)
    finally:
        await database.close()


async def _template(database: Database) -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    async with database.writing() as session:
        session.add(Reporter(id="rep_bench", key_id="bench", created_at=at))
        await session.flush()
        session.add(_tip(_TEMPLATE, "", at))
        await session.commit()


def _tip(tip_id: str, words: str, at: datetime) -> Tip:
    return Tip(
        id=tip_id, receipt=tip_id, reporter_id="rep_bench", submission_key=tip_id, channel="webchat", kind="words",
        state="screened", jurisdiction="demo-county", words=words, submitted_at=at, updated_at=at,
    )  # fmt: skip


async def _ask(kind: str, database: Database, world: World) -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    noting, searching, whole, hits, false = [], [], [], 0, 0
    busy = 0.0
    leaflet_of = [*world.leaflet.tolist(), *(of for of, _ in world.queries)]
    for number, (of, words) in enumerate(world.queries):
        tip_id = f"tip_{len(world.words) + number:026d}"
        async with database.writing() as session:
            session.add(_tip(tip_id, words, at))
            await session.flush()
            start = time.perf_counter()
            await near_duplicates.note(session, tip_id)
            noting.append(time.perf_counter() - start)
            await session.commit()
        keys = bands(signature(words))
        async with database.reading() as session:
            await session.connection()
            start = time.perf_counter()
            await likeness_index.sharing(session, keys, but=tip_id)
            searching.append(time.perf_counter() - start)
        async with database.reading() as session:
            await session.connection()
            start, worked = time.perf_counter(), time.process_time()
            found = await near_duplicates.of_tip(session, tip_id)
            whole.append(time.perf_counter() - start)
            busy += time.process_time() - worked
        copies = [leaflet_of[int(s.tip.id[4:])] == of for s in found]
        hits += any(copies)
        false += sum(not copy for copy in copies)
    print(f"  putting a tip under its keys     {_spread(noting[20:])}")
    print(f"  search by keys alone             {_spread(searching[20:])}")
    print(f"  search, reading and comparing    {_spread(whole[20:])}")
    print(
        f"  of that this process computes    mean {busy * 1000.0 / len(world.queries):.1f} ms; the rest is waiting"
    )
    print(f"  {hits} of {len(world.queries)} edited copies found, {false} other tips listed\n", flush=True)


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(s * 1000.0 for s in seconds)
    return f"p50 {statistics.median(ordered):5.1f} ms   p99 {ordered[math.ceil(0.99 * len(ordered)) - 1]:5.1f} ms"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Near-duplicates among a million tips.")
    parser.add_argument("--tips", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="100,000 tips")
    asked = parser.parse_args()
    tips = 100_000 if asked.quick else asked.tips
    world = build(tips)
    print(
        f"{tips:,} tips, {int((world.leaflet >= 0).sum()):,} of them copies of {LEAFLETS:,} leaflets\n",
        flush=True,
    )
    for kind, databases in KINDS.items():
        with databases() as fresh:
            asyncio.run(measure(kind, fresh("near_duplicates"), world))


if __name__ == "__main__":
    main()
