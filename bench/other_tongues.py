"""What is told in English and in written Cantonese, matched against the pack.

    python -m bench.other_tongues

The texts (bench/tongues/) were written by somebody who saw neither the matcher nor its lists of words. The lists were
completed with the even numbers in view; nobody looked at what is missed of the odd ones. Prints for each half how many
tellings and advertisements get a verdict and have the right scheme first and among three, and how many of the harmless
texts get one.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.learning.fitting import shipped_matcher
from knowledge.matching.matcher import Matcher
from knowledge.matching.result import Verdict
from knowledge.schemes.catalogue import read_pack

TEXTS = Path(__file__).with_name("tongues")
TONGUES = ("english", "cantonese")


def rows_of(name: str, remainder: int) -> list[dict[str, Any]]:
    """The even (0) or odd (1) rows of one file."""
    rows = [json.loads(line) for line in (TEXTS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [row for row in rows if int(row["id"].rpartition("-")[2]) % 2 == remainder]


def table_row(matcher: Matcher, scams: Sequence[dict[str, Any]], harmless: Sequence[dict[str, Any]]) -> str:
    """Its cells after the first two."""
    verdicts = first = in_three = 0
    for row in scams:
        result = matcher.match(row["text"])
        right = {row["code"], *row.get("also", ())}
        codes = [match.code for match in result.schemes[:3]]
        verdicts += result.verdict is not Verdict.NONE
        first += codes[:1] != [] and codes[0] in right
        in_three += bool(right & set(codes))
    alarms = sum(matcher.match(row["text"]).verdict is not Verdict.NONE for row in harmless)
    return f"{verdicts} | {first} | {in_three} | {len(scams)} | {alarms} | {len(harmless)}"


def main() -> None:
    """Prints the table."""
    matcher = shipped_matcher(read_pack())
    print("| tongue | half | verdict | scheme 1st | in 3 | of | harmless: verdict | of |")
    print("|---|---|---|---|---|---|---|---|")
    for tongue in TONGUES:
        for remainder, half in enumerate(("seen", "unseen")):
            scams, harmless = rows_of(f"{tongue}_scam", remainder), rows_of(f"{tongue}_harmless", remainder)
            print(f"| {tongue} | {half} | {table_row(matcher, scams, harmless)} |")


if __name__ == "__main__":
    main()
