"""The pack is written in the project's own words: nothing of it is a row of the texts that matching is measured on.

Those texts may not be shipped, so what lies here of them, `measured_runs.bin`, is four bytes of a hash for one run of
eight characters in eight: enough to notice a sentence that was taken over, too little to read one. Where the texts
themselves lie beside the repository every own text is compared with them too.

    python -m tests.knowledge.schemes.test_own_words DIR     writes the file anew
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from knowledge.matching import normalize
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
RUNS = Path(__file__).parent / "measured_runs.bin"
RUN = 8
ONE_IN = 8
TAKEN_OVER = 0.4
"""Share of an own text's runs that may be known, where it has four or more to go by; stock phrases (不要告诉任何人) are
some."""


def runs_of(text: str) -> set[bytes]:
    """The hashes of one run of RUN characters in ONE_IN, the same ones in whatever text a run stands."""
    bare = "".join(c for c in normalize(text).text if c.isalnum())
    hashes = (hashlib.sha256(bare[i : i + RUN].encode()).digest() for i in range(len(bare) - RUN + 1))
    return {found[:4] for found in hashes if found[-1] % ONE_IN == 0}


def known_runs() -> set[bytes]:
    data = RUNS.read_bytes()
    return {data[i : i + 4] for i in range(0, len(data), 4)}


def test_no_text_of_the_pack_has_the_runs_of_a_measured_one() -> None:
    known = known_runs()
    own = [(where, text, runs_of(text)) for where, text in own_texts()]
    assert [
        (w, t) for w, t, runs in own if len(runs) >= 4 and len(runs & known) > TAKEN_OVER * len(runs)
    ] == []
    # Short texts one by one have too few runs to go by; all together they do.
    few = [runs for _, _, runs in own if len(runs) < 4]
    assert sum(len(runs & known) for runs in few) <= 0.005 * sum(map(len, few))


def test_runs_notice_a_text_that_was_taken_over() -> None:
    row = "急用钱找我们，本地私人放款，凭身份证当天拿钱，利息低，手续简单，老客户介绍新客户还有优惠，上门办理也行，随时可还"
    copied = "【放款】" + row.replace("利息低", "息低") + "，电话19900000000"
    assert len(runs_of(copied) & runs_of(row)) > TAKEN_OVER * len(runs_of(copied)) > 0


def own_texts() -> list[tuple[str, str]]:
    return [
        *((f"exemplar of {e.code}", e.text) for e in read_exemplars()),
        *((f"negative of {n.genre}", n.text) for n in read_negatives()),
        *((f"phrase of {code}", phrase) for code, scheme in read_pack().items() for phrase in scheme.phrases),
    ]


def measured_texts(folder: Path = DATA) -> list[str]:
    texts = []
    for name in FILES:
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
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


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the measured texts are not beside this repository; their runs are"
)
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


if __name__ == "__main__":
    RUNS.write_bytes(
        b"".join(sorted({run for text in measured_texts(Path(sys.argv[1])) for run in runs_of(text)}))
    )
