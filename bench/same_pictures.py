"""How the search for the same picture grows, from a thousand pictures to a hundred thousand, on both databases.

    python -m bench.same_pictures

The hashes are made: unrelated ones at random, as PDQ's of unrelated pictures are (about 128 of 256 bits apart), and one
picture in a hundred sent on in many copies, of which each differs in up to 31 bits. Asked is what screening asks of
each picture: which files of other tips show the same. Beside it, in the same run, the search without bands: all hashes
read and compared, which is what a column of hashes alone allows.
"""

import asyncio
import contextlib
import math
import random
import sqlite3
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlmodel import col, select

from bench.databases import KINDS
from entrypoints.setting_up import migrate
from foundation.database import Database
from foundation.settings import Environment, Settings
from reports import picture_index
from reports.tables import Evidence, Reporter, Tip

SIZES = (1_000, 10_000, 100_000)
ASKED = 200
_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _changed(pdq: int, bits: int, picker: random.Random) -> int:
    for place in picker.sample(range(256), bits):
        pdq ^= 1 << place
    return pdq


def build(pictures: int) -> tuple[list[int], list[tuple[int, int]]]:
    """All hashes, and the copies that are asked about: (which picture it is a copy of, its hash)."""
    picker = random.Random(7)
    hashes = [picker.getrandbits(256) for _ in range(pictures)]
    popular = pictures // 100
    for place in range(popular):  # one leaflet makes up one picture in a hundred
        hashes[place] = _changed(hashes[0], picker.randrange(12), picker) if place else hashes[0]
    asked = []
    for number in range(ASKED):
        of = 0 if number % 10 == 0 else picker.randrange(popular, pictures)
        asked.append((of, _changed(hashes[of], number % 32, picker)))
    return hashes, asked


def _fill(url: str, first: int, hashes: Sequence[int]) -> None:
    """Adds pictures past the product, which would take hours over it."""
    files = [(f"evi_{first + n:026d}", f"{pdq:064x}") for n, pdq in enumerate(hashes)]
    keys = sorted((band, name) for name, pdq in files for band in picture_index.bands(pdq))
    evidence = [
        (
            name,
            "rep_bench",
            "tip_bench",
            "picture",
            "read",
            "webchat",
            name,
            "",
            "",
            0,
            0,
            0,
            "",
            "",
            "",
            "",
            "",
            pdq,
            "",
            _AT.isoformat(" "),
        )
        for name, pdq in files
    ]
    columns = (
        "id, reporter_id, tip_id, kind, state, channel, message_id, remote_ref, media_type, size, width, height, sha256, "
        "blob_key, key_id, display_key, display_sha256, pdq, refusal, received_at"
    )
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.execute("PRAGMA synchronous=OFF")
            file.executemany(f"INSERT INTO evidence ({columns}) VALUES ({', '.join('?' * 20)})", evidence)
            file.executemany("INSERT INTO picture_band VALUES (?, ?)", keys)
            file.commit()
            file.execute("ANALYZE")
            file.commit()
        return
    with psycopg.connect(url, autocommit=True) as server:
        copying: list[tuple[str, Sequence[tuple[Any, ...]]]] = [
            (f"COPY evidence ({columns}) FROM STDIN", evidence),
            ("COPY picture_band (band, evidence_id) FROM STDIN", keys),
        ]
        for statement, rows in copying:
            with server.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        server.execute("VACUUM ANALYZE evidence")
        server.execute("VACUUM ANALYZE picture_band")


async def _people(database: Database) -> None:
    async with database.writing() as session:
        session.add(Reporter(id="rep_bench", key_id="bench", created_at=_AT))
        await session.flush()
        session.add(
            Tip(
                id="tip_bench",
                receipt="tip_bench",
                reporter_id="rep_bench",
                submission_key="tip_bench",
                channel="webchat",
                kind="photo",
                state="submitted",
                jurisdiction="demo-county",
                submitted_at=_AT,
                updated_at=_AT,
            )
        )
        await session.commit()


async def _without_bands(database: Database, pdq: str) -> None:
    async with database.reading() as session:
        rows = (
            await session.exec(select(Evidence.id, Evidence.pdq).where(col(Evidence.pdq).is_not(None)))
        ).all()
    sorted((picture_index.differing(pdq, other), name) for name, other in rows if other)


async def measure(kind: str, url: str) -> None:
    """Fills the database step by step and prints a row for each size."""
    migrate(Settings(database_url=url, environment=Environment.test, _env_file=None))
    database = Database(url)
    try:
        await _people(database)
        done = 0
        for size in SIZES:
            hashes, asked = build(size)
            if done:  # each size is a world of its own
                await _empty(database)
            _fill(url, 0, hashes)
            done = size
            seconds, found = [], 0
            for of, pdq in asked:
                async with database.reading() as session:
                    await session.connection()
                    start = time.perf_counter()
                    near = await picture_index.near(session, f"{pdq:064x}", but_tip="")
                    seconds.append(time.perf_counter() - start)
                popular = size // 100
                found += any(
                    int(n.evidence_id[4:]) == of or (of == 0 and int(n.evidence_id[4:]) < popular)
                    for n in near
                )
            start = time.perf_counter()
            for _, pdq in asked[:3]:
                await _without_bands(database, f"{pdq:064x}")
            plain = (time.perf_counter() - start) / 3
            print(
                f"{kind:10} {size:>7,} pictures   {_spread(seconds[20:])}   found {found} of {ASKED}   "
                f"without bands {plain * 1000:.0f} ms",
                flush=True,
            )
    finally:
        await database.close()


async def _empty(database: Database) -> None:
    async with database.writing() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("DELETE FROM picture_band")
        await connection.exec_driver_sql("DELETE FROM evidence")
        await session.commit()


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(s * 1000.0 for s in seconds)
    return f"p50 {statistics.median(ordered):5.1f} ms   p99 {ordered[math.ceil(0.99 * len(ordered)) - 1]:5.1f} ms"


def main() -> None:
    """Prints the figures."""
    for kind, databases in KINDS.items():
        with databases() as fresh:
            asyncio.run(measure(kind, fresh("same_pictures")))


if __name__ == "__main__":
    main()
