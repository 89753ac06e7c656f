"""Matching a text against known schemes: a pure library that imports nothing else of the project."""

from knowledge.matching.indicators import Indicator, IndicatorKind, find_indicators
from knowledge.matching.known import KnownScheme, Lookalike, RedFlag
from knowledge.matching.matcher import Matcher
from knowledge.matching.normalize import Normalized, normalize
from knowledge.matching.result import Clue, MatchResult, SchemeMatch, Sense, Verdict

__all__ = [
    "Clue",
    "Indicator",
    "IndicatorKind",
    "KnownScheme",
    "Lookalike",
    "MatchResult",
    "Matcher",
    "Normalized",
    "RedFlag",
    "SchemeMatch",
    "Sense",
    "Verdict",
    "find_indicators",
    "normalize",
]
