"""Fitting a version to the pack and to what people have judged, and measuring it on the kept-back share.

Pure and heavy (ten seconds and more): run it in a process of its own, never on the web's event loop.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from knowledge.learning.exemplars import Judged, kept_back
from knowledge.learning.measuring import Figures, answers, offers, worse_in
from knowledge.matching import Matcher
from knowledge.matching.learning import OfferModel, Row, fit
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.examples import Exemplar, Register, read_exemplars, read_negatives
from knowledge.schemes.training import FOLDS, known_schemes, pack_rows, read_model, read_told_model

OFFICERS_COUNT: Final = 3.0
"""A text from the street counts for as many of the pack's: it is what the model will meet."""
MOST_FITTED: Final = 20_000
"""Judged texts; of more the newest are taken. Fitting stays within minutes and half a gigabyte."""


class Fitted(NamedTuple):
    """A fitted version and how it does beside the one in force, on the same texts."""

    model: dict[str, Any]
    own: Figures
    parent: Figures
    worse: tuple[str, ...]
    """The figures in which it does worse than that one, beyond chance."""


def as_exemplars(judged: Iterable[Judged], catalogue: Catalogue) -> list[Exemplar]:
    """The texts of a scheme, as further exemplars; what names a scheme of yesterday is left out."""
    return [Exemplar(j.scheme, Register.POST, j.text) for j in judged if j.scheme in catalogue and j.scheme]


def matcher_of(catalogue: Catalogue, learnt_from: Iterable[Judged], model: OfferModel) -> Matcher:
    """The matcher of a version: the pack, the judged texts that it knows, its weights."""
    return Matcher(
        known_schemes(catalogue, [*read_exemplars(), *as_exemplars(learnt_from, catalogue)]),
        model,
        read_told_model(),
    )


def shipped_matcher(catalogue: Catalogue) -> Matcher:
    """The matcher over a catalogue with the pack's own examples and the model that ships with them."""
    return Matcher(known_schemes(catalogue, read_exemplars()), read_model(), read_told_model())


def fit_model(version: str, catalogue: Catalogue, judged: Sequence[Judged]) -> OfferModel:
    """Fits on the pack and on `judged`, of which each is seen by a matcher that does not know it."""
    pack = pack_rows(catalogue, read_exemplars(), read_negatives())
    rows: list[Row] = [row for row, _ in pack]
    labels = [offer for _, offer in pack]
    importance = [1.0] * len(rows)
    for fold in range(FOLDS):
        rest = [j for i, j in enumerate(judged) if i % FOLDS != fold]
        matcher = matcher_of(catalogue, rest, read_model())
        for item in judged[fold::FOLDS]:
            if (offer := offers(item)) is not None:
                rows.append(matcher.row(item.text))
                labels.append(offer)
                importance.append(OFFICERS_COUNT)
    street = [number >= len(pack) for number in range(len(rows))]
    return fit(version, rows, labels, importance=importance, from_the_street=street)


def fit_and_measure(
    version: str,
    catalogue: Catalogue,
    judged: Sequence[Judged],
    parent: OfferModel,
    parent_learnt_from: Sequence[Judged],
) -> Fitted:
    """A new version fitted on all but the kept-back share, measured beside its parent on that share."""
    learnt_from = to_fit(judged)
    model = fit_model(version, catalogue, learnt_from)
    share = [item for item in judged if kept_back(item.digest)]
    own = answers(matcher_of(catalogue, learnt_from, model), share)
    before = answers(matcher_of(catalogue, parent_learnt_from, parent), share)
    return Fitted(model.to_json(), own.figures(), before.figures(), worse_in(own, before))


def to_fit(judged: Sequence[Judged]) -> list[Judged]:
    """What is learnt from: all but the kept-back share, of very many the newest."""
    return [item for item in judged if not kept_back(item.digest)][-MOST_FITTED:]
