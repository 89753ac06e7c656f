"""The `match` command: texts in, verdicts out; with no database unless a version of the deployment is asked for."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, TextIO

from entrypoints.desk import matcher_of
from foundation.errors import Refusal
from knowledge.matching import Matcher
from knowledge.schemes.catalogue import read_pack


class LineUnreadable(Refusal):
    """Line {number} is not a JSON object with an "id" and a "text"."""


@cache
def _matcher() -> Matcher:
    return matcher_of(read_pack())


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
        except (ValueError, KeyError, TypeError):
            raise LineUnreadable(number=number) from None
        out.write(json.dumps({"id": text_id, **matcher.match(text).to_json()}, ensure_ascii=False) + "\n")
    out.flush()
