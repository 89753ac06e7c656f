"""The figures of the bench, on a folder small enough to reckon by hand."""

import json
import math
from pathlib import Path

import pytest

from bench.measured import Answer, DataMissing, auc, figures, read_measured, recall_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    flyers = [("f1", "loan"), ("f2", "loan"), ("f3", "none"), ("f4", "gambling")]
    negatives = [("n1", 1), ("n2", 0)]
    (tmp_path / "families.json").write_text(json.dumps({"loan": ["loan_broker", "ab_loan"]}), "utf-8")
    (tmp_path / "flyer_ads.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": f"text {i}", "category": c}) + "\n" for i, c in flyers), "utf-8"
    )
    (tmp_path / "negatives.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": f"text {i}", "hard": h}) + "\n" for i, h in negatives), "utf-8"
    )
    return tmp_path


def test_an_advertisement_of_no_scheme_of_ours_is_not_asked_and_a_lawful_one_is_a_hard_negative(
    folder: Path,
) -> None:
    kinds = {q.id: (q.positive, q.hard) for q in read_measured(folder).queries}
    assert kinds == {
        "f1": (True, False), "f2": (True, False), "f3": (False, True), "n1": (False, True), "n2": (False, False)
    }  # fmt: skip


def test_the_figures_are_what_one_reckons_by_hand(folder: Path) -> None:
    answers = [
        Answer(0.9, ("ab_loan",), True),  # f1: found, right family
        Answer(0.4, ("pos_cashout", "loan_broker"), False),  # f2: right family among three
        Answer(0.5, (), True),  # f3: a false verdict on a hard one
        Answer(0.1, (), False),
        Answer(0.2, (), False),
    ]
    found = figures(read_measured(folder), answers)
    assert found.auc_hard == 0.75  # of four pairs only f2 below f3 is wrong
    assert found.auc_easy == 1.0
    assert found.recall_at_2 == 0.5
    assert (found.family_1, found.family_3) == (0.5, 1.0)
    assert (found.verdict_recall, found.verdict_hard, found.verdict_easy) == (0.5, 0.5, 0.0)


def test_a_way_without_verdicts_gets_no_verdict_figures(folder: Path) -> None:
    measured = read_measured(folder)
    found = figures(measured, [Answer(0.1, ()) for _ in measured.queries])
    assert math.isnan(found.verdict_recall)
    assert found.auc_hard == 0.5, "all scores alike: a coin"


def test_ties_count_half_and_a_threshold_must_be_exceeded() -> None:
    assert auc([1.0], [1.0, 0.0]) == 0.75
    assert recall_at([0.5, 0.6], [0.5] * 100, 0.02) == 0.5


def test_a_missing_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"no flyer_ads\.jsonl in .*--data DIR"):
        read_measured(tmp_path / "nowhere")
