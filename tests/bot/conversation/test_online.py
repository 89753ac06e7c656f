"""Whoever tells of a call, a chat group or a video is not asked on which street it was."""

import pytest

from bot.conversation.effects import SubmitTip
from tests.bot.conversation.talking import Citizen


@pytest.mark.parametrize(
    ("story", "medium"),
    [
        ("有人给我打电话，说要修征信先交八百", "sms"),
        ("收到一条短信说我有额度，叫我点链接", "sms"),
        ("微信群里有人拉人投资返利", "wechat_group"),
        ("把我拉进了一个炒股群，天天喊单", "wechat_group"),
        ("刷抖音看到的，说国家养老补贴要先交钱", "short_video"),
        ("someone called me about fixing my credit record for 800 yuan", "sms"),
        ("讓我加微信以後，叫我投錢進一個平台", "wechat_group"),
    ],
)
def test_what_came_over_the_phone_or_net_was_seen_on_no_street(story: str, medium: str) -> None:
    citizen = Citizen()
    citizen.says("文字举报")
    citizen.says(story)
    answer = citizen.says("说完了")
    assert "交过钱吗" in answer or "paid" in answer
    assert citizen.state.draft is not None
    assert (citizen.state.draft.medium, citizen.state.draft.place_text) == (medium, "手机上")


@pytest.mark.parametrize(
    "story",
    [
        "东街菜市场门口发的小卡片，打电话过去说要先交钱",
        "电梯里贴的广告，扫码进了一个投资群里",
        "广告上写着电话和微信，说能修征信",
        "听讲座的时候被拉进群里买理财",
        "隔壁邻居拉我投钱，说利息高",
    ],
)
def test_who_saw_it_somewhere_is_asked_where(story: str) -> None:
    citizen = Citizen()
    citizen.says("文字举报")
    citizen.says(story)
    assert "在哪里看到的" in citizen.says("说完了")


def test_the_place_can_still_be_told_when_it_is_read_back() -> None:
    citizen = Citizen()
    for said in ("文字举报", "微信群里有人拉人投资返利", "说完了", "没有"):
        answer = citizen.says(said)
    assert "地方：" in answer
    for said in ("改", "地方", "东街菜市场门口"):
        answer = citizen.says(said)
    assert "东街菜市场门口" in answer
    citizen.says("提交")
    assert citizen.effect(SubmitTip).draft.place_text == "东街菜市场门口"
