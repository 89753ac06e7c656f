"""What can come at any moment: money gone, despair, a card number, a wish to stop, to start over, to reach a
person."""

import pytest

from bot.conversation.effects import CallHuman, EraseMe, ForgetDraft, JudgeText, SetStyle
from bot.conversation.messages import Arrived, OfficerSaid, Said, Unsupported
from bot.conversation.state import State, Style
from tests.bot.conversation.talking import RECEIPT, Citizen, but_for_the_last_words, card

PATHS = {
    "idle": [],
    "photo": ["举报"],
    "place": ["举报", "+a"],
    "medium": ["举报", "+a", "城南菜场"],
    "words": ["举报", "+a", "城南菜场", "1"],
    "confirm": ["举报", "+a", "城南菜场", "1", "没有了"],
    "edit": ["举报", "+a", "城南菜场", "1", "没有了", "改一下"],
    "topic": ["文字举报"],
    "what": ["文字举报", "2"],
    "paid": ["文字举报", "2", "能修征信", "好了", "城南菜场", "1"],
    "which": ["举报", "+a", "菜单", "我要举报"],
    "ask": ["问一问"],
    "answered": ["有人说能办贷款，先交手续费"],
    "looking": ["+a", "问一问"],
    "loose": ["+a"],
    "tips": ["我的举报"],
    "tips answer": ["我的举报", "1"],
    "quiz": ["小测验", "2"],
    "warnings": ["风险提示", "1"],
    "human": ["9"],
    "leaving": ["举报", "+a", "算了"],
    "erase": ["删我的资料"],
}


def at(place: str) -> Citizen:
    citizen = Citizen(cards=(card(state="need_more", asked="公司叫什么？"),))
    for said in PATHS[place]:
        citizen.sends(*said[1:].split()) if said.startswith("+") else citizen.says(said)
    return citizen


@pytest.mark.parametrize("place", PATHS)
@pytest.mark.parametrize("said", ["我已经转钱了", "我已经付了"])
def test_whoever_has_paid_reads_of_110_and_96110_first(place: str, said: str) -> None:
    citizen = at(place)
    citizen.says(said)
    first = citizen.replies[0]
    assert first.urgent
    for piece in ("110", "96110", "别再转", "记录"):
        assert piece in first.text


@pytest.mark.parametrize("place", ["photo", "place", "medium", "words", "confirm", "topic", "what", "paid"])
def test_in_a_report_it_is_kept_and_the_report_goes_on(place: str) -> None:
    citizen = at(place)
    before = citizen.state.step
    citizen.says("我妈已经转了5万")
    assert citizen.state.dialogue == "report"
    assert citizen.state.step == {"topic": "what", "paid": "confirm", "photo": "what"}.get(before, before)
    assert citizen.state.draft is not None
    assert citizen.state.draft.paid == "yes"
    assert citizen.state.draft.amount_band == "10k_100k"
    assert "我妈已经转了5万" in citizen.state.draft.words
    assert citizen.state.draft.place_text != "我妈已经转了5万"


def test_outside_a_report_one_tap_makes_a_tip_of_it() -> None:
    citizen = Citizen()
    citizen.says("我妈在群里买理财，已经转了5万给老师")
    assert "记下了" in citizen.says("那人姓王")
    citizen.says("把这事报上来")
    assert citizen.state.draft is not None
    assert citizen.state.draft.paid == "yes"
    assert citizen.state.draft.words == "我妈在群里买理财，已经转了5万给老师\n那人姓王"


def test_after_stop_loss_the_scheme_can_still_be_asked_for() -> None:
    citizen = Citizen()
    citizen.says("办贷款交了手续费，我已经转钱了")
    answer = citizen.says("2")
    assert citizen.effect(JudgeText) is not None
    assert "马上打110" in answer, "whoever has paid is told what to do after paying"


def test_the_story_of_it_is_not_interrupted_again_and_again() -> None:
    citizen = at("words")
    assert "110" in citizen.says("我妈昨天转了5万给他们")
    assert "110" not in citizen.says("后来他们说不够，我妈昨天又转了3万给同一个人，收据都在")
    assert "110" in citizen.says("我已经转钱了")
    assert "110" in citizen.says("后来他们说不够，我妈昨天又转了3万给同一个人，收据都在", after=7200)


@pytest.mark.parametrize("place", PATHS)
def test_despair_is_met_calmly_and_an_officer_told(place: str) -> None:
    citizen = at(place)
    before = citizen.state
    answer = citizen.says("钱都没了，我不想活了")
    assert "120" in answer
    assert "110" in answer
    assert citizen.effects == [CallHuman("钱都没了，我不想活了", urgent=True)]
    assert citizen.state.draft == before.draft
    citizen.says("我在河边，农药在我手里")
    assert [type(effect) for effect in citizen.effects] == [CallHuman]
    citizen.says("0")
    if place != "human":  # from there “0” leads away, as ever
        assert (citizen.state.dialogue, citizen.state.step) == (before.dialogue, before.step)


