"""What WeChat's error codes mean for us. The codes are those of the API's own pages and error tables."""

import logging

from bot.channels import MediaGone, TryLater, Unreachable, WindowClosed

log = logging.getLogger(__name__)

TOKEN_REJECTED = frozenset({40001, 40014, 41001, 42001})
"""The access token is wrong, invalid, missing or expired: fetch another, try once more."""
TEXT_TOO_LONG = 45002

_UNREACHABLE = {
    40003: "not an OpenID of this account",
    43101: "the user declined notices",
    48002: "the user declined messages",
}
_WINDOW_CLOSED = {
    43004: "the user does not follow the account",
    45015: "48 hours have passed since the user's last message",
    45047: "too many messages since the user's last one",
    # Not the user's doing, but the effect is the same: only the answer to the user's next message gets
    # through.
    48001: "the account is not authorised to send messages",
}
_LATER: dict[int, tuple[str, float | None]] = {
    -1: ("WeChat is busy", None),
    45011: ("too many calls this minute", 60),
    45009: ("the day's quota is used up", 3600),
    40164: ("this server's address is not on the account's list", 600),
    89503: ("this server's address waits for the administrator's consent", 600),
    61004: ("this server's address is not registered", 600),
    40013: ("the AppID is wrong", 600),
    40125: ("the AppSecret is wrong", 600),
}
_OPERATOR = frozenset({40001, 40013, 40014, 40125, 40164, 41001, 42001, 48001, 61004, 89503})
"""Codes that only the operator can mend; they are logged as errors."""


class TextTooLong(Exception):
    """WeChat takes no text of this length (45002)."""


def fault_of(code: int) -> Exception:
    """The exception for an errcode other than 0."""
    if code in _OPERATOR:
        log.error("WeChat refuses the account itself", extra={"errcode": code})
    if code == TEXT_TOO_LONG:
        return TextTooLong()
    if code in _UNREACHABLE:
        return Unreachable(f"errcode {code}: {_UNREACHABLE[code]}")
    if code in _WINDOW_CLOSED:
        return WindowClosed(f"errcode {code}: {_WINDOW_CLOSED[code]}")
    if code == 40007:
        return MediaGone("附件已过期")
    reason, seconds = _LATER.get(code, ("no action is known for it", None))
    if code not in _LATER and code not in _OPERATOR:
        log.error("an errcode of WeChat that we do not know", extra={"errcode": code})
    return TryLater(f"errcode {code}: {reason}", seconds)
