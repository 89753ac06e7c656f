"""Numbers that nobody should have to type into a chat: taken out before anything is kept."""

import re
from typing import Final

from bot.conversation.own_notes import noted

_LONG_DIGITS = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:\d{15,18}[\dXx]|\d{4}(?:[ \-]\d{4}){3}(?:[ \-]?\d{1,3})?|\d{6}[ \-]\d{8}[ \-]\d{3}[\dXx])"
    r"(?![0-9A-Za-z])"
)
_CODE = re.compile(r"(验证码\D{0,6})(\d{4,8})")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRM_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


_OWN_PHONE = re.compile(
    r"((?<![给打跟找加骗])(?:我|本人|俺)(?:自己)?(?:的)?(?:联系)?(?:电话|手机|号码|方式)(?:号码|号)?(?:是|为|[:：])?\s*"
    r"|(?<![a-z])my (?:phone|mobile|number)(?: number)?(?: is|:)?\s*)(1[3-9]\d[ \-]?\d{4}[ \-]?\d{4})(?!\d)",
    re.IGNORECASE,
)


def mask_own_phone(text: str) -> tuple[str, bool]:
    """The text with the telephone that the citizen calls their own taken out, and whether there was one.

    Other telephones stay: they are the ad's, and evidence."""
    masked, count = _OWN_PHONE.subn(lambda own: own[1] + noted("note.hidden"), text)
    return masked, bool(count)


def mask_personal_numbers(text: str) -> tuple[str, bool]:
    """The text with identity-card and bank-card numbers and codes taken out, and whether there were any.

    Of a bank card the last four digits stay: they identify the account an ad wants money on. A firm's
    18-sign credit code (GB 32100-2015, checked by its last sign) is no person's number and stays whole."""
    narrow = text.translate({ord(full): chr(ord(full) - 0xFEE0) for full in "０１２３４５６７８９Ｘｘ－"})
    found = False

    def hide(match: re.Match[str]) -> str:
        nonlocal found
        number = re.sub(r"[ \-]", "", match.group()).upper()
        if len(number) == 18 and _is_identity(number):
            found = True
            return noted("note.identity_hidden")
        if not number.isdigit() or not 16 <= len(number) <= 19 or _is_firm(number):
            return match.group()
        found = True
        return noted("note.card_hidden", last=number[-4:])

    masked = _LONG_DIGITS.sub(hide, narrow)
    masked, codes = _CODE.subn(lambda code: code[1] + noted("note.hidden"), masked)
    return (masked, True) if found or codes else (text, False)


def _is_identity(number: str) -> bool:
    if not number[:17].isdigit() or not "1" <= number[0] <= "8":
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    # Typed wrongly it is still an identity number: the date decides, not the last sign.
    return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31


def _is_firm(number: str) -> bool:
    if len(number) != 18 or number[:2] not in {"11", "12", "13", "51", "52", "53", "91", "92", "93"}:
        return False
    total = sum(
        _FIRM_SIGNS.index(sign) * pow(3, i, 31) for i, sign in enumerate(number[:17]) if sign in _FIRM_SIGNS
    )
    return _FIRM_SIGNS[(31 - total % 31) % 31] == number[17]
