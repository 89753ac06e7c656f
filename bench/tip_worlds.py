"""Worlds of tips to search: leaflets reported again and again in edited copies, among tips of all sorts.

Every tip's keys are made from its words, as screening makes them; only the writing of the rows goes past the product,
which would take a night over a million.
"""

import contextlib
import json
import os
import pickle
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from bench.disguise import homophone, look_alike, separators, traditional
from bench.phrases import whole_pack
from knowledge.matching.likeness import bands, signature
from knowledge.schemes.catalogue import read_pack
from moderation.near_duplicates import METHOD, compared_parts
from reports.tables import Tip

LEAFLETS = 3_000
MOST_COPIES = 5_000
ASKED = 400
EDITS = ("another contact", "lines reordered", "traditional script", "separators", "homophones", "homoglyphs")
TEMPLATE = "tip_template"
"""The tip of which the others are copies but for their words."""
_CLAUSE = re.compile(r"[，。！？；,!?;\s]+")
_LEAFLET_CLAUSES, _OTHER_CLAUSES = (6, 30), (3, 12)


@dataclass(frozen=True, slots=True)
class Asked:
    """A tip that comes in: an edited copy of a leaflet."""

    leaflet: int
    edit: str
    words: str


@dataclass(frozen=True, slots=True)
class World:
    """What is asked, and which leaflet each tip is a copy of (-1: of none)."""

    leaflet: NDArray[np.int32]
    asked: list[Asked]


Made = tuple[World, list[str]]


