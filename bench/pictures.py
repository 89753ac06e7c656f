"""Photographed leaflets with known truth: what is read of them here, by the OCR library plainly, and by tesseract.

    python -m bench.pictures            about fifteen minutes on a quiet core
    python -m bench.pictures --quick    every fourth picture, about three minutes
    python -m bench.pictures --ours     this project's reader alone, in a third of the time
    python -m bench.pictures --part 1/6 --into FILE    a sixth of it; the figures of all parts so far, kept in FILE

Each picture is given to all three one after the other, each on one thread. The plain library and tesseract are joined
by one regular expression and, for the scheme, by the same matcher; they know of one ad a picture. Tesseract
(Debian packages tesseract-ocr, tesseract-ocr-chi-sim) reads every fourth picture, and is left out where it is missing.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from PIL import Image
from rapidfuzz import fuzz

from bench.leaflet_layouts import LAYOUTS, Layout
from bench.leaflet_pens import code_image
from bench.leaflet_texts import Posted
from bench.photographs import Level, as_jpeg, photographed, spoilt
from entrypoints.looking import described
from entrypoints.matching import match_one
from knowledge.pictures.reader import PictureReader

ONE_EXPRESSION = re.compile(r"(?P<phone>1[3-9]\d{9})|微信[:： ]*(?P<wechat>[A-Za-z][\w-]{5,19})")
SEED = 20
"""Another seed draws other words, numbers, places and lights in the same layouts."""


@dataclass(slots=True)
class ReadAd:
    """What a reader holds to be one ad."""

    text: str
    indicators: set[tuple[str, str]]
    schemes: list[str]
    codes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tally:
    """Sums over pictures of one reader at one level."""

    pictures: int = 0
    letters: float = 0
    letters_read: float = 0
    wanted: int = 0
    found: int = 0
    """Numbers and accounts that were found in the right ad."""
    false: int = 0
    codes: int = 0
    codes_found: int = 0
    schemes: int = 0
    schemes_found: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, truths: tuple[Posted, ...], ads: list[ReadAd], milliseconds: float) -> list[str]:
        """Counts one picture and returns what went wrong on it."""
        wrong = []
        self.pictures += 1
        self.milliseconds.append(milliseconds)
        everything = "".join(ad.text for ad in ads).replace(" ", "").replace("\n", "")
        for truth in truths:
            lines = [line.replace(" ", "") for line in truth.lines]
            self.letters += sum(map(len, lines))
            self.letters_read += sum(len(line) * fuzz.partial_ratio(line, everything) / 100 for line in lines)
        mine: dict[int, set[tuple[str, str]]] = {}
        for truth in truths:
            own = {("phone", truth.phone), ("wechat", truth.wechat)} - {("phone", ""), ("wechat", "")}
            self.wanted += len(own)
            best = max(range(len(ads)), key=lambda place: _likeness(truth, ads[place]), default=None)
            held = ads[best].indicators if best is not None else set()
            self.found += len(own & held)
            wrong += [f"missed {value}" for _, value in own - held]
            if best is not None:
                mine.setdefault(best, set()).update(own)
            if truth.offer.schemes:
                self.schemes += 1
                hit = best is not None and bool(truth.offer.schemes & set(ads[best].schemes[:3]))
                self.schemes_found += hit
                wrong += (
                    []
                    if hit
                    else [
                        f"scheme of {truth.offer.title}: {ads[best].schemes[:3] if best is not None else ''}"
                    ]
                )
            if truth.code:
                self.codes += 1
                self.codes_found += any(truth.code in ad.codes for ad in ads)
        right = {("phone", one.phone) for one in truths} | {("wechat", one.wechat) for one in truths}
        for place, ad in enumerate(ads):
            # A reader that knows of one ad holds the plumber's number against the loan shark.
            own = mine.get(place, set()) if len(ads) > 1 else {pair for pair in right if len(truths) == 1}
            if len(ads) == 1 and len(truths) > 1:
                crooked = next((one for one in truths if one.offer.schemes), truths[0])
                own = {("phone", crooked.phone), ("wechat", crooked.wechat)}
            bad = ad.indicators - own
            self.false += len(bad)
            wrong += [f"false {value}" for _, value in bad]
        return wrong


def _likeness(truth: Posted, ad: ReadAd) -> float:
    text = ad.text.replace(" ", "").replace("\n", "")
    return sum(
        fuzz.partial_ratio(line.replace(" ", ""), text) for line in truth.lines[: 1 + len(truth.offer.lines)]
    )


class Ours:
    """The reader in its worker process, as the service uses it, and what `qianshao look` makes of it."""

    name = "qianshao"

    def __init__(self) -> None:
        self.reader = PictureReader()

    async def read(self, data: bytes) -> tuple[list[ReadAd], float]:
        started = perf_counter()
        examined = await self.reader.examine(data)
        taken = (perf_counter() - started) * 1000
        ads = []
        for ad in described(examined.reading)["ads"]:
            indicators = {
                (one["kind"], one["canonical"])
                for one in ad["indicators"]
                if one["kind"] in ("phone", "wechat", "qq")
            }
            schemes = [match["code"] for match in ad["schemes"]]
            ads.append(ReadAd(ad["text"], indicators, schemes, {code["payload"] for code in ad["codes"]}))
        return ads, taken


class Plain:
    """The OCR library with its own settings, on one thread, and one regular expression."""

    name = "rapidocr"

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        threads = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
        params: dict[str, Any] = {f"EngineConfig.onnxruntime.{key}": value for key, value in threads.items()}
        self.engine = RapidOCR(params={"Global.log_level": "error", **params})

    async def read(self, data: bytes) -> tuple[list[ReadAd], float]:
        started = perf_counter()
        output = self.engine(data)
        taken = (perf_counter() - started) * 1000
        return [_one_ad("\n".join(output.txts or ()))], taken


class Tesseract:
    """tesseract with chi_sim + eng, looking for writing wherever it is (page segmentation mode 11)."""

    name = "tesseract"

    async def read(self, data: bytes) -> tuple[list[ReadAd], float]:
        with tempfile.NamedTemporaryFile(suffix=".jpg") as kept:
            kept.write(data)
            kept.flush()
            started = perf_counter()
            done = subprocess.run(
                ["tesseract", kept.name, "-", "-l", "chi_sim+eng", "--psm", "11"],
                capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
            taken = (perf_counter() - started) * 1000
        return [_one_ad(done.stdout)], taken


def _one_ad(text: str) -> ReadAd:
    joined = re.sub(r"(?<=[一-鿿：]) +(?=[一-鿿：\w])", "", text)
    found = {
        (kind, value)
        for hit in ONE_EXPRESSION.finditer(joined)
        for kind, value in hit.groupdict().items()
        if value
    }
    return ReadAd(text, found, [match["code"] for match in match_one(joined)["schemes"]])


Key = tuple[str, str]


async def measure(
    layouts: Iterable[tuple[Layout, Level]],
    readers: list[Ours | Plain | Tesseract],
    tallies: dict[Key, Tally],
    seed: int,
    say: bool,
) -> None:
    """Adds to the tallies by reader and level (rough layouts are a level of their own)."""
    for number, (layout, level) in enumerate(layouts):
        chance = random.Random(f"{seed} {layout.name} {level}")
        picture, truths = layout.draw(chance)
        data = photographed(picture, level, chance, strip=layout.family == "long screenshot")
        for reader in readers:
            if isinstance(reader, Tesseract) and number % 4:
                continue
            ads, taken = await reader.read(data)
            rows = [layout.family] if layout.rough else [level.value, f"· {layout.family}"]
            wrong: list[str] = []
            for row in rows:
                wrong = tallies.setdefault((reader.name, row), Tally()).add(truths, ads, taken)
            if say and wrong and isinstance(reader, Ours):
                print(f"  {layout.name}, {level.value}: {'; '.join(wrong)}", flush=True)


async def small_codes(reader: PictureReader, count: int, seed: int, *, hard: bool) -> float:
    """Recall of codes of 110–160 pixels in a photograph of 1280 × 960: JPEG 60; or, `hard`, also blurred, grainy, in
    shadow or in glare, JPEG 30.
    """
    found = 0
    for number in range(count):
        chance = random.Random(seed * 1000 + number)
        wall = Image.new("RGB", (1280, 960), (188, 176, 160))
        payload = f"https://u.wechat.com/EXAMPLE{number:09d}"
        code = code_image(payload, chance.randrange(110, 161)).convert("RGBA")
        code = code.rotate(chance.uniform(-20, 20), Image.Resampling.BICUBIC, expand=True)
        wall.paste(code, (chance.randrange(100, 1000), chance.randrange(100, 700)), code)
        data = as_jpeg(spoilt(wall, chance), 30) if hard else as_jpeg(wall, 60)
        examined = await reader.examine(data)
        found += payload in {one.payload for one in examined.reading.codes}
    return found / count


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _table(tallies: dict[Key, Tally]) -> None:
    print(f"\n{'reader':10} {'pictures of':18} {'n':>4} {'letters':>8} {'indicators':>10} {'false/pic':>9} "
          f"{'codes':>6} {'scheme@3':>8} {'ms median':>9} {'p95':>6}")  # fmt: skip
    for (reader, row), tally in sorted(tallies.items(), key=lambda item: (item[0][1], item[0][0])):
        slow = sorted(tally.milliseconds)
        print(f"{reader:10} {row:18} {tally.pictures:4} {_share(tally.letters_read, tally.letters):>8} "
              f"{_share(tally.found, tally.wanted):>10} {_share(tally.false, tally.pictures):>9} "
              f"{_share(tally.codes_found, tally.codes):>6} {_share(tally.schemes_found, tally.schemes):>8} "
              f"{statistics.median(slow):9.0f} {slow[min(len(slow) - 1, int(0.95 * len(slow)))]:6.0f}")  # fmt: skip


@dataclass(slots=True)
class Wanted:
    """What was asked for on the command line."""

    quick: bool
    ours: bool
    say: bool
    family: list[str]
    seed: int
    part: tuple[int, int]
    into: Path | None


async def run(wanted: Wanted) -> None:
    """Measures and prints."""
    ours, plain = Ours(), Plain()
    readers: list[Ours | Plain | Tesseract] = [ours, plain]
    if shutil.which("tesseract"):
        readers.append(Tesseract())
    else:
        print("tesseract is not here: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    pairs = [
        (layout, level)
        for level in Level
        for layout in LAYOUTS
        if not wanted.family or layout.family in wanted.family
    ]
    if wanted.quick:
        pairs = pairs[:: 4 if not wanted.family else 1]
        readers = readers[:2] if wanted.family else readers
    readers = readers[:1] if wanted.ours else readers
    part, parts = wanted.part
    pairs = pairs[part - 1 :: parts]
    tallies, peak = _kept(wanted.into)
    chance = random.Random(wanted.seed)
    first = photographed(LAYOUTS[0].draw(chance)[0], Level.MILD, chance)
    try:
        _, cold = await ours.read(first)
        if not wanted.ours:
            await plain.read(first)
        print(f"{len(LAYOUTS)} layouts, {len(pairs)} pictures, seed {wanted.seed}; "
              f"cold (a worker's start and its models): {cold:.0f} ms")  # fmt: skip
        await measure(pairs, readers, tallies, wanted.seed, wanted.say)
        peak = max(peak, ours.reader.peak_bytes)
        _keep(wanted.into, tallies, peak)
        _table(tallies)
        if not wanted.family and part == 1:
            count = 10 if wanted.quick else 30
            plain_recall, hard_recall = [
                await small_codes(ours.reader, count, wanted.seed, hard=hard) for hard in (False, True)
            ]
            print(
                f"\ncodes of 110–160 pixels: {plain_recall:.2f}; spoilt as at the hard level: {hard_recall:.2f}"
            )
        times = {name: [taken for (reader, row), tally in tallies.items() if reader == name and not row.startswith("·")
                        for taken in tally.milliseconds] for name in (ours.name, plain.name)}  # fmt: skip
        if times[plain.name]:
            ratio = statistics.median(times[ours.name]) / statistics.median(times[plain.name])
            print(f"median time beside the plain library: {ratio:.2f}")
        print(f"peak memory of a worker: {peak / 2**20:.0f} MB")
    finally:
        await ours.reader.close()


def _kept(file: Path | None) -> tuple[dict[Key, Tally], int]:
    """The figures of the parts before, and the peak memory of a worker."""
    if file is None or not file.exists():
        return {}, 0
    kept = json.loads(file.read_text())
    return {(reader, row): Tally(**tally) for reader, row, tally in kept["tallies"]}, kept["peak"]


def _keep(file: Path | None, tallies: dict[Key, Tally], peak: int) -> None:
    if file is not None:
        rows = [(*key, asdict(tally)) for key, tally in tallies.items()]
        file.write_text(json.dumps({"tallies": rows, "peak": peak}))


def _part(words: str) -> tuple[int, int]:
    part, parts = words.split("/")
    return int(part), int(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.pictures", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every fourth picture")
    parser.add_argument("--ours", action="store_true", help="this project's reader alone")
    parser.add_argument("--say", action="store_true", help="names what went wrong, picture by picture")
    parser.add_argument(
        "--family", action="append", default=[], help="only this family of layouts; may be repeated"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="other words, numbers, places and lights")
    parser.add_argument("--part", type=_part, default=(1, 1), help="K/N: every Nth picture from the Kth on")
    parser.add_argument("--into", type=Path, help="where the figures of several parts are kept together")
    asyncio.run(run(Wanted(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
