"""The `look` command: pictures in, what is on them out, with no database. Each is read in a worker process."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

from entrypoints.matching import match_one
from foundation.errors import Refusal
from knowledge.matching import Indicator, IndicatorKind, find_indicators
from knowledge.pictures.addresses import SHIPPED, hosts_in, registered_domain
from knowledge.pictures.ads import Ad
from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.errors import ReaderUnavailable
from knowledge.pictures.opening import DEFAULT_LIMITS
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import PictureReading
from moderation.company_names import screened_names
from reports.jurisdictions.jurisdiction import read_jurisdiction
from reports.jurisdictions.restricted_words import RestrictedWords

DEFAULT_JURISDICTION = "demo-county"


class FileUnreadable(Refusal):
    """打不开这个文件：{reason}"""


async def look(
    files: Sequence[Path | str],
    out: TextIO,
    *,
    as_json: bool,
    jurisdiction: str = DEFAULT_JURISDICTION,
    official_domains: Path | None = None,
) -> bool:
    """Writes what is on each file in order: a JSON line each (`docs/look.schema.json`), or a few plain lines. A file
    that is refused gets its line too, with an "error". Returns whether all were taken. `jurisdiction`: whose restricted
    words names are screened for.
    """
    taken = True
    words = read_jurisdiction(jurisdiction).restricted_words
    async with PictureReader(official_domains=official_domains or SHIPPED) as reader:
        for file in files:
            try:
                seen = await _seen(reader, file, words)
            except (Refusal, ReaderUnavailable) as refused:
                seen, taken = {"file": str(file), "error": str(refused)}, False
            out.write(_line(seen) if as_json else _plainly(seen))
            out.flush()
    return taken


_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What some programs end a line at, and what stands for the bytes of a file name that is not UTF-8."""


def _line(seen: dict[str, Any]) -> str:
    """One line of JSON, whatever the file is called."""
    written = json.dumps(seen, ensure_ascii=False)
    return _BREAKS.sub(lambda found: f"\\u{ord(found.group()):04x}", written) + "\n"


async def _seen(reader: PictureReader, file: Path | str, restricted: RestrictedWords) -> dict[str, Any]:
    started = perf_counter()
    examined = await reader.examine(_bytes(Path(file)))
    read = perf_counter()
    words = described(examined.reading, restricted)
    done = perf_counter()
    milliseconds = {
        "total": round((done - started) * 1000),
        "read": round((read - started) * 1000),  # opening, the display copy and a worker's start included
        **dict(examined.reading.stages),
        "match": round((done - read) * 1000),
    }
    return {"file": str(file), **words, "ms": milliseconds}


def described(reading: PictureReading, restricted: RestrictedWords | None = None) -> dict[str, Any]:
    """What a reading says and what it looks like: the picture as a whole, then ad by ad. Names are screened where
    `restricted` words are given.
    """
    everything = tuple(range(len(reading.lines))), tuple(range(len(reading.codes)))
    whole = _Judge(reading, restricted).of(
        Ad((0, 0, reading.width, reading.height), *everything), reading.text
    )
    ads = []
    for ad in reading.parts:
        text = reading.text_of(ad)
        # One ad alone is the whole picture: it need not be matched twice.
        own = whole if len(reading.parts) == 1 else _Judge(reading, restricted).of(ad, text)
        codes = [_code(reading.codes[place]) for place in ad.codes]
        ads.append({"box": list(ad.box), "text": text, "codes": codes, **own})
    return {
        "text": [line.to_json() for line in (*reading.lines, *reading.faint)],
        "codes": [_code(code) for code in reading.codes],
        **whole,
        "ads": ads,
        "chat": _chat(reading),
        "look_alikes": [one.to_json() for one in reading.look_alikes],
        "sha256": reading.sha256,
        "pdq": reading.pdq,
        "warnings": [warning.value for warning in reading.warnings],
    }


@dataclass(frozen=True, slots=True)
class _Judge:
    reading: PictureReading
    restricted: RestrictedWords | None

    def of(self, ad: Ad, text: str) -> dict[str, Any]:
        """The indicators, schemes and screened names of a text and the codes beside it."""
        codes = [self.reading.codes[place] for place in ad.codes]
        written = "\n".join([text, *(code.payload for code in codes if code.kind is CodeKind.TEXT)])
        result = match_one(written)
        found = {(one["kind"], one["canonical"]): {**one, "source": "text"} for one in result["indicators"]}
        for code in codes:
            for one in _of_code(code):
                found.setdefault((one["kind"], one["canonical"]), one)
        indicators = [self._with_domain(one) for one in found.values()]
        return {
            "indicators": indicators,
            "schemes": result["schemes"],
            "verdict": result["verdict"],
            "names": self._names(text, indicators),
        }

    def _with_domain(self, one: dict[str, Any]) -> dict[str, Any]:
        """An address with its registered domain, and with what it imitates where it does."""
        hosts = hosts_in(one["canonical"]) if one["kind"] in _WITH_ADDRESSES else ()
        if not hosts:
            return one
        domain = registered_domain(hosts[0])
        # By domain, since an indicator drops what is the same for every address, a leading www.
        imitates = next((like for like in self.reading.look_alikes if like.domain == domain), None)
        return {
            **one,
            "domain": domain,
            "imitates": imitates.to_json() if imitates is not None else None,
        }

    def _names(self, text: str, indicators: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.restricted is None:
            return []
        companies = [one["canonical"] for one in indicators if one["kind"] == IndicatorKind.COMPANY]
        return [one.to_json() for one in screened_names(text, companies, self.restricted)]


def _chat(reading: PictureReading) -> dict[str, Any] | None:
    """Who said what; None for what is no chat."""
    if reading.chat is None:
        return None
    turns = [
        {
            "side": turn.side.value,
            "name": turn.name,
            "time": turn.time,
            "text": "\n".join(reading.lines[place].text for place in turn.lines),
            "box": list(turn.box),
        }
        for turn in reading.chat.turns
    ]
    return {"title": reading.chat.title, "turns": turns}


_WITH_ADDRESSES = (IndicatorKind.URL, IndicatorKind.QR)


def _code(code: Code) -> dict[str, Any]:
    hosts = hosts_in(code.payload)
    return {**code.to_json(), "domain": registered_domain(hosts[0]) if hosts else None}


def _of_code(code: Code) -> list[dict[str, Any]]:
    """A code counts as itself and for what its text holds; the number of goods, which points at nobody, for nothing."""
    if code.names_goods:
        return []
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
        lines += [
            f"   ⚠ {one['domain']} 像 {one['imitates']['owner']}（{one['imitates']['official']}），不是官方网址，请核实"
            for one in ad["indicators"]
            if one.get("imitates")
        ]
        lines += [
            f"   ⚠ {one['name']}：{one['note']}（{'、'.join(word['word'] for word in one['words'])}）"
            for one in ad["names"]
        ]
        lines += [f"   ≈ {match['name']} {match['score']:.2f}" for match in ad["schemes"][:3]]
    if seen["chat"]:
        lines.append(f"-- 聊天：{seen['chat']['title']}")
        for turn in seen["chat"]["turns"]:
            who = turn["name"] or ("对方" if turn["side"] == "left" else "本机")
            lines.append(f"   {turn['time']} {who}：{' '.join(turn['text'].split())}")
    if seen["warnings"]:
        lines.append(f"   ! {', '.join(seen['warnings'])}")
    return "\n".join([*lines, ""])