@pytest.mark.parametrize("place", PATHS)
def test_a_card_number_is_warned_of_and_not_kept(place: str) -> None:
    citizen = at(place)
    answer = citizen.says("我的卡号6222021234567890123")
    assert "不用发" in answer
    assert "6222021234567890123" not in citizen.state.model_dump_json()
    assert all("6222021234567890123" not in repr(effect) for effect in citizen.effects)


def test_the_tail_of_the_account_an_ad_wants_money_on_stays() -> None:
    citizen = at("words")
    citizen.says("让我打到6222021234567890123")
    assert citizen.state.draft is not None
    assert "尾号0123" in citizen.state.draft.words


@pytest.mark.parametrize("place", PATHS)
@pytest.mark.parametrize("said", ["算了", "不弄了", "哎算了吧", "不想弄了"])
def test_one_may_stop_anywhere(place: str, said: str) -> None:
    citizen = at(place)
    had_draft = (
        citizen.state.dialogue == "report"
        and citizen.state.draft is not None
        and not citizen.state.draft.is_empty
    )
    citizen.says(said)
    assert (citizen.state.dialogue == "leaving") is had_draft
    if not had_draft:
        assert citizen.state.dialogue == ""


def test_photos_that_were_for_nothing_yet_are_given_up_when_one_stops() -> None:
    citizen = at("loose")
    citizen.says("算了")
    assert citizen.effects == [ForgetDraft(("a",))]


@pytest.mark.parametrize("place", PATHS)
def test_one_may_start_over_anywhere(place: str) -> None:
    citizen = at(place)
    dialogue = citizen.state.dialogue
    assert citizen.says("重来")
    assert citizen.state.dialogue == (
        dialogue if dialogue in ("report", "ask", "tips", "quiz", "warnings") else ""
    )


@pytest.mark.parametrize("place", [place for place in PATHS if place != "human"])
@pytest.mark.parametrize("said", ["9", "人工", "有人吗", "转人工"])
def test_a_person_is_called_and_the_way_back_is_open(place: str, said: str) -> None:
    citizen = at(place)
    before = citizen.state
    assert "工作人员" in citizen.says(said)
    assert citizen.effects == [CallHuman("")]
    citizen.says("我看不懂，麻烦帮帮我")
    assert citizen.effects == [CallHuman("我看不懂，麻烦帮帮我")]
    citizen.says("0")
    if place != "human":  # from there “0” leads away, as ever
        assert (citizen.state.dialogue, citizen.state.step) == (before.dialogue, before.step)
    assert citizen.state.draft == before.draft


def test_a_person_is_called_once() -> None:
    citizen = at("human")
    citizen.says("9")
    assert citizen.effects == []


def test_an_officers_words_reach_whoever_waits_and_disturb_nobody_else() -> None:
    citizen = at("human")
    assert "您好，请说" in citizen.does(OfficerSaid("您好，请说"))
    citizen.says("好的，是这样的")
    assert citizen.effects == [CallHuman("好的，是这样的")]
    busy = at("medium")
    before = busy.state
    assert "您好，请说" in busy.does(OfficerSaid("您好，请说"))
    assert but_for_the_last_words(busy.state) == but_for_the_last_words(before)


@pytest.mark.parametrize("place", PATHS)
@pytest.mark.parametrize("said", ["咋弄", "怎么弄啊", "看不懂", "？"])
def test_whoever_does_not_know_how_is_shown(place: str, said: str) -> None:
    citizen = at(place)
    before = citizen.state
    assert citizen.says(said)
    assert (citizen.state.dialogue, citizen.state.step, citizen.state.draft) == (
        before.dialogue,
        before.step,
        before.draft,
    )
    assert citizen.state.misses == 0


@pytest.mark.parametrize("place", PATHS)
def test_big_print_is_switched_on_in_place(place: str) -> None:
    citizen = at(place)
    before = citizen.state
    citizen.says("字太小了")
    assert citizen.effects == [SetStyle(Style.BIG)]
    assert citizen.state.style == "big"
    assert (citizen.state.dialogue, citizen.state.step) == (before.dialogue, before.step)
    citizen.says("换回普通版")
    assert citizen.state.style == "ordinary"


@pytest.mark.parametrize("place", ["medium", "confirm", "quiz", "loose", "paid", "leaving"])
def test_two_misunderstandings_offer_a_person_and_big_print(place: str) -> None:
    citizen = at(place)
    first = citizen.says("。。")
    second = citizen.says("啦" if place != "loose" else "。。")
    assert "没太听明白" in first
    assert "回 9 找工作人员" in second
    assert "换成大字版" in second
    citizen.says("换成大字版")
    assert citizen.state.style is Style.BIG
    assert citizen.state.misses == 0


@pytest.mark.parametrize("said", ["你好", "您好", "在吗", "谢谢"])
@pytest.mark.parametrize("place", ["confirm", "paid", "which", "leaving"])
def test_a_greeting_is_never_taken_for_consent(place: str, said: str) -> None:
    citizen = at(place)
    citizen.says(said)
    assert not citizen.submitted
    assert RECEIPT not in "".join(reply.text for reply in citizen.replies)
    assert citizen.state.draft is not None


