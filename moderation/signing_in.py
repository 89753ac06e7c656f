"""Signing in and staying signed in: attempts charged beforehand, sessions kept on the server."""

import hashlib
import secrets
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from moderation import officers
from moderation.lockout import FREE_FROM_ADDRESS, charge, forget_failures, of_address
from moderation.officers import fold_login, password_matches
from moderation.tables import Officer, OfficerSession
from reports import custody

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
"""A session ends after half an hour of nothing, and after a working day in any case."""
_TOUCH_EVERY = timedelta(minutes=1)


class SignInRefused(Refusal):
    """登录名或密码不正确。"""


class PasswordExpired(Refusal):
    """一次性密码已过期，请联系管理员重新发放。"""


class Transactions(Protocol):
    """Who commits: a session that is committed when its block ends well."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """One transaction."""
        ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: the token goes into the cookie and nowhere else."""

    officer: Officer
    token: str


@cache
def _nobodys_hash() -> str:
    # Verified against where no such officer exists, so that both answers take equally long.
    return officers.HASHER.hash(secrets.token_hex(16))


async def sign_in(
    transactions: Transactions, login: str, password: str, at: datetime, *, address: str = ""
) -> SignedIn:
    """Signs an officer in. Raises SignInRefused, LockedOut or PasswordExpired.

    The attempt is charged and committed before the password is looked at: a hundred guesses sent at once cost
    a hundred failures. Hashing happens between the transactions, so that it holds no lock of the database.
    """
    folded = fold_login(login)[:100]
    async with transactions.transaction() as session:
        if address:  # first: whoever tries many logins from one place must not reach the hashing
            await charge(session, of_address(address), at, free=FREE_FROM_ADDRESS)
        await charge(session, folded, at)
        officer = (await session.exec(select(Officer).where(col(Officer.login) == folded))).first()
    right = await password_matches(officer.password_hash if officer else _nobodys_hash(), password)
    if officer is None or not right or not officer.is_active:
        raise SignInRefused
    if officer.password_valid_until is not None and officer.password_valid_until < at:
        raise PasswordExpired
    async with transactions.transaction() as session:
        fresh = await session.get(Officer, officer.id, with_for_update=True)
        if fresh is None or not fresh.is_active or fresh.password_hash != officer.password_hash:
            raise SignInRefused  # it was changed while we were looking
        await forget_failures(session, folded)
        if address:
            await forget_failures(session, of_address(address))
        token = await _open(session, fresh, at)
        fresh.last_signed_in_at = at
        session.add(fresh)
        await custody.record(
            session,
            actor=custody.actor_of_officer(fresh.id),
            act="officer.signed_in",
            subject=fresh.id,
            at=at,
        )
    return SignedIn(fresh, token)


def hash_token(token: str) -> str:
    """What is stored in place of a token. It has 256 random bits, so a plain hash cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


async def _open(session: AsyncSession, officer: Officer, at: datetime) -> str:
    """A fresh session row; returns its token."""
    token = secrets.token_urlsafe(32)
    session.add(
        OfficerSession(token_hash=hash_token(token), officer_id=officer.id, created_at=at, last_seen_at=at)
    )
    await session.flush()
    return token


@dataclass(frozen=True, slots=True)
class Present:
    """The officer behind a request. `stale` asks the caller to `touch` the session, once a minute."""

    officer: Officer
    token_hash: str
    stale: bool


async def who(session: AsyncSession, token: str, at: datetime) -> Present | None:
    """The officer whose live session this token opens, or None. Writes nothing."""
    row = await session.get(OfficerSession, hash_token(token))
    if row is None or row.ended_at is not None:
        return None
    if at >= row.last_seen_at + IDLE or at >= row.created_at + ABSOLUTE:
        return None
    officer = await session.get(Officer, row.officer_id)
    if officer is None or not officer.is_active:
        return None
    return Present(officer, row.token_hash, stale=at - row.last_seen_at >= _TOUCH_EVERY)


async def touch(session: AsyncSession, present: Present, at: datetime) -> None:
    """Notes that the session is in use."""
    row = await session.get(OfficerSession, present.token_hash)
    if row is not None and row.ended_at is None and row.last_seen_at < at:
        row.last_seen_at = at
        session.add(row)


async def renew(session: AsyncSession, present: Present, at: datetime) -> str:
    """Ends this session and opens another for the same officer, as after a change of password."""
    await sign_out(session, present.token_hash, at)
    return await _open(session, present.officer, at)


async def sign_out(session: AsyncSession, token_hash: str, at: datetime) -> None:
    """Ends one session."""
    row = await session.get(OfficerSession, token_hash)
    if row is not None and row.ended_at is None:
        row.ended_at = at
        session.add(row)


async def forget_old_sessions(session: AsyncSession, at: datetime) -> None:
    """Removes rows of sessions that ended long ago; who signed in when stays in the audit chain."""
    await session.exec(delete(OfficerSession).where(col(OfficerSession.created_at) < at - timedelta(days=30)))
