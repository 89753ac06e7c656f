"""A text as a row of named numbers: what every model of ours weighs."""

import math
import re
from collections.abc import Sequence

from knowledge.matching.evidence import SchemeEvidence
from knowledge.matching.indicators import Indicator, IndicatorKind
from knowledge.matching.sense import VOICES, Reading

_MASKED_CONTACT = re.compile(
    r"1[3-9x][x*\d]{9}(?!\d)|1x{6,}|0\d?x{1,2}-?x{6,8}|[48]00-?[x*]{5,8}|x{6,}|(?:微信|qq|v|@)[:：]?[x*]{5,}|http://url"
)
"""Numbers that someone has blotted out before passing the text on: still a sign that one stood there."""

NAMES: tuple[str, ...] = (
    *VOICES, "evidence", "topic", "flags", "phrase", "lookalike", "second", "contact", "masked",
    "disguise", "length", "lines", "offer_x_evidence", "money",
)  # fmt: skip
"""The features, in the order of a row."""

_MONEY = re.compile(r"\d+(?:\.\d+)?(?:万|w|千|k|元|块|厘|分利|%|个点|米)|[nx\d]+万|几百|上千|过万|百分之")
_CONTACTS = {
    IndicatorKind.PHONE,
    IndicatorKind.WECHAT,
    IndicatorKind.QQ,
    IndicatorKind.TELEGRAM,
    IndicatorKind.WHATSAPP,
    IndicatorKind.URL,
    IndicatorKind.PAYEE,
}


def row(
    text: str,
    disguise: float,
    reading: Reading,
    evidence: Sequence[SchemeEvidence],
    indicators: Sequence[Indicator],
) -> dict[str, float]:
    """The features of one normalised text by name. All are finite; most lie in 0..4."""
    ranked = sorted(evidence, key=lambda e: -e.strength)
    best = ranked[0] if ranked else SchemeEvidence()
    values = {name: min(reading.strength[name], 5.0) for name in VOICES}
    offer = min(values["offer"] + values["script"], 5.0)
    values |= {
        "evidence": min(best.strength, 5.0),
        "topic": min(best.topic, 5.0),
        "flags": min(best.flags, 3.0),
        "phrase": min(best.phrase, 2.0),
        "lookalike": min(best.lookalike, 3.0),
        "second": min(ranked[1].strength, 5.0) if len(ranked) > 1 else 0.0,
        "contact": float(any(i.kind in _CONTACTS for i in indicators)),
        "masked": float(bool(_MASKED_CONTACT.search(text))),
        "disguise": disguise,
        "length": math.log1p(len(text)) / 3.0,
        "lines": min(text.count("\n"), 10) / 5.0,
        "offer_x_evidence": math.sqrt(max(0.0, offer * min(best.strength, 5.0))),
        "money": min(len(_MONEY.findall(text)), 5) / 2.0,
    }
    return {name: values[name] for name in NAMES}
