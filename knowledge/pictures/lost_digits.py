"""A telephone number of which a digit was lost between two glyphs that touch: 000 is easily read as 00.

The recogniser answers, step by step along a line, how likely each letter stands there, and a plain reading takes two equal
neighbours for one (CTC; Graves et al. 2006). Asked instead how likely each number of eleven digits is that gives what was
read when one digit is dropped, its own answer mostly names the right one. Taken for the number only where the views agree
on the rest and the lost digit is of the sort that is lost: the leading 1 of a mobile number, or one that doubles its neighbour;
or where one view reads that number plainly.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import float32, float64
from numpy.typing import NDArray

Likelihoods = NDArray[float32]
"""Steps along a line × 11: of a blank, then of the digits 0 to 9."""


class View(NamedTuple):
    """One way to read a line: its text, how sure (0–1), and what each step along it may be."""

    text: str
    confidence: float
    digits: Likelihoods | None = None


_NUMBER = re.compile(r"1[3-9]\d{9}")
_TEN = 10
_LEAST_VIEWS = 3
"""That read the same ten digits."""
_CLEARER = 0.4
"""Of the logarithm of the likelihood, for each view, before the next likely number."""
_FLOOR = 1e-4
_FEWEST = 8
"""Digits that a view must have read to be asked."""


def restored(views: Sequence[View]) -> str | None:
    """The eleven digits of the telephone number that the views have read incompletely, or None."""
    asked = [(re.sub(r"\D", "", view.text), view.digits) for view in views if view.digits is not None]
    asked = [(read, digits) for read, digits in asked if len(read) >= _FEWEST]
    stretches = [_stretch(digits) for _, digits in asked if digits is not None]
    if len(asked) < _LEAST_VIEWS:
        return None
    common, count = Counter(read for read, _ in asked).most_common(1)[0]
    if count >= _LEAST_VIEWS and re.fullmatch(r"[3-9]\d{9}", common):
        return f"1{common}"
    read_plainly = {read for read, _ in asked if _NUMBER.fullmatch(read)}
    possible = sorted(read_plainly.union(*(_with_one_more(read) for read, _ in asked if len(read) == _TEN)))
    if not possible:
        return None
    numbers = np.array([[int(digit) for digit in number] for number in possible])
    likely = np.mean([_log_likelihood(stretch, numbers) for stretch in stretches], axis=0)
    order = np.argsort(-likely)
    best = possible[int(order[0])]
    if len(possible) > 1 and likely[order[0]] - likely[order[1]] < _CLEARER:
        return None
    if best in read_plainly:
        return best
    doubled = count >= _LEAST_VIEWS and best in _with_one_doubled(common)
    return best if doubled and all(_is_part(read, best) for read, _ in asked) else None


def _with_one_more(ten: str) -> set[str]:
    longer = (ten[:place] + digit + ten[place:] for place in range(_TEN + 1) for digit in "0123456789")
    return {number for number in longer if _NUMBER.fullmatch(number)}


def _with_one_doubled(ten: str) -> set[str]:
    return {ten[:place] + ten[place] + ten[place:] for place in range(len(ten))}


def _is_part(shorter: str, longer: str) -> bool:
    letters = iter(longer)
    return all(digit in letters for digit in shorter)


def _stretch(line: Likelihoods) -> Likelihoods:
    """The steps of a line on which its digits stand, from where other letters end."""
    digits = np.flatnonzero(line[:, 1:].max(axis=1) >= 0.5)
    if not digits.size:
        return line
    first, last = int(digits[0]), int(digits[-1])
    other = np.flatnonzero(line[:first].sum(axis=1) < 0.5)
    begin = max(first - 3, int(other[-1]) + 1 if other.size else 0)
    return line[begin : last + 4]


def _log_likelihood(steps: Likelihoods, numbers: NDArray[np.int_]) -> NDArray[float64]:
    """Of each number (rows of digits), over all ways to spread it along the steps: the forward pass of CTC."""
    logs = np.log(steps.astype(float64) + _FLOOR)
    count, length = numbers.shape
    labels = np.zeros((count, 2 * length + 1), int)
    labels[:, 1::2] = numbers + 1
    leaps = np.zeros(labels.shape, bool)
    leaps[:, 2:] = (labels[:, 2:] != 0) & (labels[:, 2:] != labels[:, :-2])
    never = -1e9
    state = np.full(labels.shape, never)
    state[:, 0] = logs[0, 0]
    state[:, 1] = logs[0][labels[:, 1]]
    for step in logs[1:]:
        one = np.pad(state[:, :-1], ((0, 0), (1, 0)), constant_values=never)
        two = np.pad(state[:, :-2], ((0, 0), (2, 0)), constant_values=never)
        state = np.logaddexp(np.logaddexp(state, one), np.where(leaps, two, never)) + step[labels]
    return np.asarray(np.logaddexp(state[:, -1], state[:, -2]))
