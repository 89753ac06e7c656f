"""The `match` command: texts in, verdicts out; with no database unless a version of the deployment is asked for."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, BinaryIO, TextIO

from entrypoints.desk import matcher_of
from foundation.errors import Refusal
from knowledge.matching import Matcher
from knowledge.schemes.catalogue import read_pack


class LineUnreadable(Refusal):
    """Line {number} is not a JSON object with an "id" and a "text"."""


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


def match_lines(lines: Iterable[bytes], out: TextIO, matcher: Matcher | None = None) -> None:
    """A verdict line for each input line, in order. Raises LineUnreadable at the first bad one."""
    matcher = matcher or _matcher()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text_id, text = row["id"], row["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise LineUnreadable(number=number) from None
        out.write(as_json({"id": text_id, **matcher.match(text).to_json()}) + "\n")
    out.flush()


def as_json(value: dict[str, Any], indent: int | None = None) -> str:
    """JSON that a person can read and any stream can take."""
    line = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a surrogate pair came in; escaped, it can go out as well
        return json.dumps(value, indent=indent)
    return line
