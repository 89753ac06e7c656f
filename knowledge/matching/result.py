"""What the matcher answers, and the JSON line that carries it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.matching.indicators import Indicator, IndicatorKind


class Verdict(StrEnum):
    """How the text as a whole looks. Never a finding of law: that belongs to the responsible department."""

    LIKELY = "likely"
    """Reads like an advertisement or script of a known scheme."""
    POSSIBLE = "possible"
    """Some signs of one; an officer should look."""
    NONE = "none"
    """No sign of a known scheme."""


class Sense(StrEnum):
    """Who speaks, and to what end."""

    OFFER = "offer"
    """Someone offers, recruits or demands: the voice of an advertisement."""
    QUESTION = "question"
    """A customer's or citizen's question."""
    VICTIM = "victim"
    """Someone tells what happened to them or their family."""
    TOLD = "told"
    """Someone tells of an offer that another made."""
    WARNING = "warning"
    """A warning, official publicity or news."""
    NEGATION = "negation"
    """The speaker declines or denies."""
    DISPUTE = "dispute"
    """A quarrel with a licensed institution: no tip; the right door is 12378."""
    OTHER = "other"
    """None of these."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason. `span` is where it stands in the text as sent (characters, half open); None if nowhere
    in particular.

    `reason` is the officer's label, `plain` a sentence that a citizen understands, `weight` its part in
    the score (negative: it speaks against the scheme).
    """

    weight: float
    reason: str
    query: str
    candidate: str
    span: tuple[int, int] | None
    plain: str


@dataclass(frozen=True, slots=True)
class SchemeMatch:
    """How well one scheme fits, in [0, 1], and why."""

    code: str
    name: str
    score: float
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The answer for one text. `score` in [0, 1] is how much it reads like an illegal-finance offer;
    `schemes` are at most five, best first; `disguise` in [0, 1] is how much of it was dressed up;
    `learnt` is the learnt model's own probability where one is loaded, so that an officer sees when it
    and the rules disagree; `cut` says that only the beginning of a very long text was read; `honest` that
    people have judged this very text to be no scheme; `model` is the version that judged."""

    verdict: Verdict
    score: float
    schemes: tuple[SchemeMatch, ...]
    sense: Sense
    indicators: tuple[Indicator, ...]
    disguise: float
    rules: float = 0.0
    learnt: float | None = None
    cut: bool = False
    honest: bool = False
    model: str = ""

    @property
    def disagree(self) -> bool:
        """True where the rules and the learnt model come down on different sides."""
        return self.learnt is not None and abs(self.rules - self.learnt) >= 0.5

    def to_line(self) -> dict[str, Any]:
        """The fields of one line of `match --jsonl`, without the id: what does not change from version to version."""
        whole = self.to_json()
        return {
            "verdict": whole["verdict"],
            "score": whole["score"],
            "schemes": [
                {key: match[key] for key in ("code", "score", "clues")} for match in whole["schemes"]
            ],
            **{key: whole[key] for key in ("sense", "indicators", "disguise")},
        }

    def to_json(self) -> dict[str, Any]:
        """All of it, as a tip keeps it."""
        return {
            "verdict": self.verdict.value,
            "score": round(self.score, 4),
            "schemes": [
                {
                    "code": match.code,
                    "name": match.name,
                    "score": round(match.score, 4),
                    "clues": [
                        {
                            "weight": round(clue.weight, 3),
                            "reason": clue.reason,
                            "query": clue.query,
                            "candidate": clue.candidate,
                            "span": list(clue.span) if clue.span else None,
                            "plain": clue.plain,
                        }
                        for clue in match.clues
                    ],
                }
                for match in self.schemes
            ],
            "sense": self.sense.value,
            "indicators": [
                {"kind": i.kind.value, "canonical": i.canonical, "raw": i.raw, "span": list(i.span)}
                for i in self.indicators
            ],
            "disguise": round(self.disguise, 3),
            "rules": round(self.rules, 4),
            "learnt": None if self.learnt is None else round(self.learnt, 4),
            "cut": self.cut,
            "honest": self.honest,
            "model": self.model,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "MatchResult":
        """The inverse of `to_json`. Raises KeyError or ValueError on a line that is not one of ours."""
        learnt = value.get("learnt")
        return cls(
            verdict=Verdict(value["verdict"]),
            score=float(value["score"]),
            schemes=tuple(
                SchemeMatch(
                    code=match["code"],
                    name=match["name"],
                    score=float(match["score"]),
                    clues=tuple(
                        Clue(
                            weight=float(clue["weight"]),
                            reason=clue["reason"],
                            query=clue["query"],
                            candidate=clue["candidate"],
                            span=_pair(clue["span"]),
                            plain=clue["plain"],
                        )
                        for clue in match["clues"]
                    ),
                )
                for match in value["schemes"]
            ),
            sense=Sense(value["sense"]),
            indicators=tuple(
                Indicator(IndicatorKind(i["kind"]), i["canonical"], i["raw"], _pair(i["span"]) or (0, 0))
                for i in value["indicators"]
            ),
            disguise=float(value["disguise"]),
            rules=float(value.get("rules", 0.0)),
            learnt=None if learnt is None else float(learnt),
            cut=bool(value.get("cut", False)),
            honest=bool(value.get("honest", False)),
            model=str(value.get("model", "")),
        )


def _pair(span: Any) -> tuple[int, int] | None:
    return None if span is None else (int(span[0]), int(span[1]))
