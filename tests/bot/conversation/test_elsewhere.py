"""Answers that belong to another question of the same report than the one that is open; and telling instead of showing."""

import pytest

from bot.conversation.state import Draft, Style
from tests.bot.conversation.talking import Citizen

WORDS = ("文字举报", "2", "楼下有人说能修征信", "好了")
AT = {
    "place": WORDS,
    "medium": (*WORDS, "人民路菜场门口"),
    "paid": (*WORDS, "人民路菜场门口", "传单"),
    "confirm": (*WORDS, "人民路菜场门口", "传单", "不清楚"),
}


def at(step: str) -> Citizen:
    citizen = Citizen()
    for said in AT[step]:
        citizen.says(said)
    assert citizen.state.step == step
    return citizen


def draft_of(citizen: Citizen) -> Draft:
    assert citizen.state.draft is not None
    return citizen.state.draft


@pytest.mark.parametrize("said", ["没交", "没交钱", "我没交", "一分没给", "没有给过他们钱", "I did not pay"])
@pytest.mark.parametrize("step", ["place", "medium"])
def test_that_nothing_was_paid_is_no_place_and_the_place_is_asked_again(step: str, said: str) -> None:
    citizen = at(step)
    place = draft_of(citizen).place_text
    answer = citizen.says(said)
    assert citizen.state.step == step
    assert answer.startswith(("记下了，没交过钱", "话我记下了", "Noted"))
    assert (draft_of(citizen).paid, draft_of(citizen).place_text, draft_of(citizen).medium) == (
        "no",
        place,
        "",
    )
    for rest in ("人民路菜场门口", "传单")[step == "medium" :]:
        answer = citizen.says(rest)
    assert citizen.state.step == "confirm", "the question about money is behind us"


@pytest.mark.parametrize("step", ["place", "medium"])
def test_that_money_was_paid_is_met_with_what_to_do_at_once_at_any_question(step: str) -> None:
    citizen = at(step)
    assert "110" in citizen.says("交过")
    assert citizen.replies[0].urgent
    assert (citizen.state.step, draft_of(citizen).paid) == (step, "yes")


@pytest.mark.parametrize(
    ("said", "band"), [("三千", "under_10k"), ("5000", "under_10k"), ("大概两万块", "10k_100k")]
)
def test_a_sum_answers_whether_money_was_paid(said: str, band: str) -> None:
    citizen = at("paid")
    assert "110" in citizen.says(said)
    assert (citizen.state.step, draft_of(citizen).paid) == ("confirm", "yes")
    assert draft_of(citizen).amount_band == band


@pytest.mark.parametrize("step", ["place", "medium"])
@pytest.mark.parametrize("said", ["两千块", "微信号 abc_8866", "电话13800138000", "让我先交手续费"])
def test_a_sum_an_account_and_a_story_are_no_place(step: str, said: str) -> None:
    citizen = at(step)
    place = draft_of(citizen).place_text
    assert "话我记下了" in citizen.says(said)
    assert draft_of(citizen).words.endswith(said)
    assert (citizen.state.step, draft_of(citizen).place_text, draft_of(citizen).medium) == (step, place, "")


@pytest.mark.parametrize("step", ["place", "medium", "paid"])
@pytest.mark.parametrize("said", ["昨天", "昨天看到的", "前两天"])
def test_a_time_is_when_it_was_seen_at_any_question(step: str, said: str) -> None:
    citizen = at(step)
    place = draft_of(citizen).place_text
    assert "话我记下了" in citizen.says(said)
    assert (citizen.state.step, draft_of(citizen).place_text) == (step, place)
    assert said.startswith(draft_of(citizen).seen_when)
    assert draft_of(citizen).seen_when


def test_where_it_was_is_put_right_at_the_question_about_money() -> None:
    citizen = at("paid")
    assert "是墙上" in citizen.says("墙上贴的")
    assert draft_of(citizen).medium == "wall"
    assert "地方记成" in citizen.says("人民路菜场门口左边那栋楼")
    assert draft_of(citizen).place_text == "人民路菜场门口左边那栋楼"
    assert "话我记下了" in citizen.says("他们说三天就能洗白")
    assert citizen.state.step == "paid"
    assert draft_of(citizen).words.endswith("他们说三天就能洗白")