def test_privacy_and_rewards_are_answered_without_losing_the_place() -> None:
    citizen = at("words")
    assert "严格保密" in citizen.says("会不会说出去")
    assert "由负责的部门定" in citizen.says("举报有奖励吗")
    assert (citizen.state.dialogue, citizen.state.step) == ("report", "words")
    assert citizen.state.draft is not None
    assert citizen.state.draft.words == ""


def test_deleting_everything_is_asked_once_and_done() -> None:
    citizen = at("words")
    assert "找不回来" in citizen.says("删我的资料")
    assert "没有删" in citizen.says("先不删")
    citizen.says("删除我的资料")
    assert "删掉" in citizen.says("都删掉")
    assert citizen.effects == [EraseMe()]
    assert but_for_the_last_words(citizen.state).but(last_at=None) == State(language_is_chosen=True)


def test_hotlines_are_those_of_the_book() -> None:
    answer = Citizen().says("打什么电话")
    for number in ("110", "96110", "12345", "12378"):
        assert number in answer


def test_every_entry_of_a_channel_menu_opens() -> None:
    for scene in (
        "report",
        "words",
        "ask",
        "tips",
        "quiz",
        "warnings",
        "help",
        "privacy",
        "big",
        "human",
        "menu",
    ):
        citizen = Citizen()
        assert citizen.does(Arrived("menu", scene))
    assert "您想做什么" in Citizen().does(Arrived("menu", "something_old"))


def test_a_link_is_never_opened() -> None:
    assert "别点" in Citizen().does(Unsupported("link"))


def test_a_message_of_nothing_is_met_kindly() -> None:
    assert "没太听明白" in Citizen().does(Said("   "))


@pytest.mark.parametrize("said", ["能把钱要回来吗", "钱能追回来吗", "Can I get my money back?"])
def test_whether_the_money_comes_back_is_answered_honestly(said: str) -> None:
    citizen = Citizen()
    citizen.says("我被骗了八万块" if "钱" in said else "I was scammed, I sent them 80000 yuan")
    answer = citizen.says(said)
    assert "110" in answer
    assert "谁也说不准" in answer or "nobody can say" in answer


def test_anger_is_met_calmly_and_in_a_talk_with_an_officer_goes_to_the_officer() -> None:
    citizen = Citizen()
    citizen.says("举报")
    answer = citizen.says("什么玩意")
    assert "谁都着急" in answer
    assert "拍张照片" in answer
    citizen.says("我要找你们领导")
    citizen.says("气死我了")
    assert citizen.effect(CallHuman) == CallHuman("气死我了")


def test_whoever_tells_their_story_is_asked_once_whether_they_called() -> None:
    citizen = Citizen()
    citizen.says("我被骗了八万块")
    heard = [citizen.says(said) for said in ("公司叫金鼎财富", "老板姓王", "在城南路那个写字楼")]
    assert [answer for answer in heard if "打了没有" in answer] == heard[:1]


def test_enough_questions_leads_to_the_read_back() -> None:
    citizen = Citizen()
    citizen.says("举报")
    citizen.sends("a")
    answer = citizen.says("别问了")
    assert "现在交上去吗" in answer


@pytest.mark.parametrize(
    ("kind", "told"), [("picture", "先问您"), ("voice", "能看能听"), ("file", "能看能听")]
)
def test_a_file_for_the_officer_one_talks_to_goes_to_them_and_may_become_a_report(
    kind: str, told: str
) -> None:
    citizen = at("place")
    draft = citizen.state.draft
    citizen.says("9")
    said = citizen.sends("evi_1", kind=kind)
    assert "转给工作人员了" in said
    assert told in said
    called = citizen.effect(CallHuman)
    assert isinstance(called, CallHuman)
    assert (called.words[:3], called.evidence_ids, called.urgent) == ("【发来", ("evi_1",), False)
    citizen.says("就是这张")
    assert citizen.effect(CallHuman) == CallHuman("就是这张")
    citizen.says("0")
    assert (citizen.state.step, citizen.state.draft) == ("place", draft), (
        "the report that was left is as it was"
    )
    again = Citizen()
    again.says("9")
    again.sends("evi_1", kind=kind)
    assert "哪里看到" in again.says("也举报它")
    assert again.state.draft is not None
    assert again.state.draft.evidence_ids == ("evi_1",)


def test_a_photo_after_a_cry_goes_to_the_officers_too() -> None:
    citizen = Citizen()
    citizen.says("我不想活了")
    assert "打字说一句" in citizen.sends("evi_1")
    assert citizen.effect(CallHuman) == CallHuman("【发来照片】", urgent=True, evidence_ids=("evi_1",))


@pytest.mark.parametrize("typed", ["/start", "start"])
def test_start_typed_in_the_middle_costs_no_draft(typed: str) -> None:
    citizen = Citizen()
    citizen.says("文字举报")
    citizen.says("楼下有人发传单，存一万返两千，加微信 kuaidai_8866")
    citizen.says(typed)
    assert citizen.state.draft is not None
    assert "kuaidai_8866" in citizen.state.draft.words
