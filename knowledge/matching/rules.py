"""The rules: the same features with weights set by hand, so that every point of the score can be argued."""

import math
from collections.abc import Mapping

VERSION = "rules-1"

WEIGHTS: dict[str, float] = {
    "offer": 0.55,
    "script": 0.6,
    "offer_x_evidence": 1.1,
    "evidence": 0.35,
    "flags": 0.5,
    "phrase": 0.9,
    "contact": 0.5,
    "masked": 0.5,
    "disguise": 1.2,
    "money": 0.1,
    "question": -1.0,
    "victim": -0.8,
    "warning": -1.2,
    "notice": -1.3,
    "retail": -0.7,
    "licensed": -0.9,
    "dispute": -1.2,
    "negation": -1.0,
    "lookalike": -0.4,
}
BIAS = -3.2


def score(features: Mapping[str, float]) -> float:
    """How much the rules think it an offer of illegal finance: 0..1."""
    total = BIAS + sum(weight * features[name] for name, weight in WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
