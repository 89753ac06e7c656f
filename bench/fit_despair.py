"""Fits the weights by which sentences are found to be like those of despair, and measures them on sentences left out.

`python -m bench.fit_despair` prints the figures; `--write` puts the weights where the conversation reads them. It learns from the
sayings that the tests keep, and, as everyday words, from every Chinese or English sentence of the packs, the tests and the
vocabulary. The same files give the same weights.
"""

import argparse
import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.conversation.despair import says_plainly
from bot.conversation.likeness import LIKE, WEIGHTS, grams, likeness, sentences, weights

PROJECT: Final = Path(__file__).parents[1]
SAYINGS: Final = PROJECT / "tests" / "bot" / "conversation" / "sayings"
_LEAST_SEEN: Final = 2
_EVERYDAY: Final = 9000
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_FOLDS: Final = 5
_STRENGTH: Final = 3.0
_POSITIVES_COUNT: Final = 8.0
_HARD_COUNT: Final = 6.0


def lines(name: str) -> list[str]:
    """The kept sayings of one kind."""
    return (SAYINGS / name).read_text("utf-8").splitlines()


def everyday() -> list[str]:
    """Sentences in which nobody despairs, in a fixed order: what the packs, the tests and the vocabulary say."""
    found: set[str] = set()
    for path in sorted(PROJECT.glob("tests/**/*.py")):
        if re.search("despair|cries|alarm", path.name):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in sorted(PROJECT.glob("*/**/*.toml")):
        found.update(re.findall(r'"([^"\n]{2,200})"', path.read_text("utf-8")))
        if path.parent.name == "vocabulary" or path.parent.name == "sayings":
            found.update(
                word.replace("_", " ") for word in re.findall(r"[^\s\"=\[\]]+", path.read_text("utf-8"))
            )
    parts = {part.strip() for text in found for part in re.split(r"[。！？\n!?]", text)}
    kept = sorted(
        p for p in parts if 1 < len(p) < 50 and (_HAN.search(p) or " " in p) and not says_plainly(p)
    )
    # Evenly over the sorted list: no chance, and none of the packs is left out.
    return kept[:: max(1, len(kept) // _EVERYDAY)] + [p for p in kept if len(p) <= 6]


def fit(cries: Sequence[str], hard: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """Weights by gram; the empty gram is where it begins."""
    texts = [part for text in cries for part in sentences(text)]
    positives = len(texts)
    texts += [part for text in (*hard, *others) for part in sentences(text)]
    hards = sum(len(sentences(text)) for text in hard)
    seen = Counter(gram for text in (*cries, *hard) for part in sentences(text) for gram in grams(part))
    names = sorted(gram for gram, count in seen.items() if count >= _LEAST_SEEN)
    place = {gram: number for number, gram in enumerate(names)}
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        found = grams(text)
        for gram in sorted(found & place.keys()):
            rows.append(row)
            columns.append(place[gram])
            values.append(len(found) ** -0.5)
    table = csr_matrix((values, (rows, columns)), shape=(len(texts), len(names)))
    labels = np.array([1] * positives + [0] * (len(texts) - positives))
    counts = np.array(
        [_POSITIVES_COUNT] * positives + [_HARD_COUNT] * hards + [1.0] * (len(texts) - positives - hards)
    )
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit(table, labels, counts)
    return {"": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def folds(items: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """What is learnt from and what is left out, by turns."""
    for number in range(_FOLDS):
        yield [x for n, x in enumerate(items) if n % _FOLDS != number], list(items[number::_FOLDS])


def measure(cries: Sequence[str], hard: Sequence[str], others: Sequence[str]) -> dict[str, Any]:
    """How many of the sentences left out are found, and how many of the everyday ones."""
    found, alarms, wide = 0, 0, 0
    for (cry, cry_out), (calm, calm_out), (rest, rest_out) in zip(
        folds(cries), folds(hard), folds(others), strict=True
    ):
        fitted = fit(cry, calm, rest)
        found += sum(likeness(text, fitted) >= LIKE for text in cry_out)
        alarms += sum(likeness(text, fitted) >= LIKE for text in calm_out)
        wide += sum(likeness(text, fitted) >= LIKE for text in rest_out)
    return {
        "cries": len(cries),
        "found": found,
        "sayings": len(hard),
        "mistaken": alarms,
        "everyday": len(others),
        "mistaken_everyday": wide,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--measure", action="store_true", help="measure on sentences left out, by turns")
    asked = parser.parse_args()
    cries, hard, others = lines("despair.txt"), lines("no_despair.txt"), everyday()
    if asked.measure:
        print(measure(cries, hard, others))
    if asked.write:
        fitted = fit(cries, hard, others)
        WEIGHTS.write_text("".join(f"{gram}\t{weight:.2f}\n" for gram, weight in fitted.items()), "utf-8")
        weights.cache_clear()
        print(f"{len(fitted)} weights")


if __name__ == "__main__":
    main()
