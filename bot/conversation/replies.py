"""What goes out to the citizen, before any channel gives it its form."""

from dataclasses import dataclass, replace
from typing import Literal

Wants = Literal["", "picture", "place", "words"]
"""What would answer best, so that a channel can offer its own button for it (camera, position)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer. `id` is a stable ASCII slug, unique within its reply; `label` has no number."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the citizen.

    `choices` are numbered from 1 where the channel has no buttons. `standing` holds the two answers that are
    always open, `back` (0) and `human` (9); it is empty where the message awaits no answer. `urgent` marks
    what may not wait behind other messages (stop-loss, distress)."""

    text: str
    choices: tuple[Choice, ...] = ()
    standing: tuple[Choice, ...] = ()
    wants: Wants = ""
    urgent: bool = False

    def after(self, text: str) -> "Reply":
        """The same message with `text` said first."""
        return replace(self, text=f"{text}\n{self.text}") if text else self