@pytest.mark.parametrize("first", [(), ("改一下",)])
@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("地方是解放路口", "place_text", "解放路口"),
        ("地点不对，应该是光明小区", "place_text", "光明小区"),
        ("不是传单，是墙上", "medium", "wall"),
        ("不是在人民路，是在解放路", "place_text", "解放路"),
        ("the place is Jiefang road", "place_text", "Jiefang road"),
    ],
)
def test_a_correction_that_says_what_it_should_be_is_made_at_once(
    first: tuple[str, ...], said: str, field: str, value: str
) -> None:
    citizen = at("confirm")
    for before in first:
        citizen.says(before)
    answer = citizen.says(said)
    assert getattr(draft_of(citizen), field) == value
    assert citizen.state.step == "confirm"
    assert answer.startswith(("改好了", "Put right"))


@pytest.mark.parametrize("style", Style)
def test_whoever_tells_instead_of_sending_a_photo_goes_on_by_telling(style: Style) -> None:
    citizen = Citizen(state=Citizen().state.but(style=style))
    citizen.says("我要举报")
    for said in ("楼下有人", "发传单", "说能修征信", "要三千"):
        answer = citizen.says(said)
        assert "拍张照片" not in answer
        assert "说完了" in answer
    answers = [citizen.says(said) for said in ("没拍到", "说完了", "人民路菜场门口", "传单", "没有", "对")]
    assert "哪里" in answers[1]
    assert "回执号" in answers[-1]
    assert citizen.submitted[0].words == "楼下有人\n发传单\n说能修征信\n要三千"


def test_what_a_story_names_by_itself_is_asked_no_more() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    for said in ("能办信用卡套现", "墙上贴的", "人民路菜场门口", "收五个点", "没交"):
        citizen.says(said)
    assert "我念一遍" in citizen.says("说完了")
    draft = draft_of(citizen)
    assert (draft.medium, draft.place_text, draft.paid) == ("wall", "人民路菜场门口", "no")
    assert "回执号" in citizen.says("交")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("在人民路菜场门口有人发传单说能修征信", "人民路菜场门口"),
        ("昨天在光明小区看到墙上贴的，能办贷款", "光明小区"),
        ("在家里有人打电话说能办贷款", ""),
        ("有人在群里说能办贷款", ""),
    ],
)
def test_a_place_that_the_story_names_is_asked_no_more(said: str, place: str) -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says(said)
    assert draft_of(citizen).place_text == place
    assert "在哪里看到" not in citizen.says("说完了")


def test_whoever_says_at_the_photo_that_money_is_gone_need_not_send_one() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    assert "110" in citizen.says("我妈交了三万")
    assert (citizen.state.step, draft_of(citizen).paid) == ("what", "yes")
    assert "拍张照片" not in citizen.says("对方姓王")


def test_a_photo_that_comes_after_the_first_words_is_no_detour() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says("楼下贴了好多修征信的")
    assert "在哪里" in citizen.sends("a")
    for said in ("光明小区", "墙上", "说完了", "对"):
        citizen.says(said)
    assert (citizen.submitted[0].evidence_ids, citizen.submitted[0].words) == (("a",), "楼下贴了好多修征信的")


@pytest.mark.parametrize("said", ["我去拍", "等我拍一张", "马上发", "让孩子拍照片", "I'll take a photo"])
def test_whoever_goes_to_take_a_photo_is_waited_for(said: str) -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says(said)
    assert (citizen.state.step, draft_of(citizen).words) == ("photo", "")
    assert "在哪里" in citizen.sends("a") or citizen.state.step == "place"


def test_a_place_that_comes_character_by_character_is_put_together() -> None:
    citizen = at("place")
    for said in ("人民", "路", "口"):
        citizen.says(said, after=60)
    assert (citizen.state.step, draft_of(citizen).place_text) == ("medium", "人民路口")


@pytest.mark.parametrize("said", ["等一下我找眼镜", "我老头子会弄 我叫他"])
def test_whoever_fetches_glasses_or_somebody_tells_no_story(said: str) -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    assert "不着急" in citizen.says(said)
    assert (citizen.state.step, draft_of(citizen).words) == ("photo", "")


def test_a_place_said_instead_of_a_photo_is_kept_and_asked_no_more() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    assert "哪种事" in citizen.says("在人民路菜场门口")
    for said in ("2", "收三千", "说完了"):
        answer = citizen.says(said)
    assert "哪种地方" in answer
    assert draft_of(citizen).place_text == "在人民路菜场门口"


@pytest.mark.parametrize(
    ("first", "numbers"),
    [(("问一问",), False), (("文字举报", "4"), False), (("举报", "+a", "城南菜场"), True)],
)
def test_a_number_is_asked_for_only_where_one_can_be_given(first: tuple[str, ...], numbers: bool) -> None:
    citizen = Citizen()
    for said in first:
        citizen.sends(said[1:]) if said.startswith("+") else citizen.says(said)
    answer = citizen.says("。。")
    assert "没太听明白" in answer
    assert ("回个数字" in answer) is numbers
