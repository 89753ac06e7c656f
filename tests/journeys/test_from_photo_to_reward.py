"""From a citizen's photo to the reward notice, on each channel, through the real doors of real processes."""

from collections.abc import Callable

import pytest

from tests.deployment import Deployment
from tests.journeys.citizens import Citizen, TelegramUser, wait_to_hear
from tests.journeys.officers import Officer
from tests.leaflets import draw_leaflet

LEAFLET = ["急用钱找我", "无抵押 当天放款 黑户可做", "身份证就能贷 先息后本"]


@pytest.mark.parametrize(
    ("channel", "database_url"),
    [("webchat", "sqlite"), ("telegram", "postgresql"), ("wechat", "sqlite"), ("wechat", "postgresql")],
    indirect=True,
)
@pytest.mark.slow
def test_a_photo_becomes_a_tip_a_judgement_and_a_reward(
    channel: tuple[Deployment, Callable[[], Citizen]],
) -> None:
    deployment, arrive = channel
    citizen = arrive()

    citizen.show(
        draw_leaflet(
            LEAFLET, qr="https://dai.example/r?c=1", angle=3, phone="19900001234", wechat="kuaidai_8866"
        )
    )
    for words in ("第一个", "东街菜市场门口", "墙上", "没有了"):
        citizen.say(words)
    citizen.say("提交")
    answer = wait_to_hear(citizen, "回执号：QS-")
    receipt = answer.split("回执号：")[1][:14]
    passphrase = answer.partition("口令：")[2][:9]  # only where nothing personal is asked
    assert bool(passphrase) == isinstance(citizen, TelegramUser)
    wait_to_hear(citizen, "疑似")

    reviewer = Officer.added(deployment, "reviewer", "reviewer")
    tip = reviewer.find_tip(receipt)
    page = reviewer.read(f"/admin/tips/{tip}")
    for read in ("黑户可做", "19900001234", "kuaidai_8866", "dai.example"):
        assert read in page, read
    reviewer.fill(f"/admin/tips/{tip}", f"/admin/tips/{tip}/claim")
    reviewer.fill(
        f"/admin/tips/{tip}",
        f"/admin/tips/{tip}/decide",
        kind="recognise",
        reason="现场核实，电话和二维码与照片一致",
    )
    wait_to_hear(citizen, "已核实属实")

    reviewer.fill(
        f"/admin/tips/{tip}",
        f"/admin/tips/{tip}/propose-reward",
        tier="lead",
        amount="200",
        reason="线索清楚，属首次举报",
    )
    supervisor = Officer.added(deployment, "supervisor", "supervisor")
    supervisor.fill(f"/admin/rewards/{tip}", f"/admin/rewards/{tip}/approve")
    wait_to_hear(citizen, "奖励已批准")

    finance = Officer.added(deployment, "finance", "finance")
    finance.fill(
        f"/admin/rewards/{tip}",
        f"/admin/rewards/{tip}/paid",
        reference="2026-PZ-0001",
        **({"passphrase": passphrase} if passphrase else {}),
    )
    wait_to_hear(citizen, "奖励已发放")

    assert "The chain holds" in deployment.run("audit", "verify")
    said = "\n".join(citizen.heard())
    assert said.count(f"回执号：{receipt}") >= 1
    assert "保证" not in said
