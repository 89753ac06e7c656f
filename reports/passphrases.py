"""Passphrases: whoever reports where nothing of theirs may be asked shows receipt and passphrase for the reward.

Shown once, kept as a hash under the deployment's key, without which a stolen database does not tell it. Five wrong tries
in chats, and it is only taken at the counter (as the rules for rewarding anonymous reports of food and drug offences have
it: identity code and agreed password).
"""

import hmac
import re
import secrets
import unicodedata
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import Tip, TipPassphrase
from reports.vault import Vault

MOST_WRONG = 5
_DIGITS = 8


async def make(session: AsyncSession, vault: Vault, tip_id: str, at: datetime) -> str:
    """A new passphrase of eight digits for a tip that has none; it is told nowhere else."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
    session.add(TipPassphrase(tip_id=tip_id, digest=_digest(vault, tip_id, digits), made_at=at))
    await session.flush()
    return f"{digits[:4]} {digits[4:]}"


async def is_made(session: AsyncSession, tip_id: str) -> bool:
    """Whether the tip has one."""
    return await session.get(TipPassphrase, tip_id) is not None


async def opens(session: AsyncSession, vault: Vault, receipt: str, said: str) -> bool:
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
    if _is_right(vault, row, said):
        return True
    row.wrong += 1
    session.add(row)
    return False


async def is_right(session: AsyncSession, vault: Vault, tip_id: str, said: str) -> bool:
    """Whether this is the tip's passphrase, shown to an officer at the counter."""
    row = await session.get(TipPassphrase, tip_id)
    return row is not None and _is_right(vault, row, said)


def _is_right(vault: Vault, row: TipPassphrase, said: str) -> bool:
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", said))  # as a Chinese keyboard types them
    return hmac.compare_digest(row.digest, _digest(vault, row.tip_id, digits))


def _digest(vault: Vault, tip_id: str, digits: str) -> str:
    return vault.lookup("passphrase", f"{tip_id}\0{digits}")
