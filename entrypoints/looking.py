"""The `look` command: pictures in, what is on them out, with no database. Each is read in a worker process."""

import json
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

from entrypoints.matching import match_one
from foundation.errors import Refusal
from knowledge.matching import Indicator, IndicatorKind, find_indicators
from knowledge.pictures.ads import Ad
from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.errors import ReaderUnavailable
from knowledge.pictures.opening import DEFAULT_LIMITS
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import PictureReading


class FileUnreadable(Refusal):
    """打不开这个文件：{reason}"""


async def look(files: Sequence[Path], out: TextIO, *, as_json: bool) -> bool:
    """Writes what is on each file in order: a JSON line each, or a few plain lines. A file that is refused gets
    its line too. Returns whether all were taken.
    """
    taken = True
    async with PictureReader() as reader:
        for file in files:
            try:
                seen = await _seen(reader, file)
            except (Refusal, ReaderUnavailable) as refused:
                seen, taken = {"file": str(file), "error": str(refused)}, False
            out.write(json.dumps(seen, ensure_ascii=False) + "\n" if as_json else _plainly(seen))
            out.flush()
    return taken


async def _seen(reader: PictureReader, file: Path) -> dict[str, Any]:
    started = perf_counter()
    examined = await reader.examine(_bytes(file))
    read = perf_counter()
    words = described(examined.reading)
    done = perf_counter()
    milliseconds = {
        "total": round((done - started) * 1000),
        "read": round((read - started) * 1000),  # opening, the display copy and a worker's start included
        **dict(examined.reading.stages),
        "match": round((done - read) * 1000),
    }
    return {"file": str(file), **words, "ms": milliseconds}


def described(reading: PictureReading) -> dict[str, Any]:
    """What a reading says and what it looks like: the picture as a whole, then ad by ad."""
    whole = Ad((0, 0, reading.width, reading.height), (), tuple(range(len(reading.codes))))
    indicators, schemes = _judged(reading.text, reading, whole)
    ads = []
    for ad in reading.parts:
        text = reading.text_of(ad)
        # One ad alone is the whole picture: it need not be matched twice.
        own = (indicators, schemes) if len(reading.parts) == 1 else _judged(text, reading, ad)
        ads.append({
            "box": list(ad.box),
            "text": text,
            "codes": [reading.codes[place].to_json() for place in ad.codes],
            "indicators": own[0],
            "schemes": own[1],
        })  # fmt: skip
    return {
        "text": [line.to_json() for line in reading.lines],
        "codes": [code.to_json() for code in reading.codes],
        "indicators": indicators,
        "schemes": schemes,
        "ads": ads,
        "sha256": reading.sha256,
        "pdq": reading.pdq,
        "warnings": [warning.value for warning in reading.warnings],
    }


def _judged(text: str, reading: PictureReading, ad: Ad) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The indicators and the schemes of a text and the codes beside it."""
    codes = [reading.codes[place] for place in ad.codes]
    written = "\n".join([text, *(code.payload for code in codes if code.kind is CodeKind.TEXT)])
    result = match_one(written)
    found = {(one["kind"], one["canonical"]): {**one, "source": "text"} for one in result["indicators"]}
    for code in codes:
        for one in _of_code(code):
            found.setdefault((one["kind"], one["canonical"]), one)
    return list(found.values()), result["schemes"]


def _of_code(code: Code) -> list[dict[str, Any]]:
    """A code counts as itself and for what its text holds."""
    itself = Indicator(IndicatorKind.QR, code.payload[:500], code.payload[:500], (0, len(code.payload)))
    return [
        {"kind": one.kind.value, "canonical": one.canonical, "raw": one.raw, "span": None, "source": "code"}
        for one in (itself, *find_indicators(code.payload))
    ]


def _bytes(file: Path) -> bytes:
    """Raises FileUnreadable; of a file over the limit no more is read than shows that it is."""
    try:
        with file.open("rb") as opened:
            return opened.read(DEFAULT_LIMITS.max_bytes + 1)
    except OSError as fault:
        raise FileUnreadable(reason=fault.strerror or str(fault)) from fault


def _plainly(seen: dict[str, Any]) -> str:
    """For a person at a terminal."""
    lines = [f"== {seen['file']}"]
    if "error" in seen:
        return "\n".join([*lines, f"   ✗ {seen['error']}", ""])
    for number, ad in enumerate(seen["ads"], start=1):
        lines.append(f"-- {number}/{len(seen['ads'])}")
        lines += [f"   {line}" for line in ad["text"].split("\n")]
        lines += [f"   [{code['kind']}] {code['payload']}" for code in ad["codes"]]
        lines += [
            f"   → {one['kind']}: {one['canonical']}" for one in ad["indicators"] if one["kind"] != "qr"
        ]
        lines += [f"   ≈ {match['name']} {match['score']:.2f}" for match in ad["schemes"][:3]]
    if seen["warnings"]:
        lines.append(f"   ! {', '.join(seen['warnings'])}")
    return "\n".join([*lines, ""])