def make(tips: int) -> Made:
    """A world with its words, the same each time."""
    picker = random.Random(5)
    numbers = np.random.Generator(np.random.PCG64(5))
    clauses = [c for _, text in whole_pack(read_pack()) for c in _CLAUSE.split(text) if len(c) >= 4]
    texts = [_put_together(picker, clauses, _LEAFLET_CLAUSES) for _ in range(LEAFLETS)]
    leaflet = np.full(tips, -1, dtype=np.int32)
    copies = np.repeat(
        np.arange(LEAFLETS), [max(1, min(MOST_COPIES, tips // 100) // (n + 1)) for n in range(LEAFLETS)]
    )
    leaflet[numbers.permutation(tips)[: len(copies)]] = copies[:tips]
    words = [
        f"{texts[of]}，电话199{picker.randrange(10**8):08d}"
        if of >= 0
        else _put_together(picker, clauses, _OTHER_CLAUSES)
        for of in leaflet.tolist()
    ]
    asked = []
    for number in range(ASKED):
        of = int(LEAFLETS ** (number / ASKED))  # the popular ones as often as the rare
        edit = EDITS[number % len(EDITS)]
        asked.append(Asked(of, edit, _edited(texts[of], picker, edit)))
    return World(leaflet, asked), words


def _put_together(picker: random.Random, clauses: Sequence[str], between: tuple[int, int]) -> str:
    return "，".join(picker.choice(clauses) for _ in range(picker.randint(*between)))


def _edited(text: str, picker: random.Random, edit: str) -> str:
    parts = text.split("，")
    match edit:
        case "another contact":
            text = f"{text}，加微信 qs_{picker.randrange(10**6)}"
        case "lines reordered":
            text = "，".join([*parts[len(parts) // 2 :], *parts[: len(parts) // 2]])
        case "traditional script":
            text = traditional(text, picker)
        case "separators":
            text = separators(text, picker)
        case "homophones":
            text = homophone(text, picker)
        case _:
            text = look_alike(text, picker)
    return f"{text}，电话139{picker.randrange(10**8):08d}"


def keys_of(words: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """What the index holds of them: each tip's folded text as JSON, and (key, number of its tip), sorted by key, of
    shape (n, 2)."""
    parts = [words[start : start + 5_000] for start in range(0, len(words), 5_000)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(_read, parts))
    folded = [text for texts, _, _ in found for text in texts]
    keys = np.concatenate([keys for _, keys, _ in found])
    owners = np.concatenate([owners + 5_000 * at for at, (_, _, owners) in enumerate(found)])
    order = np.lexsort((owners, keys))
    return folded, np.stack([keys[order], owners[order]], axis=1)


def _read(words: Sequence[str]) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    read = [compared_parts([text]) for text in words]
    made = [[key for part in parts for key in bands(signature(part))] for parts in read]
    owners = np.repeat(np.arange(len(words), dtype=np.int64), [len(keys) for keys in made])
    folded = [json.dumps([part.folded for part in parts], ensure_ascii=False) for parts in read]
    return folded, np.array([key for keys in made for key in keys], dtype=np.int64), owners


def tip_id(number: int) -> str:
    """The id of the tip with this number; ids ascend as the product's do."""
    return f"tip_{number:026d}"


@dataclass(frozen=True, slots=True)
class Load:
    """Fills one kind of database."""

    words: Callable[[Iterable[tuple[str, str, str]]], None]
    """(tip id, words, folded text)"""
    keys: Callable[[NDArray[np.int64]], None]
    settle: Callable[[], str]
    take_out: Callable[[Iterable[str]], None]
    """Removes tips again."""


_COPIED = ", ".join(
    column.name
    for column in Tip.__table__.columns  # type: ignore[attr-defined]
    if column.name not in ("id", "receipt", "submission_key", "words")
)
_FROM_MADE = (
    f"INSERT INTO tip (id, receipt, submission_key, words, {_COPIED}) "
    f"SELECT made.id, made.id, made.id, made.words, {', '.join('t.' + c for c in _COPIED.split(', '))} "
    f"FROM made, tip AS t WHERE t.id = '{TEMPLATE}'"
)
_FOLDED = f"INSERT INTO tip_text (tip_id, method, parts) SELECT id, {METHOD}, "
_INDEX = "CREATE INDEX ix_text_band_tip_id ON text_band (tip_id)"


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
    def words(rows: Iterable[tuple[str, str, str]]) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TEMP TABLE made (id TEXT, words TEXT, folded TEXT)")
        connection.executemany("INSERT INTO made VALUES (?, ?, ?)", rows)
        connection.execute(_FROM_MADE)
        connection.execute(_FOLDED + "folded FROM made")
        connection.execute("DROP TABLE made")
        connection.commit()

    def keys(rows: NDArray[np.int64]) -> None:
        connection.execute("DROP INDEX ix_text_band_tip_id")
        for chunk in _chunks(len(rows)):
            connection.executemany(
                "INSERT INTO text_band VALUES (?, ?)", ((key, tip_id(of)) for key, of in rows[chunk].tolist())
            )
        connection.execute(_INDEX)
        connection.commit()

    def settle() -> str:
        connection.execute("ANALYZE")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        return f"{pages * connection.execute('PRAGMA page_size').fetchone()[0] / 1e9:.1f} GB in all"

    def take_out(ids: Iterable[str]) -> None:
        for one in ids:
            connection.execute("DELETE FROM text_band WHERE tip_id = ?", (one,))
            connection.execute("DELETE FROM tip_text WHERE tip_id = ?", (one,))
            connection.execute("DELETE FROM tip WHERE id = ?", (one,))
        connection.commit()

    return Load(words, keys, settle, take_out)


def _postgres_load(server: "psycopg.Connection[Any]") -> Load:
    def words(rows: Iterable[tuple[str, str, str]]) -> None:
        server.execute("CREATE TEMP TABLE made (id text, words text, folded text)")
        with server.cursor() as cursor, cursor.copy("COPY made FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        server.execute(_FROM_MADE)
        server.execute(_FOLDED + "folded::json FROM made")
        server.execute("DROP TABLE made")

    def keys(rows: NDArray[np.int64]) -> None:
        server.execute("SET maintenance_work_mem = '512MB'")
        server.execute("ALTER TABLE text_band DROP CONSTRAINT text_band_pkey")
        server.execute("ALTER TABLE text_band DROP CONSTRAINT text_band_tip_id_fkey")
        server.execute("DROP INDEX ix_text_band_tip_id")
        with server.cursor() as cursor, cursor.copy("COPY text_band (band, tip_id) FROM STDIN") as copy:
            for chunk in _chunks(len(rows)):
                copy.write("".join([f"{key}\t{tip_id(of)}\n" for key, of in rows[chunk].tolist()]))
        server.execute("ALTER TABLE text_band ADD PRIMARY KEY (band, tip_id)")
        server.execute(_INDEX)
        server.execute("ALTER TABLE text_band ADD FOREIGN KEY (tip_id) REFERENCES tip (id) NOT VALID")

    def settle() -> str:
        server.execute("VACUUM ANALYZE tip")
        server.execute("VACUUM ANALYZE text_band")
        server.execute("VACUUM ANALYZE tip_text")
        server.execute("CHECKPOINT")
        row = server.execute("SELECT pg_total_relation_size('text_band')").fetchone()
        return f"{int(row[0]) / 1e9:.1f} GB of keys" if row else ""

    def take_out(ids: Iterable[str]) -> None:
        taken = list(ids)
        server.execute("DELETE FROM text_band WHERE tip_id = ANY(%s)", (taken,))
        server.execute("DELETE FROM tip_text WHERE tip_id = ANY(%s)", (taken,))
        server.execute("DELETE FROM tip WHERE id = ANY(%s)", (taken,))

    return Load(words, keys, settle, take_out)


def _chunks(size: int, length: int = 200_000) -> Iterator[slice]:
    return (slice(start, start + length) for start in range(0, size, length))


def keep(world: World, path: Path) -> None:
    """Writes down what is asked of a world whose tips lie in a database."""
    path.write_bytes(pickle.dumps(world))


def kept(path: Path) -> World | None:
    """The world written down there, by `keep` of this very programme."""
    return pickle.loads(path.read_bytes()) if path.exists() else None
