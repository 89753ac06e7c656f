"""Passphrases: whoever reports where nothing of theirs may be asked shows receipt and passphrase for the reward.

Shown once, kept as argon2id. Five wrong tries in chats, and it is only taken at the counter (as the rules for rewarding
anonymous reports of food and drug offences have it: identity code and agreed password).
"""

import asyncio
import re
import secrets
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import Tip, TipPassphrase

MOST_WRONG = 5
_DIGITS = 8
_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's smallest parameters: a passphrase is random and its tries are counted, and making one holds up its tip."""


async def make(session: AsyncSession, tip_id: str, at: datetime) -> str:
    """A new passphrase of eight digits for a tip that has none; it is told nowhere else."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
    digest = await asyncio.to_thread(_ARGON2.hash, digits)
    session.add(TipPassphrase(tip_id=tip_id, digest=digest, made_at=at))
    await session.flush()
    return f"{digits[:4]} {digits[4:]}"


async def is_made(session: AsyncSession, tip_id: str) -> bool:
    """Whether the tip has one."""
    return await session.get(TipPassphrase, tip_id) is not None


async def opens(session: AsyncSession, receipt: str, said: str) -> bool:
    """Whether this is the passphrase of the tip with this receipt, said in a chat: a wrong one is counted, and after
    five none is right any more."""
    row = (
        await session.exec(
            select(TipPassphrase)
            .join(Tip, col(Tip.id) == col(TipPassphrase.tip_id))
            .where(col(Tip.receipt) == receipt)
            .with_for_update(of=TipPassphrase)
        )
    ).first()
    if row is None or row.wrong >= MOST_WRONG:
        return False
    if await _is_right(row, said):
        return True
    row.wrong += 1
    session.add(row)
    return False


async def is_right(session: AsyncSession, tip_id: str, said: str) -> bool:
    """Whether this is the tip's passphrase, shown to an officer at the counter."""
    row = await session.get(TipPassphrase, tip_id)
    return row is not None and await _is_right(row, said)


async def _is_right(row: TipPassphrase, said: str) -> bool:
    digits = re.sub(r"\D", "", said)
    try:
        return await asyncio.to_thread(_ARGON2.verify, row.digest, digits)
    except (VerificationError, InvalidHashError):
        return False
