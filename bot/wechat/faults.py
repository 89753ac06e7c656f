"""What WeChat's error codes mean for us. The codes are those of the API's own pages and error tables: 40243, 5000x and 895xx of
the pages on the access token, 40037, 43101 and 47003 of those on notices, the others of the table of all codes.
"""

import logging

from bot.channels import MediaGone, PictureNotTaken, TryLater, Unreachable, WindowClosed

log = logging.getLogger(__name__)

TOKEN_REJECTED = frozenset({40001, 40014, 41001, 42001})
"""The access token is wrong, invalid, missing or expired: fetch another, try once more."""
KIND_HAS_IT_NOT = 40200
"""The account is of a kind that cannot do this one thing; what else it may do, it still may."""
TEXT_TOO_LONG = 45002
TOO_MANY_ARTICLES = 45008

PICTURE_NOT_TAKEN = frozenset({40004, 40005, 40006, 40009})
"""WeChat takes no such file as a picture: its kind, its format, its bytes or its size in pixels."""

_UNREACHABLE = {
    40003: "not an OpenID of this account",
    43101: "the user declined notices",
    48002: "the user declined messages",
    50002: "the user's account is frozen or gone",
}
_WINDOW_CLOSED = {
    43004: "the user does not follow the account",
    43019: "the user is on the account's blacklist",
    45015: "48 hours have passed since the user's last message",
    45047: "too many messages since the user's last one",
}
_LATER: dict[int, tuple[str, float | None]] = {
    -1: ("WeChat is busy", None),
    45011: ("too many calls this minute", 60),
    45009: ("the day's quota is used up", 3600),
    # What the menu may lead to; told to whoever pushes it.
    40054: ("a page of the menu has an address that WeChat does not take", None),
    40055: ("a page of the menu has an address that WeChat does not take", None),
    40166: ("the menu's mini-program has another AppID", None),
    85005: (
        "the menu's mini-program is not bound to the account (小程序管理 in the account's console)",
        None,
    ),
}
_OPERATOR: dict[int, str] = {
    40001: "the access token is refused although it is fresh; is another program using the same AppSecret?",
    40013: "the AppID is wrong",
    40014: "the access token is refused although it is fresh",
    40037: "there is no such template as QIANSHAO_WECHAT__NOTICE_TEMPLATE says",
    40125: "the AppSecret is wrong",
    40243: "the AppSecret is frozen; it has to be thawed in the account's console",
    40164: "this server's address is not on the account's list (IP 白名单)",
    41001: "the access token is missing; something between here and WeChat takes it out",
    42001: "the access token has expired although it is fresh; is the clock right?",
    47003: "a notice's template has other fields than QIANSHAO_WECHAT__NOTICE_TEMPLATE says",
    50004: "WeChat forbids this account to fetch access tokens",
    50007: "the account is frozen",
    61004: "this server's address is not registered",
    89501: "this server's address waits for the administrator's consent",
    89503: "this server's address needs the administrator's consent, which WeChat has just asked for",
    89506: "the administrator refused this server's address twice: for a day nothing goes",
    89507: "the administrator refused this server's address: for an hour nothing goes",
}
"""Codes that only the operator can mend, and what the operator is told."""


class TextTooLong(Exception):
    """WeChat takes no text of this length (45002), or not so many articles (45008)."""


class AnswerLost(TryLater):
    """The call went out and no answer that can be read came back: whether WeChat carried it out is not known.

    Each further try may cost another of the few messages: while WeChat is out of order they are twenty seconds apart.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason, 20)


class OperatorMustAct(TryLater):
    """It will work again when the operator has mended something; `errcode` says what."""

    def __init__(self, errcode: int, seconds: float = 600) -> None:
        self.errcode, self.reason = errcode, _OPERATOR[errcode]
        super().__init__(f"errcode {errcode}: {self.reason}", seconds)


class NotOpenToAccount(WindowClosed):
    """The account may not do this at all (48001), no more (48004), or is of a kind that has it not (40200)."""

    def __init__(self, errcode: int) -> None:
        self.errcode = errcode
        super().__init__(f"errcode {errcode}: {_NOT_OPEN[errcode]}")


class WindowSpent(WindowClosed):
    """WeChat's own count says that nothing is left."""


_NOT_OPEN = {
    KIND_HAS_IT_NOT: "the account is of a kind that does not have it",
    48001: "the account is not authorised to do it",
    48004: "WeChat has closed it to the account for irregularities; its console says why",
}


def fault_of(code: int) -> Exception:
    """The exception for an errcode other than 0."""
    if code in _OPERATOR:
        log.error("WeChat refuses the account itself", extra={"errcode": code})
        return OperatorMustAct(code)
    if code in (TEXT_TOO_LONG, TOO_MANY_ARTICLES):
        return TextTooLong()
    if code in _NOT_OPEN:
        return NotOpenToAccount(code)
    if code in _UNREACHABLE:
        return Unreachable(f"errcode {code}: {_UNREACHABLE[code]}")
    if code in _WINDOW_CLOSED:
        return WindowSpent(f"errcode {code}: {_WINDOW_CLOSED[code]}")
    if code in PICTURE_NOT_TAKEN:
        return PictureNotTaken(f"errcode {code}")
    if code == 40007:
        return MediaGone("附件已过期")
    reason, seconds = _LATER.get(code, ("no action is known for it", None))
    if code not in _LATER:
        log.error("an errcode of WeChat that we do not know", extra={"errcode": code})
    return TryLater(f"errcode {code}: {reason}", seconds)
