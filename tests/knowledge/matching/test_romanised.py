"""Texts wholly in pinyin."""

import pytest

from knowledge.matching import Verdict, normalize
from knowledge.schemes.training import pack_matcher


@pytest.mark.parametrize(
    "text",
    [
        "zheng xin xiu fu, jia wei xin abc123",
        "zhengxin xiufu, xiaochu yuqi, jia weixin zx888",
        "wu di ya dai kuan, dang tian fang kuan, lian xi 19900001234",
        "gao jia shou yin hang ka, yi tao liang qian, jia v abc123",
        "ting xi gua zhang, dai ban xie shang, jia wei xin tx_11",
        "dai kuan bu kan zheng xin, hei hu ke zuo, jia wei xin abc123",
        "xin yong ka tao xian, miao dao zhang, fei lv di, jia v pos888",
        "shua dan jian zhi, yi dan wu shi, ri jie, jia qun",
        "quan e tui bao, bu cheng gong bu shou fei, jia wei xin tb666",
    ],
)
def test_offer_in_pinyin_is_found(text: str) -> None:
    assert pack_matcher().match(text).verdict is not Verdict.NONE


@pytest.mark.parametrize(
    "text",
    [
        "wo men ming tian qu gong yuan wan ba",
        "please add my wechat lihua2020, see you tomorrow",
        "The bank is closed on Sunday, can we meet at noon",
        "ni hao, wo xiang wen yin hang ji dian kai men",
        "wo de zheng xin bao gao zai na li kan",
        "ni hao, qing wen xin yong ka zen me ban li",
        "Your code is 123456, do not share it",
        "wei xin hao shi abc123, you kong liao",
    ],
)
def test_honest_latin_letters_are_left_alone(text: str) -> None:
    assert pack_matcher().match(text).verdict is Verdict.NONE


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/dai-kuan/zheng-xin",
        "dai.kuan@zheng-xin.example",
        "贷款的事问问 zheng xin 的人，微信 weixin",
    ],
)
def test_addresses_and_chinese_texts_are_not_read_as_pinyin(text: str) -> None:
    assert "romanised" not in normalize(text).foldings
