"""The pack is written in the project's own words: nothing of it is a row of the texts that matching is measured on."""

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.matching.likeness import Compared, alike, shingles
from knowledge.schemes.catalogue import read_pack
from knowledge.schemes.examples import read_exemplars, read_negatives

DATA = Path(__file__).parents[4] / "shared" / "data"
FILES = ("flyer_ads", "fraud_narratives", "negatives", "obfuscated_spam", "illegal_fundraising_news")
SHORTEST = 10
"""Characters; four or five words about one thing are often the same words."""
ALIKE = 0.7
"""The likeness of a copy with every tenth character changed is .9; of two texts about one thing .3 to .6."""
INSIDE = 0.7
"""Share of an own text's pieces that may stand in one row."""


def own_texts() -> list[tuple[str, str]]:
    return [
        *((f"exemplar of {e.code}", e.text) for e in read_exemplars()),
        *((f"negative of {n.genre}", n.text) for n in read_negatives()),
        *((f"phrase of {code}", phrase) for code, scheme in read_pack().items() for phrase in scheme.phrases),
    ]


def measured_texts() -> list[str]:
    if not DATA.is_dir():
        pytest.skip("the measuring data is not beside this repository (../shared/data)")
    texts = []
    for name in FILES:
        for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            texts.append(str(row.get("text") or ""))
    return [text for text in texts if text]


def nearest(own: list[tuple[str, str]], others: list[str]) -> list[tuple[str, str, float, float]]:
    """(where, text, likeness of the most alike other, share of its pieces inside one other)."""
    ready = [Compared.of(text) for text in others]
    places: dict[str, list[int]] = {}
    for number, one in enumerate(ready):
        for piece in shingles(one):
            places.setdefault(piece, []).append(number)
    found = []
    for where, text in own:
        mine = Compared.of(text)
        pieces = shingles(mine)
        if len(mine) < SHORTEST:
            continue
        shared = Counter(number for piece in pieces for number in places.get(piece, ()))
        best = shared.most_common(5)
        most = max((alike(mine, ready[number]) for number, _ in best), default=0.0)
        found.append((where, text, most, best[0][1] / len(pieces) if best else 0.0))
    return found


def test_no_text_of_the_pack_is_a_measured_row_or_nearly_one() -> None:
    close = [
        f"{where}: {text} ({most:.2f} alike, {inside:.0%} inside)"
        for where, text, most, inside in nearest(own_texts(), measured_texts())
        if most >= ALIKE or inside >= INSIDE
    ]
    assert close == []


def test_a_copy_with_another_contact_or_a_borrowed_half_would_be_noticed() -> None:
    row = "急用钱找我们，本地私人放款，凭身份证当天拿钱，利息低，手续简单，电话13800138000"
    copied = row.replace("13800138000", "19900000000").replace("利息低", "息低")
    borrowed = "凭身份证当天拿钱，利息低，手续简单"
    fresh = "黑户也能下，三分钟出额度，七天一还，通讯录授权就行"
    judged = {text: (most, inside) for _, text, most, inside in nearest(
        [("copy", copied), ("borrowed", borrowed), ("fresh", fresh)], [row, "完全无关的一句话而已，讲讲天气"])}  # fmt: skip
    assert judged[copied][0] >= ALIKE
    assert judged[borrowed][1] >= INSIDE
    assert judged[fresh][0] < ALIKE
    assert judged[fresh][1] < INSIDE
