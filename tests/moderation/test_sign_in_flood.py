"""Many logins tried from one place: the address is held back before a password is looked at."""

from datetime import timedelta

import pytest

from moderation import officers, signing_in
from moderation.lockout import FREE_FROM_ADDRESS, LockedOut
from moderation.officers import Role
from moderation.signing_in import SignInRefused
from tests.moderation.judging import NINE, JudgingDesk


async def test_an_address_that_tries_many_logins_is_held_back_and_others_are_not(
    judging_desk: JudgingDesk,
) -> None:
    at = NINE
    async with judging_desk.transaction() as session:
        fresh = await officers.add(session, login="reviewer", name="审核员", role=Role.reviewer, at=at)
    for number in range(FREE_FROM_ADDRESS):
        with pytest.raises(SignInRefused):
            await signing_in.sign_in(judging_desk, f"nobody{number}", "wrong", at, address="203.0.113.7")
    with pytest.raises(LockedOut):
        await signing_in.sign_in(judging_desk, "reviewer", fresh.password, at, address="203.0.113.7")
    signed_in = await signing_in.sign_in(judging_desk, "reviewer", fresh.password, at, address="203.0.113.8")
    assert signed_in.officer.login == "reviewer"
    later = at + timedelta(minutes=2)
    await signing_in.sign_in(judging_desk, "reviewer", fresh.password, later, address="203.0.113.7")
