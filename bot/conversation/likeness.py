"""How much a sentence is like those in which people despaired, by its letters: what no pattern foresaw. Total and pure.

The weights are learnt from sayings (`python -m bench.fit_despair`); nothing that citizens write goes into them.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bot.conversation.understanding import fold, size

WEIGHTS: Final = Path(__file__).with_name("vocabulary") / "despair_weights.txt"
"""A gram, a tab and its weight on each line; the empty gram is where it begins."""
LIKE: Final = 0.65
"""From this likeness on it counts; the figures behind it are those of the bench."""
_LONGEST: Final = 120
"""Characters of a message that somebody says of themselves; longer ones are passed on or tell of an ad."""
_MOST_SENTENCES: Final = 6
_SHORTEST: Final = 4
"""Characters of Chinese, or as much in letters, below which a sentence may be a piece of any other."""
_ENDS: Final = re.compile(r"[。！？!?\n；;]+")
_MARKS: Final = re.compile(r"[\s，、,.“”\"'‘’：:…~—_=<>()（）【】「」\-]+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they are compared."""
    parts = (_MARKS.sub(" ", fold(part)).strip() for part in _ENDS.split(text))
    return [part for part in parts if len(part) > 1]


def grams(sentence: str) -> set[str]:
    """Its pieces of one to three letters, with its ends."""
    ended = f" {sentence} "
    return {ended[at : at + size] for size in (1, 2, 3) for at in range(len(ended) - size + 1)}


@cache
def weights() -> Mapping[str, float]:
    """The learnt weights."""
    found = {}
    for line in WEIGHTS.read_text("utf-8").split("\n"):
        gram, tab, weight = line.partition("\t")
        if tab:
            found[gram] = float(weight)
    return found


def likeness(text: str, learnt: Mapping[str, float] | None = None) -> float:
    """Between 0 and 1: that of the sentence which is most like."""
    learnt = weights() if learnt is None else learnt
    parts = sentences(text)
    if len(text) > _LONGEST or not 0 < len(parts) <= _MOST_SENTENCES:
        return 0.0
    return max((_likeness(part, learnt) for part in parts if size(part) >= _SHORTEST), default=0.0)


def _likeness(sentence: str, learnt: Mapping[str, float]) -> float:
    found = grams(sentence)
    margin = learnt[""] + sum(learnt.get(gram, 0.0) for gram in sorted(found)) / math.sqrt(len(found))
    return 1.0 / (1.0 + math.exp(-margin))
