"""What goes out to the citizen, before any channel gives it its form."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, Literal

LONGEST_KEY: Final = 30
"""Bytes of a choice's key, so that the narrowest channel's button can carry it sealed."""

Wants = Literal["", "picture", "place", "words", "notice"]
"""What would answer best, so that a channel can offer its own button for it (camera, position)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer. `id` is a stable ASCII slug, unique within its reply; `label` has no number."""

    id: str
    label: str
    at: str = field(default="", compare=False)
    """The question it answers, where the engine offers it: dialogue and step."""

    @property
    def key(self) -> str:
        """The id, or what stands for it where it is too long for a button."""
        if len(self.id.encode()) <= LONGEST_KEY:
            return self.id
        return f"~{sha256(self.id.encode()).hexdigest()[: LONGEST_KEY - 1]}"

    @property
    def mark(self) -> str:
        """Four hexadecimal digits that tell this choice from one of the same id in another question (its “下一步”)."""
        return sha256(f"{self.id}\0{self.at}".encode()).hexdigest()[:4]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the citizen.

    `choices` are numbered from 1 where the channel has no buttons. `standing` holds the two answers that are
    always open, `back` (0) and `human` (9); it is empty where the message awaits no answer. `urgent` marks
    what may not wait behind other messages (stop-loss, distress). `picture` is the id of an enclosure that is shown with
    the text, which must stand without it where a channel can show none."""

    text: str
    choices: tuple[Choice, ...] = ()
    standing: tuple[Choice, ...] = ()
    wants: Wants = ""
    urgent: bool = False
    picture: str = ""

    def after(self, text: str) -> "Reply":
        """The same message with `text` said first."""
        return replace(self, text=f"{text}\n{self.text}") if text else self
