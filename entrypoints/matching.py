"""The `match` command: texts in, verdicts out; with no database unless a version of the deployment is asked for."""

import json
import math
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO, Final, TextIO

from entrypoints.desk import matcher_of
from foundation.errors import Refusal
from knowledge.matching import Matcher
from knowledge.schemes.catalogue import read_pack

LONGEST_LINE: Final = 8 * 1024 * 1024
"""Bytes; a longer line is told and passed over without being held in memory."""
_NAMED = 5
"""Bad lines that the closing sentence names; each of them has an answer of its own anyway."""


class LineUnreadable(Refusal):
    """{reason}."""


class LinesUnreadable(Refusal):
    """{bad} of {lines} line(s) could not be read ({which}); each has an "error" in its place."""


class TextUnreadable(Refusal):
    """What came on standard input is not UTF-8."""


@cache
def _matcher() -> Matcher:
    return matcher_of(read_pack())


def read_text(stream: BinaryIO) -> str:
    """All of it. Raises TextUnreadable."""
    try:
        return stream.read().decode("utf-8")
    except UnicodeDecodeError:
        raise TextUnreadable from None


def match_one(text: str, matcher: Matcher | None = None) -> dict[str, Any]:
    """The verdict on one text, by the pack that ships with the project where no matcher is handed in."""
    return (matcher or _matcher()).match(text).to_json()


def match_lines(
    lines: BinaryIO, out: TextIO, matcher: Matcher | None = None, *, details: bool = False
) -> None:
    """One line of JSON for each line that is not blank, in order and as soon as it is judged.

    A line that is no {"id", "text"} is answered by {"id", "line", "error"} in its place, and the rest is judged all
    the same. Raises LinesUnreadable at the end where there was one.
    """
    matcher = matcher or _matcher()
    bad: list[int] = []
    count = 0
    for number, line in _numbered(lines):
        count += 1
        row: dict[str, Any] = {}
        try:
            row = _read_object(line, first=number == 1)
            result = matcher.match(_text_of(row))
        except LineUnreadable as fault:
            bad.append(number)
            answer: dict[str, Any] = {"id": row.get("id"), "line": number, "error": str(fault)}
        else:
            answer = {"id": row["id"], **(result.to_json() if details else result.to_line())}
        out.write(as_json(answer) + "\n")
        out.flush()
    if bad:
        which = ", ".join(map(str, bad[:_NAMED])) + (", …" if len(bad) > _NAMED else "")
        raise LinesUnreadable(bad=len(bad), lines=count, which=which)


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank with its number; of one that is too long only that it is."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield number, line


def _read_object(line: bytes, *, first: bool) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise LineUnreadable(reason=f"The line is longer than {LONGEST_LINE // 1024 // 1024} MiB")
    try:
        text = line.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as fault:
        raise LineUnreadable(reason=f"Byte {fault.start + 1} is not UTF-8") from None
    try:
        row = _DECODER.decode(text.strip())
    except (ValueError, RecursionError):
        raise LineUnreadable(reason="This is not JSON") from None
    if not isinstance(row, dict):
        raise LineUnreadable(reason="This is not a JSON object")
    return row


def _text_of(row: dict[str, Any]) -> str:
    for key in ("id", "text"):
        if key not in row:
            raise LineUnreadable(reason=f'There is no "{key}"')
    if not isinstance(row["text"], str):
        raise LineUnreadable(reason='The "text" is not a string')
    return row["text"]


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        raise LineUnreadable(reason="A key stands twice in one object")
    return row


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise LineUnreadable(reason="A number is too large")
    return value


def _no_json(_: str) -> float:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once_each, parse_float=_finite, parse_constant=_no_json)


def as_json(value: dict[str, Any], indent: int | None = None) -> str:
    """JSON that a person can read and any stream can take."""
    line = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a surrogate pair came in; escaped, it can go out as well
        return json.dumps(value, indent=indent)
    return line
