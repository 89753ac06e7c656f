"""Officers: added, reset, switched off."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from moderation import officers, signing_in
from moderation.lockout import FREE_FAILURES, LONGEST_LOCK, LockedOut, lock_after
from moderation.officers import (
    ALLOWED,
    LoginTaken,
    LoginWrong,
    May,
    NotAllowed,
    PasswordTooWeak,
    PasswordWrong,
    Role,
    check_new_password,
    new_one_time_password,
    require,
)
from moderation.signing_in import ABSOLUTE, IDLE, PasswordExpired, SignInRefused
from moderation.tables import OfficerSession
from reports import custody
from tests.moderation.judging import NINE, JudgingDesk


async def _added(
    desk: JudgingDesk, login: str = "li.na", role: Role = Role.reviewer
) -> officers.FreshPassword:
    async with desk.transaction() as session:
        return await officers.add(session, login=login, name="李娜", role=role, at=NINE)


async def test_one_time_password_opens_the_door_and_must_be_changed(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    signed_in = await judging_desk.sign_in("Li.Na ", fresh.password)
    assert signed_in.officer.must_change_password
    change = await officers.weigh_change(signed_in.officer, current=fresh.password, new="gao-shan-77-liu")
    async with judging_desk.transaction() as session:
        changed = await officers.change_password(session, change, at=NINE)
    assert not changed.must_change_password
    with pytest.raises(SignInRefused):
        await judging_desk.sign_in("li.na", fresh.password)
    again = await judging_desk.sign_in("li.na", "gao-shan-77-liu")
    assert not again.officer.must_change_password


async def test_one_time_password_goes_stale(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    with pytest.raises(PasswordExpired):
        await judging_desk.sign_in("li.na", fresh.password, NINE + timedelta(days=8))


def test_a_password_is_hashed_as_hard_as_the_standard_asks(earnest_hasher: PasswordHasher) -> None:
    assert earnest_hasher.hash("gao-shan-77-liu").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


async def test_only_hashes_of_password_and_token_are_stored(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    signed_in = await judging_desk.sign_in("li.na", fresh.password)
    assert signed_in.officer.password_hash.startswith("$argon2id$")
    async with judging_desk.database.reading() as session:
        row = (await session.exec(select(OfficerSession))).one()
    assert signed_in.token not in row.model_dump_json()
    assert row.token_hash == signing_in.hash_token(signed_in.token)


async def test_lock_comes_after_five_failures_grows_and_ends(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            await judging_desk.sign_in("li.na", "wrong-password")
    with pytest.raises(LockedOut):
        await judging_desk.sign_in("li.na", fresh.password, NINE + timedelta(seconds=59))
    with pytest.raises(SignInRefused):
        await judging_desk.sign_in("li.na", "wrong-password", NINE + timedelta(seconds=61))
    with pytest.raises(LockedOut):  # the second lock is twice as long
        await judging_desk.sign_in("li.na", fresh.password, NINE + timedelta(seconds=61 + 119))
    assert (await judging_desk.sign_in("li.na", fresh.password, NINE + timedelta(seconds=61 + 121))).token


async def test_unknown_login_is_locked_just_like_a_known_one(judging_desk: JudgingDesk) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            await judging_desk.sign_in("nobody", "wrong-password")
    with pytest.raises(LockedOut):
        await judging_desk.sign_in("nobody", "wrong-password")


async def test_guesses_sent_at_once_are_all_charged(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    outcomes = await asyncio.gather(
        *(judging_desk.sign_in("li.na", f"wrong-password-{n}") for n in range(12)), return_exceptions=True
    )
    assert sum(isinstance(outcome, SignInRefused) for outcome in outcomes) == FREE_FAILURES
    assert sum(isinstance(outcome, LockedOut) for outcome in outcomes) == 12 - FREE_FAILURES
    with pytest.raises(LockedOut):
        await judging_desk.sign_in("li.na", fresh.password)


async def test_lock_never_grows_beyond_its_bound() -> None:
    waits = [lock_after(n) for n in range(1, 200)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_LOCK
    assert waits[FREE_FAILURES - 2] == timedelta(0)


async def test_reset_opens_the_lock_and_ends_sessions(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    signed_in = await judging_desk.sign_in("li.na", fresh.password)
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            await judging_desk.sign_in("li.na", "wrong-password")
    async with judging_desk.transaction() as session:
        anew = await officers.reset(session, login="li.na", at=NINE)
    async with judging_desk.database.reading() as session:
        assert await signing_in.who(session, signed_in.token, NINE) is None
    assert (await judging_desk.sign_in("li.na", anew.password)).officer.must_change_password


async def test_session_ends_when_idle_and_after_a_working_day(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    token = (await judging_desk.sign_in("li.na", fresh.password)).token
    at = NINE
    async with judging_desk.transaction() as session:
        assert await signing_in.who(session, token, at + IDLE - timedelta(seconds=1)) is not None
        assert await signing_in.who(session, token, at + IDLE) is None
        while at < NINE + ABSOLUTE - IDLE:
            at += IDLE - timedelta(minutes=1)
            present = await signing_in.who(session, token, at)
            assert present is not None
            assert present.stale
            await signing_in.touch(session, present, at)
        assert await signing_in.who(session, token, NINE + ABSOLUTE) is None


async def test_sign_out_and_switching_off_end_the_session_at_once(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    first = (await judging_desk.sign_in("li.na", fresh.password)).token
    second = (await judging_desk.sign_in("li.na", fresh.password)).token
    async with judging_desk.transaction() as session:
        await signing_in.sign_out(session, signing_in.hash_token(first), NINE)
    async with judging_desk.database.reading() as session:
        assert await signing_in.who(session, first, NINE) is None
        assert await signing_in.who(session, second, NINE) is not None
    async with judging_desk.transaction() as session:
        await officers.switch_off(session, login="li.na", at=NINE)
    async with judging_desk.database.reading() as session:
        assert await signing_in.who(session, second, NINE) is None
    with pytest.raises(SignInRefused):
        await judging_desk.sign_in("li.na", fresh.password)


async def test_changing_the_password_ends_the_other_sessions(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    mine = await judging_desk.sign_in("li.na", fresh.password)
    other = await judging_desk.sign_in("li.na", fresh.password)
    change = await officers.weigh_change(mine.officer, current=fresh.password, new="gao-shan-77-liu")
    async with judging_desk.transaction() as session:
        keep = signing_in.hash_token(mine.token)
        await officers.change_password(session, change, at=NINE, keep_token_hash=keep)
    async with judging_desk.database.reading() as session:
        assert await signing_in.who(session, mine.token, NINE) is not None
        assert await signing_in.who(session, other.token, NINE) is None


async def test_wrong_current_password_changes_nothing(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    with pytest.raises(PasswordWrong):
        await officers.weigh_change(fresh.officer, current="not-the-one-1", new="gao-shan-77-liu")
    assert (await judging_desk.sign_in("li.na", fresh.password)).token


async def test_a_password_reset_meanwhile_wins_over_a_change_weighed_before(
    judging_desk: JudgingDesk,
) -> None:
    fresh = await _added(judging_desk)
    change = await officers.weigh_change(fresh.officer, current=fresh.password, new="gao-shan-77-liu")
    async with judging_desk.transaction() as session:
        anew = await officers.reset(session, login="li.na", at=NINE)
    with pytest.raises(PasswordWrong):
        async with judging_desk.transaction() as session:
            await officers.change_password(session, change, at=NINE)
    assert (await judging_desk.sign_in("li.na", anew.password)).token


async def test_login_is_taken_once_and_must_be_plain(judging_desk: JudgingDesk) -> None:
    await _added(judging_desk)
    with pytest.raises(LoginTaken):
        await _added(judging_desk, "LI.NA")
    for login in ("", "a", "李娜", "a b", "1abc", "a" * 60):
        with pytest.raises(LoginWrong):
            await _added(judging_desk, login)


@pytest.mark.parametrize(
    "password", ["short1", "1234567890123", "abcdefghijklm", "li.na-2026-xx", "a1a1a1a1a1a1"]
)
async def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_new_password("li.na", password)


async def test_one_time_passwords_pass_their_own_rule_and_differ() -> None:
    made = {new_one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_new_password("zhang.wei", password)


async def test_nobody_both_approves_and_pays_and_finance_sees_no_tip() -> None:
    for allowed in ALLOWED.values():
        assert not {May.approve_reward, May.pay_reward} <= allowed
    assert May.see_tips not in ALLOWED[Role.finance]
    assert May.judge not in ALLOWED[Role.admin]


async def test_require_names_the_role_in_its_refusal(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk, role=Role.finance)
    with pytest.raises(NotAllowed, match="财务"):
        require(fresh.officer, May.judge)


async def test_acts_on_officers_are_in_the_audit_chain(judging_desk: JudgingDesk) -> None:
    fresh = await _added(judging_desk)
    await judging_desk.sign_in("li.na", fresh.password)
    async with judging_desk.database.reading() as session:
        acts = [entry.act for entry in await custody.trail_of(session, [fresh.officer.id])]
        state = await custody.verify(session, judging_desk.vault.audit_secret)
    assert acts == ["officer.added", "officer.signed_in"]
    assert state.fault is None
