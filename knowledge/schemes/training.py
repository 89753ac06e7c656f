"""Fitting the learnt judge on the pack's own examples, and the matcher that comes of it.

`python -m knowledge.schemes.training` writes new model files; they are fitted on texts of this repository only.
"""

import functools
import json
import random
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from knowledge.matching import KnownScheme, Matcher, normalize
from knowledge.matching.learning import OfferModel, Row, fit
from knowledge.matching.retelling import is_told
from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.examples import Exemplar, Negative, read_exemplars, read_negatives
from knowledge.schemes.known import as_known

MODEL_FILE: Final = Path(__file__).parent / "models" / "offer-1.json"
TOLD_FILE: Final = Path(__file__).parent / "models" / "told-1.json"
FOLDS: Final = 4
_CLAUSE = re.compile(r"[，。！？；,!?;]")


def read_model(path: Path = MODEL_FILE) -> OfferModel:
    """The model of a file; raises OSError, ValueError or KeyError if it is none."""
    return OfferModel.from_json(json.loads(path.read_text("utf-8")))


@functools.cache
def read_told_model() -> OfferModel:
    """The model that says whether what somebody tells of is a scheme; it ships with the pack and stays as it is."""
    return read_model(TOLD_FILE)


def known_schemes(catalogue: Catalogue, exemplars: Iterable[Exemplar]) -> list[KnownScheme]:
    """The catalogue with the exemplars as further phrases of their schemes."""
    texts: dict[str, list[str]] = {}
    for exemplar in exemplars:
        texts.setdefault(exemplar.code, []).append(exemplar.text)
    return [as_known(scheme, texts.get(code, ())) for code, scheme in catalogue.items()]


@functools.cache
def pack_matcher() -> Matcher:
    """The matcher over the shipped pack, exemplars and model; built once in a process."""
    return Matcher(known_schemes(read_pack(), read_exemplars()), read_model(), read_told_model())


def pack_rows(
    catalogue: Catalogue, exemplars: Sequence[Exemplar], negatives: Sequence[Negative]
) -> list[tuple[Row, bool]]:
    """The examples as the learnt model sees them, each with whether it offers. Each exemplar is seen by a
    matcher that does not know it as a phrase, for otherwise the model would learn to trust perfect likeness,
    which no new text has."""
    picker = random.Random(7)  # noqa: S311  (repeatable, not secret)
    shuffled = list(exemplars)
    picker.shuffle(shuffled)
    rows: list[tuple[Row, bool]] = []
    for fold in range(FOLDS):
        unseen = shuffled[fold::FOLDS]
        rest = [e for i, e in enumerate(shuffled) if i % FOLDS != fold]
        matcher = Matcher(known_schemes(catalogue, rest))
        judged = [(e.text, e.offers) for e in unseen if e.offers is not None]
        texts = [*judged, *((part, offer) for text, offer in judged if (part := _part_of(text, picker)))]
        honest = [n.text for n in negatives[fold::FOLDS]]
        texts += [(text, False) for text in (*honest, *_lumped(negatives[fold::FOLDS], picker))]
        texts += [(part, False) for text in honest if (part := _part_of(text, picker))]
        rows += [(matcher.row(text), offer) for text, offer in texts]
    return rows


def train(
    catalogue: Catalogue, exemplars: Sequence[Exemplar], negatives: Sequence[Negative], version: str
) -> OfferModel:
    """Fits on the examples alone."""
    rows = pack_rows(catalogue, exemplars, negatives)
    return fit(version, [row for row, _ in rows], [offer for _, offer in rows])


def train_told(
    catalogue: Catalogue, exemplars: Sequence[Exemplar], negatives: Sequence[Negative], version: str
) -> OfferModel:
    """Fits on what is told alone: retellings and victims' stories of schemes, and honest hearsay. A text in which
    nobody tells anything would teach it to tell tellings from the rest, which is known already."""
    shuffled = [e for e in exemplars if e.offers is not True and _is_told(e.text)]
    honest = [n.text for n in negatives if _is_told(n.text)]
    random.Random(7).shuffle(shuffled)  # noqa: S311  (repeatable, not secret)
    rows: list[tuple[Row, bool]] = []
    for fold in range(FOLDS):
        unseen = {e.text for e in shuffled[fold::FOLDS]}
        matcher = Matcher(known_schemes(catalogue, [e for e in exemplars if e.text not in unseen]))
        rows += [(matcher.row(e.text), True) for e in shuffled[fold::FOLDS]]
        rows += [(matcher.row(text), False) for text in honest[fold::FOLDS]]
    return fit(version, [row for row, _ in rows], [offer for _, offer in rows])


def _is_told(text: str) -> bool:
    return is_told(normalize(text).text)


def _part_of(text: str, picker: random.Random) -> str | None:
    """Some clauses of a longer text: people photograph half a leaflet and quote half a message."""
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    if len(clauses) < 3 or picker.random() < 0.6:
        return None
    kept = sorted(picker.sample(range(len(clauses)), len(clauses) // 2 + 1))
    return "，".join(clauses[i] for i in kept)


def _lumped(negatives: Sequence[Negative], picker: random.Random) -> list[str]:
    """Several honest texts of a kind in one, so that length does not tell them from advertisements."""
    by_genre: dict[str, list[str]] = {}
    for negative in negatives:
        by_genre.setdefault(negative.genre, []).append(negative.text)
    return [
        "，".join(picker.sample(texts, min(picker.choice((2, 3)), len(texts))))
        for texts in by_genre.values()
        for _ in range(len(texts) // 2)
    ]


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL_FILE.parent
    for name, teach in ((MODEL_FILE.name, train), (TOLD_FILE.name, train_told)):
        target = folder / name
        model = teach(read_pack(), read_exemplars(), read_negatives(), target.stem)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(model.to_json(), ensure_ascii=False, indent=0) + "\n", "utf-8")
        sys.stdout.write(
            f"{name}: {len(model.grams)} n-grams, calibration {model.slope:.2f} {model.shift:+.2f}\n"
        )
