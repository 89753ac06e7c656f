"""Officers: who they are, what each role may do, their passwords, and being added or reset."""

import asyncio
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from foundation.ids import OfficerId, new_id
from moderation.lockout import forget_failures
from moderation.tables import Officer, OfficerSession
from reports import custody

ONE_TIME_PASSWORD_LASTS = timedelta(days=7)
"""Our own choice: long enough to hand it over, too short to lie forgotten in a drawer."""

MIN_PASSWORD = 10
MAX_PASSWORD = 200


class Role(StrEnum):
    """What an officer is here for."""

    reviewer = "reviewer"
    """Judges tips and proposes rewards (审核员)."""
    supervisor = "supervisor"
    """A reviewer who also approves rewards, takes a claim off a colleague, reads the audit chain (主管)."""
    finance = "finance"
    """Agrees to large rewards, takes claims and marks rewards paid; sees no tip's content (财务)."""
    admin = "admin"
    """Reads the audit chain; decides nothing (管理员)."""


ROLE_LABELS = {Role.reviewer: "审核员", Role.supervisor: "主管", Role.finance: "财务", Role.admin: "管理员"}


class May(StrEnum):
    """A thing that some officers may do."""

    see_tips = "see_tips"
    judge = "judge"
    release_others = "release_others"
    answer_help = "answer_help"
    see_rewards = "see_rewards"
    propose_reward = "propose_reward"
    approve_reward = "approve_reward"
    consent_reward = "consent_reward"
    pay_reward = "pay_reward"
    read_audit = "read_audit"


ALLOWED: dict[Role, frozenset[May]] = {
    Role.reviewer: frozenset({May.see_tips, May.judge, May.answer_help, May.see_rewards, May.propose_reward}),
    Role.supervisor: frozenset(
        {
            May.see_tips,
            May.judge,
            May.release_others,
            May.answer_help,
            May.see_rewards,
            May.propose_reward,
            May.approve_reward,
            May.read_audit,
        }
    ),
    Role.finance: frozenset({May.see_rewards, May.consent_reward, May.pay_reward}),
    Role.admin: frozenset({May.read_audit}),
}
"""The roles of the model in docs/architecture.md; no role both approves a reward and pays it."""


class NotAllowed(Refusal):
    """您的岗位（{role}）不能进行这项操作。"""


class OfficerUnknown(Refusal):
    """没有登录名为“{login}”的人员。"""


class LoginTaken(Refusal):
    """登录名“{login}”已经有人使用。"""


class LoginWrong(Refusal):
    """登录名只能用小写字母、数字、点、横线，2 到 40 个字符，以字母开头。"""


class PasswordTooWeak(Refusal):
    """新密码不合要求：{reason}。"""


class PasswordWrong(Refusal):
    """当前密码不正确。"""


# One hash takes 64 MiB and all of a core: two at a time, so that a flood of sign-ins cannot eat the machine.
_hashers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
HASHER = PasswordHasher()
"""Also of what nobody's password is compared with, so that both take equally long."""


async def hash_password(password: str) -> str:
    """argon2id with the library's parameters (RFC 9106, low-memory choice: 64 MiB, 3 passes)."""
    return await asyncio.get_running_loop().run_in_executor(_hashers, HASHER.hash, password)


async def password_matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one; takes about as long either way."""

    def verify() -> bool:
        try:
            return HASHER.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    return await asyncio.get_running_loop().run_in_executor(_hashers, verify)


def may(officer: Officer, act: May) -> bool:
    """Whether the officer's role allows it."""
    return act in ALLOWED[Role(officer.role)]


def require(officer: Officer, act: May) -> None:
    """Raises NotAllowed where the role does not allow it."""
    if not may(officer, act):
        raise NotAllowed(role=ROLE_LABELS[Role(officer.role)])


def fold_login(login: str) -> str:
    """The form in which a login is stored and compared."""
    return login.strip().casefold()


def check_new_password(login: str, password: str) -> None:
    """Raises PasswordTooWeak: length first, two kinds of character, and not the login itself."""
    if len(password) < MIN_PASSWORD:
        raise PasswordTooWeak(reason=f"至少 {MIN_PASSWORD} 个字符")
    if len(password) > MAX_PASSWORD:
        raise PasswordTooWeak(reason=f"最多 {MAX_PASSWORD} 个字符")
    if fold_login(login) in password.casefold():
        raise PasswordTooWeak(reason="不能包含登录名")
    if len(set(password)) < 5:
        raise PasswordTooWeak(reason="不同的字符太少")
    if password.isdigit() or password.isalpha():
        raise PasswordTooWeak(reason="请同时使用字母和数字（或符号）")


