"""Identifiers: sortable by time of making, unguessable, and a type of their own for each noun."""

import os
import secrets
import threading
import time
from typing import NewType

ReporterId = NewType("ReporterId", str)
ContactId = NewType("ContactId", str)
TipId = NewType("TipId", str)
EvidenceId = NewType("EvidenceId", str)
NoticeId = NewType("NoticeId", str)
RewardId = NewType("RewardId", str)
OfficerId = NewType("OfficerId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case
_RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0/O and no 1/I: a receipt is read aloud over the phone and copied by hand."""

_lock = threading.Lock()
_last = 0


def new_id(prefix: str) -> str:
    """A fresh identifier `prefix_` + 26 characters: 48 bits of milliseconds, then 80 random bits.

    Within one process a later call always sorts behind an earlier one, even within a millisecond.
    """
    global _last
    fresh = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10))
    with _lock:
        # A small random step keeps ids of one millisecond in order and still not guessable from each other.
        number = fresh if fresh > _last else _last + 1 + int.from_bytes(os.urandom(8))
        _last = number
    letters = []
    for _ in range(26):
        letters.append(_ALPHABET[number & 31])
        number >>= 5
    return f"{prefix}_{''.join(reversed(letters))}"


def new_receipt() -> str:
    """A receipt code a citizen keeps: 8 characters in two groups and a check letter, `QS-7KQF-M2XA-T`.

    2^40 codes; the check letter catches any single wrong character.
    """
    body = "".join(secrets.choice(_RECEIPT_ALPHABET) for _ in range(8))
    return f"QS-{body[:4]}-{body[4:]}-{_check_letter(body)}"


def read_receipt(text: str) -> str | None:
    """The canonical receipt that `text` holds in whatever spacing and case, or None where it is no receipt."""
    folded = "".join(c for c in text.upper() if c.isalnum())
    if not folded.startswith("QS"):
        return None
    body, check = folded[2:10], folded[10:]
    if len(body) != 8 or len(check) != 1 or any(c not in _RECEIPT_ALPHABET for c in body):
        return None
    if _check_letter(body) != check:
        return None
    return f"QS-{body[:4]}-{body[4:]}-{check}"


def _check_letter(body: str) -> str:
    # Odd weights are invertible modulo 32, so any one changed character changes the sum.
    total = sum(_RECEIPT_ALPHABET.index(c) * (2 * i + 1) for i, c in enumerate(body))
    return _RECEIPT_ALPHABET[total % 32]
