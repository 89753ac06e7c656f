"""What may not be promised to a citizen, in all its disguises."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.packs import read_embedded
from moderation.promises import (
    INSTEAD,
    PackPromises,
    PromiseRefused,
    promise_in,
    refuse_promises,
    refuse_promising_packs,
    refuse_promising_place,
)
from reports.jurisdictions.jurisdiction import read_jurisdiction

SAYINGS = Path(__file__).with_name("sayings")


def lines(name: str) -> list[str]:
    return (SAYINGS / name).read_text("utf-8").splitlines()


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
        "这个平台我们查过，稳赚不赔，放心投",
        "跟着做，包赢",
        "保证还款，您放心",
        "肯 定 追 回",
        "保證還款",
        "一定會還給您",
        "我们会把钱追回来还给您",
        "钱会回来的，请放心",
        "您放心，钱跑不了",
        "您的钱能要回来的，放心",
        "全额退还没有问题",
        "百分百能拿回来",
        "正规平台，零风险",
        "年化百分之十二，保本保息",
        "保-证-还-款",
        "保\u200b证还款",
        "您的损失我们负责赔",
        "必定退赔给您",
        "奖励一定发给您",
        "举报就有奖金，包给",
        "这家公司合法，可以放心投",
        "稳赢不输",
        "穩賺不賠",
        "包 賺",
        "投了就有钱赚，我们担保",
        "钱马上就能退给您",
        "guaranteed profit for you",
        "this is a risk-free investment",
        "You cannot lose",
        "Your money will be returned to you",
        "We can get your money back, don't worry",
        "I'll make sure the money comes back",
        "a sure win",
        "This platform is safe, you can invest",
        "g u a r a n t e e d refund",
        "We will compensate your loss",
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
        "凡是说稳赚不赔的，都别信",
        "稳赚不赔的话不要信",
        "没有稳赚的买卖",
        "哪有包赢的事",
        "他们说稳赚不赔，请别信",
        "广告里写着保本保息，这本身就不合法",
        "我们无法承诺追回",
        "能不能追回，要看案件办理的情况",
        "高收益必有高风险",
        "There is no such thing as risk-free profit.",
        "Anyone who promises guaranteed profit is suspicious.",
        "请放心，我们会为您保密",
        "我们保证为您保密",
        "一定要保存好证据",
        "我们会尽快核实",
        "投资的广告不许说保本、保收益",
        "请不要相信包赔包退的说法",
        "记错了可以申请改，不收钱",
        "钱交了，前头人拿的是后头人交的",
        "交够钱，银行就给删掉",
        "对方如果退钱给您，请保留记录",
        "早点打110，越有可能拦住",
        "The bank may refund the fee; ask at the counter.",
        "Do not believe in guaranteed profit.",
        "If they return your money, keep the record.",
        "您要求对方退还的诉求已记录",
        "奖励由主管部门认定后按规定办理",
        "零风险的投资是不存在的",
        "只赚不赔的广告都要当心",
    ],
)
def test_what_is_no_promise_passes(words: str) -> None:
    refuse_promises(words)


def test_all_the_ways_of_promising_are_refused_and_lawful_sentences_pass() -> None:
    passed = [said for said in lines("promises.txt") if not promise_in(said)]
    refused = {said: promise_in(said) for said in lines("no_promises.txt") if promise_in(said)}
    assert (passed, refused) == ([], {})
    assert len(lines("promises.txt")) > 100


@pytest.mark.parametrize(
    ("promise", "instead"),
    [
        ("钱会全部退给你", "看案件办理的情况"),
        ("一定给您五千元奖励", "审核的结果为准"),
        ("骗子一定会被抓", "公安机关依法核查"),
        ("这个平台稳赚不赔", "请先别转钱"),
        ("这家公司就是诈骗", "疑似"),
        ("We will refund you", "看案件办理的情况"),
    ],
)
def test_the_officer_reads_what_may_be_said_instead(promise: str, instead: str) -> None:
    with pytest.raises(PromiseRefused, match=instead):
        refuse_promises(promise)


def test_what_may_be_said_instead_promises_nothing() -> None:
    assert not any(map(promise_in, INSTEAD.values()))


def test_a_pack_that_would_have_us_promise_is_not_loaded() -> None:
    packs = read_embedded()
    refuse_promising_packs(packs)
    first = packs.warnings[0]
    promising = replace(
        packs, warnings=(first.model_copy(update={"body": f"{first.body}我们一定帮您追回。"}),)
    )
    with pytest.raises(PackPromises, match=f"warning/{first.code}"):
        refuse_promising_packs(promising)


def test_a_place_whose_options_hotlines_or_hours_promise_is_not_worked_for() -> None:
    place = read_jurisdiction("demo-county")
    refuse_promising_place(place)
    medium = place.mediums[0].model_copy(update={"label": "包赔窗口"})
    hotline = place.hotlines[0].model_copy(update={"purpose": "您的钱一定追得回来"})
    desk = place.human.model_copy(update={"hours_english": "always, your money is guaranteed"})
    for update, entry in (
        ({"mediums": (medium, *place.mediums[1:])}, f"medium/{medium.code.value}"),
        ({"hotlines": (hotline, *place.hotlines[1:])}, f"hotline/{hotline.number}"),
        ({"human": desk}, "human"),
    ):
        with pytest.raises(PackPromises, match=entry):
            refuse_promising_place(place.model_copy(update=update))
