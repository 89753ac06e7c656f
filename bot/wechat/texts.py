"""Replies as WeChat can show them: numbered text, in messages of at most 2,048 bytes.

Buttons inside a text (`msgmenu`) are not open to every kind of account, so numbers are what is always there.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.channels import Division
from bot.conversation.rendering import as_numbered_text
from bot.conversation.replies import Reply
from bot.cutting import cut, utf8_size

MOST_BYTES = 2048
"""Of one text message. WeChat states no limit for passive replies; this one is known to pass everywhere."""


def as_text(replies: Sequence[Reply]) -> str:
    """Several replies as one message; a passive answer may hold no more than one."""
    return "\n\n".join(text for text in (as_numbered_text(reply).strip() for reply in replies) if text)


def divide(replies: Sequence[Reply]) -> Division:
    """As many replies as fit one message, and the rest. A reply that is too long alone is cut at a
    sentence's end; its choices stay with its last part.
    """
    now: list[Reply] = []
    for position, reply in enumerate(replies):
        if utf8_size(as_text([*now, reply])) > MOST_BYTES:
            if now:
                return Division(tuple(now), tuple(replies[position:]))
            head, tail = _halve(reply)
            return Division((head,), (*tail, *replies[position + 1 :]))
        now.append(reply)
    return Division(tuple(now))


def messages(replies: Sequence[Reply]) -> list[str]:
    """The fewest messages that say all of it: each counts against the few that WeChat allows."""
    texts: list[str] = []
    while replies:
        division = divide(replies)
        texts += cut(as_text(division.now), MOST_BYTES, utf8_size)
        replies = division.later
    return texts


def _halve(reply: Reply) -> tuple[Reply, tuple[Reply, ...]]:
    pieces = cut(reply.text, MOST_BYTES, utf8_size)
    if not pieces:  # the choices alone are too long: nothing can be split off
        return reply, ()
    head = replace(reply, text=pieces[0], choices=(), standing=(), wants="")
    return head, (replace(reply, text=reply.text.strip()[len(pieces[0]) :].strip()),)
