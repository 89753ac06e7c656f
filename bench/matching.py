"""How well and how fast texts are matched: ours beside what others use, the same queries in one run.

    python -m bench.matching                 about six minutes
    python -m bench.matching --quick         a look, under two minutes
    python -m bench.matching --only time     one table: quality, time or disguise
    python -m bench.matching --data DIR      where the measured texts lie

Every way runs in a process of its own on one core, so that its memory and its time are its own. Quality is taken
with the whole pack as known texts; time with 45, 1,000 and 100,000 of them, on texts of 200 characters.
"""

import argparse
import gc
import io
import math
import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bench import disguise
from bench.cores import SERVER, on_core
from bench.measured import DEFAULT_FOLDER, Answer, Figures, Measured, figures, read_measured

SIZES = (45, 1_000, 100_000)
WAYS = {
    "ours": "ours",
    "rapidfuzz_over_phrases": "rapidfuzz partial_ratio",
    "jieba_bm25": "jieba + BM25",
    "bigram_bm25_dice": "bigram BM25 + Dice",
}
TABLES = ("quality", "time", "disguise")
LEARNT = "logistic regression*"
T = TypeVar("T")
LENGTH = 200
"""Characters of a text whose time is taken."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds for one text; seconds and megabytes for being ready. Of the processor's time: every way computes
    on one core and waits for nothing, and what else the machine does would only lengthen the clock's."""

    p50: float
    p99: float
    texts: int
    load_seconds: float
    megabytes: float


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="Matching: quality, speed and disguise, side by side.")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the measured texts")
    parser.add_argument("--quick", action="store_true", help="10,000 phrases at most, fewer texts")
    parser.add_argument("--only", choices=TABLES, help="one table instead of all")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="which are timed")
    asked = parser.parse_args()
    tables = (asked.only,) if asked.only else TABLES
    measured = read_measured(asked.data)
    sizes = (45, 1_000, 10_000) if asked.quick else SIZES
    seconds = 4.0 if asked.quick else 14.0
    began = time.perf_counter()
    with on_core(SERVER):
        if "quality" in tables:
            quality = {label: _apart(_quality, way, measured) for way, label in WAYS.items()}
            quality[LEARNT] = _apart(_learnt_quality, measured)
            _print_quality(measured, quality)
        if "time" in tables:
            texts = long_texts(measured)
            speeds = {
                WAYS[way]: [_apart(_speed, way, size, texts, seconds) for size in sizes] for way in asked.ways
            }
            if len(asked.ways) == len(WAYS):
                speeds[LEARNT] = [_apart(_learnt_speed, measured, texts, seconds)]
            _print_speed(sizes, speeds)
            print(
                f"`match --jsonl` over the measured texts: {_apart(_throughput, measured):.0f} texts a second\n"
            )
        if "disguise" in tables:
            disguise.print_table(_apart(disguise.survive, measured))
    print(f"\n{time.perf_counter() - began:.0f} seconds in all")