def new_one_time_password() -> str:
    """Twelve letters and digits in three groups, none of them easy to misread; about 59 bits."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    while True:
        letters = "".join(secrets.choice(alphabet) for _ in range(12))
        if not letters.isdigit() and not letters.isalpha():
            return "-".join((letters[:4], letters[4:8], letters[8:]))


@dataclass(frozen=True, slots=True)
class FreshPassword:
    """An officer with the one-time password to hand over; it is shown once and kept nowhere."""

    officer: Officer
    password: str


async def add(
    session: AsyncSession,
    *,
    login: str,
    name: str,
    role: Role,
    at: datetime,
    actor: str = custody.SYSTEM,
    is_demo: bool = False,
) -> FreshPassword:
    """Adds an officer with a one-time password. Raises LoginWrong or LoginTaken."""
    folded = fold_login(login)
    if not re.fullmatch(r"[a-z][a-z0-9.\-]{1,39}", folded):
        raise LoginWrong
    if (await session.exec(select(Officer).where(col(Officer.login) == folded))).first() is not None:
        raise LoginTaken(login=folded)
    password = new_one_time_password()
    officer = Officer(
        id=OfficerId(new_id("off")),
        login=folded,
        name=name.strip()[:40] or folded,
        role=role.value,
        password_hash=await hash_password(password),
        must_change_password=True,
        password_valid_until=at + ONE_TIME_PASSWORD_LASTS,
        is_demo=is_demo,
        created_at=at,
    )
    session.add(officer)
    await session.flush()
    await _record(session, officer, "officer.added", actor, at, {"login": folded, "role": role.value})
    return FreshPassword(officer, password)


async def reset(
    session: AsyncSession, *, login: str, at: datetime, actor: str = custody.SYSTEM
) -> FreshPassword:
    """Gives a new one-time password, opens a lock, switches the officer on and ends their sessions."""
    officer = await find_by_login(session, login)
    password = new_one_time_password()
    officer.password_hash = await hash_password(password)
    officer.must_change_password, officer.password_valid_until = True, at + ONE_TIME_PASSWORD_LASTS
    officer.is_active = True
    session.add(officer)
    await end_sessions(session, officer.id, at)
    await forget_failures(session, officer.login)
    await _record(session, officer, "officer.reset", actor, at, {})
    return FreshPassword(officer, password)


async def switch_off(
    session: AsyncSession, *, login: str, at: datetime, actor: str = custody.SYSTEM
) -> Officer:
    """Ends an officer's access. Their decisions stay under their name."""
    officer = await find_by_login(session, login)
    officer.is_active = False
    session.add(officer)
    await end_sessions(session, officer.id, at)
    await _record(session, officer, "officer.switched_off", actor, at, {})
    return officer


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """A change that was weighed: the hash it was weighed against, and the new one."""

    officer_id: str
    weighed_against: str
    new_hash: str


async def weigh_change(officer: Officer, *, current: str, new: str) -> PasswordChange:
    """Checks and hashes before any transaction: hashing waits in a line, and must not hold the database meanwhile.

    Raises PasswordWrong or PasswordTooWeak.
    """
    if not await password_matches(officer.password_hash, current):
        raise PasswordWrong
    check_new_password(officer.login, new)
    if new == current:
        raise PasswordTooWeak(reason="不能与当前密码相同")
    return PasswordChange(officer.id, officer.password_hash, await hash_password(new))


async def change_password(
    session: AsyncSession, change: PasswordChange, *, at: datetime, keep_token_hash: str = ""
) -> Officer:
    """Replaces the password and ends every other session. Raises PasswordWrong where it was replaced meanwhile."""
    officer = await session.get(Officer, change.officer_id, with_for_update=True)
    if officer is None or officer.password_hash != change.weighed_against:
        raise PasswordWrong
    officer.password_hash = change.new_hash
    officer.must_change_password, officer.password_valid_until, officer.password_changed_at = False, None, at
    session.add(officer)
    await end_sessions(session, officer.id, at, but=keep_token_hash)
    await _record(session, officer, "officer.password_changed", custody.actor_of_officer(officer.id), at, {})
    return officer


async def end_sessions(session: AsyncSession, officer_id: str, at: datetime, *, but: str = "") -> None:
    """Ends every session of the officer, except the one named."""
    await session.exec(
        update(OfficerSession)
        .where(
            col(OfficerSession.officer_id) == officer_id,
            col(OfficerSession.ended_at).is_(None),
            col(OfficerSession.token_hash) != but,
        )
        .values(ended_at=at)
    )


async def find_by_login(session: AsyncSession, login: str) -> Officer:
    """The officer with this login. Raises OfficerUnknown."""
    officer = (await session.exec(select(Officer).where(col(Officer.login) == fold_login(login)))).first()
    if officer is None:
        raise OfficerUnknown(login=login)
    return officer


async def names(session: AsyncSession) -> dict[str, str]:
    """Every officer's name by id, for pages that show who did what."""
    rows = await session.exec(select(Officer.id, Officer.name))
    return dict(rows.all())


async def _record(
    session: AsyncSession, officer: Officer, act: str, actor: str, at: datetime, detail: dict[str, str]
) -> None:
    await custody.record(session, actor=actor, act=act, subject=officer.id, at=at, detail=detail)
