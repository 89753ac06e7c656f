"""One line of writing on a picture."""

from dataclasses import dataclass
from typing import Any

from knowledge.pictures.symbols import Box

SURE_FROM = 0.5
"""Confidence from which a line counts as read. Below it a line is kept and shown as doubtful."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """`box`: left, top, right, bottom in pixels of the whole upright picture; `confidence`: 0–1."""

    text: str
    box: Box
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "box": list(self.box), "confidence": self.confidence}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "TextLine":
        left, top, right, bottom = stored["box"]
        return cls(stored["text"], (left, top, right, bottom), stored["confidence"])