def _apart(task: Callable[..., T], *arguments: Any) -> T:
    """Runs it in a fresh process, which inherits the core."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def _build(way: str, size: int | None) -> Any:
    from bench import phrases, rivals
    from knowledge.schemes.catalogue import read_pack

    catalogue = read_pack()
    known = phrases.so_many(catalogue, size) if size else phrases.whole_pack(catalogue)
    gc.collect()
    return lambda: getattr(rivals, way)(catalogue, known)


def _quality(way: str, measured: Measured) -> Figures:
    judge = _build(way, None)()
    return figures(measured, [judge(query.text) for query in measured.queries])


def _learnt_quality(measured: Measured) -> Figures:
    from bench.rivals import cross_validated

    return figures(measured, cross_validated(measured))


def _speed(way: str, size: int, texts: Sequence[str], seconds: float) -> Speed:
    build = _build(way, size)
    return _timed(build, texts, seconds)


def _throughput(measured: Measured) -> float:
    """Texts a second that the command answers in a batch, once it is ready; the best of three."""
    from entrypoints.matching import as_json, match_lines

    lines = [as_json({"id": query.id, "text": query.text}).encode() + b"\n" for query in measured.queries]
    match_lines(io.BytesIO(b"".join(lines[:20])), io.StringIO())
    rates = []
    for _ in range(3):
        began = time.process_time()
        match_lines(io.BytesIO(b"".join(lines)), io.StringIO())
        rates.append(len(lines) / (time.process_time() - began))
    return max(rates)


def _learnt_speed(measured: Measured, texts: Sequence[str], seconds: float) -> Speed:
    from bench.rivals import learnt_from_rows

    return _timed(lambda: learnt_from_rows(measured.queries, measured), texts, seconds)


def _timed(build: Callable[[], Callable[[str], Answer]], texts: Sequence[str], seconds: float) -> Speed:
    before = _resident()
    began = time.process_time()
    judge = build()
    load = time.process_time() - began
    megabytes = _resident() - before
    for text in texts[:5]:
        judge(text)
    took = []
    until = time.perf_counter() + seconds
    for text in texts[5:]:
        start = time.process_time()
        judge(text)
        took.append((time.process_time() - start) * 1000.0)
        if time.perf_counter() > until and len(took) >= 20:
            break
    took.sort()
    return Speed(
        statistics.median(took), took[math.ceil(0.99 * len(took)) - 1], len(took), load, megabytes
    )  # fmt: skip


def _resident() -> float:
    """Megabytes of this process in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def long_texts(measured: Measured, count: int = 1_000) -> list[str]:
    """Texts of LENGTH characters, put together from neighbouring queries, offers and honest ones in turn."""
    offers = [q.text for q in measured.queries if q.positive]
    honest = [q.text for q in measured.queries if not q.positive and q.hard]
    made = []
    for number in range(count):
        text, at = "", number
        while len(text) < LENGTH:
            source = offers if at % 2 else honest
            text += source[(at * 7 + number) % len(source)] + "\n"
            at += 1
        made.append(text[:LENGTH])
    return made


def _print_quality(measured: Measured, quality: dict[str, Figures]) -> None:
    counts = [
        sum(q.positive for q in measured.queries),
        sum(not q.positive and q.hard for q in measured.queries),
        sum(not q.positive and not q.hard for q in measured.queries),
    ]
    print(
        f"Quality: {counts[0]} offers, {counts[1]} hard and {counts[2]} easy honest texts; known texts: the pack\n"
    )
    print(
        "| way | AUC hard | AUC easy | recall at 2 % | at 5 % | family 1st | in 3 | verdict: recall | hard false | easy false |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for label, found in quality.items():
        cells = (
            found.auc_hard, found.auc_easy, found.recall_at_2, found.recall_at_5, found.family_1, found.family_3,
            found.verdict_recall, found.verdict_hard, found.verdict_easy,
        )  # fmt: skip
        print(f"| {label} | " + " | ".join("–" if math.isnan(c) else f"{c:.3f}" for c in cells) + " |")
    print(
        "\n* fitted on these very rows, five times without the fifth that it judges; may not be shipped\n",
        flush=True,
    )


def _print_speed(sizes: Sequence[int], speeds: dict[str, list[Speed]]) -> None:
    print(
        f"Time for a text of {LENGTH} characters on one core, milliseconds of processor time, p50 / p99; load seconds; memory MB\n"
    )
    print("| way | " + " | ".join(f"{size:,} phrases" for size in sizes) + " |")
    print("|---|" + "---|" * len(sizes))
    for label, found in speeds.items():
        cells = [
            f"{s.p50:.1f} / {s.p99:.1f} ({s.texts} texts); {s.load_seconds:.1f} s; {s.megabytes:.0f} MB"
            for s in found
        ]
        print(
            f"| {label} | " + " | ".join(cells + ["as left"] * (len(sizes) - len(cells))) + " |", flush=True
        )
    print()


if __name__ == "__main__":
    main()
