"""What officers' decisions are worth: half of the measured texts are imported, the other half is judged.

    python -m bench.learning [--data DIR] [--splits 8] [--first 11]

Each split is settled by its number and takes the way of `qianshao exemplars import`: of each what may be learnt, a version fitted
by the job's own function, with its own kept-back share, and taken into use only where the job would. An officer's
decision names the scheme that was suggested if that is of the right kind, else the first that is. Nothing is chosen by
the half that is judged.
"""

import argparse
import random
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

from bench.measured import DEFAULT_FOLDER, Answer, Figures, Measured, Query, figures, read_measured
from knowledge.learning.exemplars import Judged
from knowledge.learning.fitting import fit_and_measure, matcher_of, shipped_matcher, to_fit
from knowledge.learning.masking import learnable
from knowledge.learning.versions import knowing_honest
from knowledge.matching import Matcher, Verdict
from knowledge.matching.learning import OfferModel
from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.training import read_model

SPLITS = 8
FIRST = 11
"""The splits before it were looked at while the fit was built; these were not."""
_SHOWN = ("auc_hard", "recall_at_2", "family_1", "verdict_recall", "verdict_hard", "verdict_easy")


@dataclass(frozen=True, slots=True)
class Half:
    """One split: the shipped matcher and the fitted one on the half that neither has seen."""

    number: int
    before: Figures
    after: Figures
    trust: float
    worse: tuple[str, ...]

    @property
    def in_force(self) -> Figures:
        """What a deployment has: the fitted version where it was taken into use."""
        return self.before if self.worse else self.after


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="Matching before and after learning from half of the texts.")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the measured texts")
    parser.add_argument("--splits", type=int, default=SPLITS)
    parser.add_argument("--first", type=int, default=FIRST, help="number of the first split")
    asked = parser.parse_args()
    measured = read_measured(asked.data)
    print(
        "| split | AUC hard | recall at 2 % | family 1st | verdict: recall | hard false | easy false | trust | in use |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with ProcessPoolExecutor(1) as pool:
        halves = []
        for half in pool.map(
            _learn_half, [measured] * asked.splits, range(asked.first, asked.first + asked.splits)
        ):
            halves.append(half)
            use = f"no: {', '.join(half.worse)}" if half.worse else "yes"
            print(
                f"| {half.number} | {_cells(half.before, half.after)} | {half.trust:.1f} | {use} |",
                flush=True,
            )
    _print_summary("median", halves, lambda values, _: statistics.median(values))
    _print_summary("worst", halves, lambda values, high: max(values) if high else min(values))


def _cells(before: Figures, after: Figures) -> str:
    return " | ".join(f"{getattr(before, n):.3f} → {getattr(after, n):.3f}" for n in _SHOWN)


def _print_summary(label: str, halves: Sequence[Half], of: Callable[[list[float], bool], float]) -> None:
    def summed(found: Sequence[Figures]) -> Figures:
        names = Figures.__dataclass_fields__
        columns = zip(*(astuple(one) for one in found), strict=True)
        return Figures(
            *(of(list(c), n in ("verdict_hard", "verdict_easy")) for n, c in zip(names, columns, strict=True))
        )

    before, fitted = summed([h.before for h in halves]), summed([h.after for h in halves])
    print(f"| {label} | {_cells(before, fitted)} | | |")
    print(f"| {label} in use | {_cells(before, summed([h.in_force for h in halves]))} | | |", flush=True)


def halves_of(measured: Measured, number: int) -> tuple[list[Query], list[Query]]:
    """The imported and the judged half: offers, hard and easy honest texts halved each."""
    shuffled = list(measured.queries)
    random.Random(number).shuffle(shuffled)
    kinds: dict[tuple[bool, bool], list[Query]] = {}
    for query in shuffled:
        kinds.setdefault((query.positive, query.hard), []).append(query)
    return [q for kind in kinds.values() for q in kind[::2]], [
        q for kind in kinds.values() for q in kind[1::2]
    ]


def _learn_half(measured: Measured, number: int) -> Half:
    catalogue = read_pack()
    shipped = shipped_matcher(catalogue)
    imported, unseen = halves_of(measured, number)
    judged = [_decided(query, shipped, measured, catalogue) for query in imported]
    judged = list({one.digest: one for one in judged if one.text}.values())
    fitted = fit_and_measure(f"officers-{number}", catalogue, judged, read_model(), ())
    model = OfferModel.from_json(fitted.model)
    matcher = matcher_of(catalogue, to_fit(judged), model)
    knowing = knowing_honest(matcher, tuple(one.text for one in judged if one.scheme is None))
    rest = Measured(tuple(unseen), measured.right)
    return Half(number, _figures(shipped, rest), _figures(knowing, rest), model.trust, fitted.worse)


def _decided(query: Query, shipped: Matcher, measured: Measured, catalogue: Catalogue) -> Judged:
    if query.category is None:
        return Judged(learnable(query.text), None)
    right = measured.right[query.category]
    suggested = [match.code for match in shipped.match(query.text).schemes]
    return Judged(
        learnable(query.text), next(c for c in [*suggested, *sorted(right)] if c in right and c in catalogue)
    )


def _figures(matcher: Matcher, measured: Measured) -> Figures:
    answers = []
    for query in measured.queries:
        result = matcher.match(query.text)
        codes = tuple(match.code for match in result.schemes)
        answers.append(Answer(result.score, codes, result.verdict is not Verdict.NONE))
    return figures(measured, answers)


if __name__ == "__main__":
    main()
