"""A reply as plain numbered text, for channels without buttons."""

from typing import Final

from bot.conversation.replies import Reply

KEYS: Final = {"back": "0", "human": "9"}
"""The digits of the standing answers: always the same."""


def as_numbered_text(reply: Reply) -> str:
    """The text, then one line for each choice (“1 墙上”), then “0 返回 · 9 人工”."""
    lines = [reply.text]
    if reply.choices:
        lines.append("")
        lines.extend(f"{number} {choice.label}" for number, choice in enumerate(reply.choices, start=1))
    if reply.standing:
        if not reply.choices:
            lines.append("")
        lines.append(" · ".join(f"{KEYS[choice.id]} {choice.label}" for choice in reply.standing))
    return "\n".join(lines)
