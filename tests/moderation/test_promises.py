"""What may not be promised to a citizen, in all its disguises."""

import pytest

from moderation.promises import PromiseRefused, refuse_promises


@pytest.mark.parametrize(
    "words",
    [
        "请放心，我们保证还款。",
        "您的钱一定追回。",
        "您的钱一定能全部追回",
        "肯定给您退钱",
        "包退，包赔",
        "百分之百挽回损失",
        "100%退款",
        "１００％退款",
        "保 证 还 款",
        "我们承诺一定追回",
        "不久一定能追回您的钱",
        "别担心，一定给您追回",
        "已定性为诈骗",
        "这家公司我们认定为非法集资",
        "保证立案",
        "一定帮您把本金要回",
        "一定能要回来",
        "钱肯定要得回来",
        "請放心，我們保證還款。",
        "您的錢一定能追回來",
        "包賠包退",
        "We guarantee you will get your money back.",
        "I promise we will recover your savings",
        "Don't worry, you will definitely get all of your money back",
        "We’ll get your money back.",
        "A full refund is guaranteed",
        "This is definitely a scam",
        "100% refund",
    ],
)
def test_a_promise_to_a_citizen_is_refused_with_its_words(words: str) -> None:
    with pytest.raises(PromiseRefused) as refused:
        refuse_promises(words)
    assert refused.value.fields["words"]
    assert str(refused.value).startswith("给群众的话里有“")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "已转主管部门依法核实，请保留聊天记录。",
        "我们不能保证追回，但会依法核实。",
        "不保证还款。",
        "谁也不能保证全额追回，请尽快拨打 110。",
        "凡是说“一定追回”的都要当心。",
        "对方自称保证退款，请勿再转钱。",
        "红包返还的说法不可信。",
        "请到银行网点办理退款。",
        "请一定保留好转账记录。",
        "疑似非法集资，由主管部门认定。",
        "我們不能保證追回，但會依法核實。",
        "We cannot guarantee that you will get your money back.",
        "Nobody can promise you a refund; please call 110.",
        "Whoever says “we guarantee your money back” is not to be trusted.",
        "Please make sure that you keep the transfer record.",
        "It looks like a scam; the department in charge will check it.",
        "Please ask the bank for a refund.",
    ],
)
def test_what_is_no_promise_passes(words: str) -> None:
    refuse_promises(words)
