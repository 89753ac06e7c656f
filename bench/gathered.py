"""Gathered photographs of real leaflets, signs and screenshots with made variants, where a folder of them is at hand.

    python -m bench.gathered FOLDER     `index.csv`: file, group, variant, transcript; nothing of it is copied
    python -m bench.gathered FOLDER --part 1/4 --into FILE    reads a quarter of them; the readings are kept in FILE

Prints how many letters of the originals' transcripts are misread, word by word and by edit distance over the letters
alone: transcripts name the main words of a picture, in any order, so what is read beside them is counted apart. And,
for each variant, which group's original is the nearest by what is read and by the picture's hash: recall at 1, and how
many links between different groups would be made.
"""

import argparse
import asyncio
import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
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


async def gathered(folder: Path, part: tuple[int, int] = (1, 1), into: Path | None = None) -> list[Gathered]:
    """Reads every Nth picture of the index from the Kth on; returns all that were read so far."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as index:
        rows = list(csv.DictReader(index))
    kept = json.loads(into.read_text()) if into is not None and into.exists() else {}
    async with PictureReader() as reader:
        for row in rows[part[0] - 1 :: part[1]]:
            examined = await reader.examine((folder / row["file"]).read_bytes())
            kept[row["file"]] = examined.reading.to_json()
    if into is not None:
        into.write_text(json.dumps(kept, ensure_ascii=False))
    found = []
    for row in rows:
        if row["file"] in kept:
            reading = PictureReading.from_json(kept[row["file"]])
            text = Compared.of(reading.text)
            found.append(Gathered(row["group"], row["variant"], row["transcript"], reading, text))
    return found


def report(pictures: list[Gathered]) -> None:
    """Prints the figures."""
    originals = [one for one in pictures if one.variant == "original"]
    wrong = letters = 0
    for one in originals:
        said, words = _letters(one.reading.text), [_letters(word) for word in one.transcript.split()]
        missed, written = sum(_missed(word, said) for word in words), sum(map(len, words))
        wrong, letters = wrong + missed, letters + written
        print(
            f"  {one.group}: {missed} of {written} letters; read beside them {len(said) - written + missed}"
        )
    print(f"letters of {len(originals)} transcripts misread: {wrong / max(1, letters):.3f} of {letters}")
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


def _missed(word: str, said: str) -> int:
    """Letters to change, add or take away until the nearest part of what was read is the word."""
    at = fuzz.partial_ratio_alignment(word, said) if word and said else None
    nearest = said[at.dest_start : at.dest_end] if at else ""
    return min(Levenshtein.distance(word, nearest), Levenshtein.distance(word, said))


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


def _part(words: str) -> tuple[int, int]:
    part, parts = words.split("/")
    return int(part), int(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.gathered", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", type=_part, default=(1, 1), help="K/N: every Nth picture from the Kth on")
    parser.add_argument("--into", type=Path, help="where the readings of several parts are kept together")
    wanted = parser.parse_args()
    if not (wanted.folder / "index.csv").exists():
        print(f"{wanted.folder} holds no index.csv: nothing is measured")
        return
    report(asyncio.run(gathered(wanted.folder, wanted.part, wanted.into)))


if __name__ == "__main__":
    main()
