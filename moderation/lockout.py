"""The lock on the door: failed sign-ins are counted by login and by address, and the wait grows with each."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from moderation.tables import SignInThrottle

FREE_FAILURES = 5
"""So many wrong passwords in a row cost nothing but time."""
FREE_FROM_ADDRESS = 20
"""The same for one address, behind which a whole office may sit; whoever gets in clears it."""
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=15)
"""A lock doubles with every further failure up to this; longer would let anybody keep an officer out."""
FAILURES_FORGOTTEN = timedelta(days=1)


class LockedOut(Refusal):
    """登录失败次数过多，请在 {wait} 后再试，或请管理员重置密码。"""


def of_address(address: str) -> str:
    """What an address is counted under; no login holds a blank."""
    return f"address {address}"


async def charge(session: AsyncSession, login: str, at: datetime, *, free: int = FREE_FAILURES) -> None:
    """Counts one attempt as failed before the password is looked at. Raises LockedOut."""
    key = _key(login)
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    await session.exec(delete(SignInThrottle).where(col(SignInThrottle.last_at) < at - FAILURES_FORGOTTEN))
    await session.exec(
        insert(SignInThrottle).values(login_hash=key, failures=0, last_at=at).on_conflict_do_nothing()
    )
    row = (
        await session.exec(
            select(SignInThrottle).where(col(SignInThrottle.login_hash) == key).with_for_update()
        )
    ).one()
    if row.locked_until is not None and row.locked_until > at:
        raise LockedOut(wait=_wait_text(row.locked_until - at))
    row.failures += 1
    row.last_at = at
    row.locked_until = at + lock_after(row.failures, free) if row.failures >= free else None
    session.add(row)
    await session.flush()


def lock_after(failures: int, free: int = FREE_FAILURES) -> timedelta:
    """How long the door stays shut after so many failures in a row."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 10)
    return min(LONGEST_LOCK, FIRST_LOCK * (1 << doublings))


def _wait_text(left: timedelta) -> str:
    seconds = max(1, int(left.total_seconds()) + 1)
    return f"{seconds} 秒" if seconds <= 60 else f"{-(-seconds // 60)} 分钟"


async def forget_failures(session: AsyncSession, login: str) -> None:
    """Opens the lock of a login, as it is stored."""
    key = _key(login)
    await session.exec(delete(SignInThrottle).where(col(SignInThrottle.login_hash) == key))


def _key(login: str) -> str:
    return hashlib.sha256(f"login\0{login}".encode()).hexdigest()
