"""Gathered photographs of real leaflets, signs and screenshots with made variants, where a folder of them is at hand.

    python -m bench.gathered FOLDER     `index.csv`: file, group, variant, transcript; nothing of it is copied

Prints how many letters of the originals are misread (of the longer of the two, by edit distance over the letters alone)
and, for each variant, which group's original is the nearest by what is read and by the picture's hash: recall at 1, and how
many links between different groups would be made.
"""

import argparse
import asyncio
import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from knowledge.matching.likeness import Compared, alike
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import PictureReading

ALIKE = 0.8
"""From here on two texts link their tips, as `moderation.near_duplicates` has it."""
SHORTEST = 12
"""And letters below which a text links none."""
NEAR_BITS = 31
"""Bits of 256 within which two pictures are held to be one (the published threshold of PDQ)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One picture of the folder, read."""

    group: str
    variant: str
    transcript: str
    reading: PictureReading
    compared: Compared


async def gathered(folder: Path) -> list[Gathered]:
    """Reads all pictures of the index."""
    found = []
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as index:
        rows = list(csv.DictReader(index))
    async with PictureReader() as reader:
        for row in rows:
            reading = (await reader.examine((folder / row["file"]).read_bytes())).reading
            text = Compared.of(reading.text)
            found.append(Gathered(row["group"], row["variant"], row["transcript"], reading, text))
    return found


def report(pictures: list[Gathered]) -> None:
    """Prints the figures."""
    originals = [one for one in pictures if one.variant == "original"]
    wrong = letters = 0
    for one in originals:
        said, written = _letters(one.reading.text), _letters(one.transcript)
        missed = Levenshtein.distance(said, written)
        wrong, letters = wrong + missed, letters + max(len(said), len(written))
        print(f"  {one.group}: {missed} of {len(written)} letters")
    print(f"letters misread on {len(originals)} originals: {wrong / max(1, letters):.3f}")
    by_variant: dict[str, list[bool]] = defaultdict(list)
    false = linked = 0
    for one in (one for one in pictures if one.variant != "original"):
        ranked = sorted(originals, key=lambda other: _closeness(one, other), reverse=True)
        by_variant[one.variant].append(ranked[0].group == one.group and max(_closeness(one, ranked[0])) > 0)
        linked += any(_links(one, other) for other in originals if other.group == one.group)
        false += sum(_links(one, other) for other in pictures if other.group != one.group)
    for variant, hits in sorted(by_variant.items()):
        print(f"  {variant:34} {sum(hits)}/{len(hits)}")
    hits = [hit for all_of in by_variant.values() for hit in all_of]
    print(f"recall at 1: {sum(hits) / max(1, len(hits)):.3f} of {len(hits)}; linked with their original {linked}; "
          f"links between groups {false}")  # fmt: skip


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _closeness(one: Gathered, other: Gathered) -> tuple[float, float]:
    bits = _bits(one, other)
    near = 1 - bits / 256 if bits is not None and bits <= NEAR_BITS else 0.0
    return (max(near, _alike(one, other)), near)


def _links(one: Gathered, other: Gathered) -> bool:
    bits = _bits(one, other)
    return (bits is not None and bits <= NEAR_BITS) or (
        min(len(one.compared), len(other.compared)) >= SHORTEST and _alike(one, other) >= ALIKE
    )


def _alike(one: Gathered, other: Gathered) -> float:
    """0 where either says nothing: two pictures without writing are not alike by it."""
    return alike(one.compared, other.compared) if len(one.compared) and len(other.compared) else 0.0


def _bits(one: Gathered, other: Gathered) -> int | None:
    if one.reading.pdq is None or other.reading.pdq is None:
        return None
    return (int(one.reading.pdq, 16) ^ int(other.reading.pdq, 16)).bit_count()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.gathered", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not (folder / "index.csv").exists():
        print(f"{folder} holds no index.csv: nothing is measured")
        return
    report(asyncio.run(gathered(folder)))


if __name__ == "__main__":
    main()
