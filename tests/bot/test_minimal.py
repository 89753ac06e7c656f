"""The minimal channel: nothing personal is taken, and a reward is claimed with receipt and passphrase."""

import re

import pytest
from sqlmodel import select

from bot.channels import ChannelName
from bot.conversation.messages import Unsupported
from entrypoints.desk import Desk
from foundation.crypto import sha256_hex
from reports.tables import Reward, Tip, TipPassphrase
from tests.bot.chatting import AD, NINE, Person, ScriptedChannel, heard

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def reports(person: Person) -> tuple[str, str]:
    """A whole report by words: receipt, and passphrase where one is told."""
    said = await person.says("文字举报", AD, "没有", "东街菜市场门口", "墙上", "没有了", "提交")
    found = re.search(r"口令：(\d{4} \d{4})", said)
    return said.split("回执号：")[1][:14], found[1] if found else ""


async def propose_reward(desk: Desk) -> None:
    """A reward for the only tip there is."""
    async with desk.transaction() as session:
        (tip,) = (await session.exec(select(Tip))).all()
        session.add(
            Reward(
                id="rew_1", tip_id=tip.id, state="proposed", tier="lead", amount_fen=20000, reason="首报",
                rules_version="1", proposed_by="off_1", proposed_at=NINE,
            )
        )  # fmt: skip


async def test_receipt_and_passphrase_show_the_reward_on_another_channel(
    desk: Desk, person: Person, platform: ScriptedChannel
) -> None:
    receipt, passphrase = await reports(person)
    assert passphrase
    await propose_reward(desk)
    visitor = Person(desk, channel=ChannelName.webchat)
    assert "奖励" not in await visitor.says(receipt)  # a receipt may be overheard
    assert "奖励" in await visitor.says(f"{receipt} {passphrase}")
    other = Person(desk, channel=ChannelName.webchat)
    assert "奖励" in await other.says(receipt, passphrase.replace(" ", ""))
    async with desk.reading() as session:
        (kept,) = (await session.exec(select(TipPassphrase))).all()
    digits = passphrase.replace(" ", "")
    assert digits not in kept.digest
    # A digest under the deployment's key: a hundred million guesses at a bare one take a minute.
    assert kept.digest not in {
        sha256_hex(f"{salt}{digits}".encode()) for salt in ("", kept.tip_id, f"{kept.tip_id}\0")
    }


async def test_passphrase_is_no_longer_right_after_five_wrong_ones(
    desk: Desk, person: Person, platform: ScriptedChannel
) -> None:
    receipt, passphrase = await reports(person)
    await propose_reward(desk)
    visitor = Person(desk, channel=ChannelName.webchat)
    wrong = "0000 0000" if passphrase != "0000 0000" else "1111 1111"
    for _ in range(5):
        assert "奖励" not in await visitor.says(f"{receipt} {wrong}")
    assert "奖励" not in await visitor.says(f"{receipt} {passphrase}")


@ONE_DATABASE
async def test_other_channels_and_a_telegram_that_is_not_minimal_give_no_passphrase(
    desk: Desk, person: Person, platform: ScriptedChannel
) -> None:
    assert (await reports(Person(desk, channel=ChannelName.webchat)))[1] == ""
    telegram = desk.settings.telegram.model_copy(update={"minimal": False})
    desk.settings = desk.settings.model_copy(update={"telegram": telegram})
    assert (await reports(person))[1] == ""


@ONE_DATABASE
async def test_own_telephone_is_masked_with_a_warning_and_the_ads_is_kept(
    desk: Desk, person: Person, platform: ScriptedChannel
) -> None:
    said = await person.says("文字举报", f"{AD}，他的电话是19900001234，我的手机号是13800138000")
    assert "隐去" in said
    await person.says("没有", "东街菜市场门口", "墙上", "没有了", "提交")
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
    assert "19900001234" in tip.words
    assert "13800138000" not in tip.words


@ONE_DATABASE
async def test_contact_card_is_met_with_the_warning(person: Person, platform: ScriptedChannel) -> None:
    assert "隐去" in heard(await person.does(Unsupported("contact")))
