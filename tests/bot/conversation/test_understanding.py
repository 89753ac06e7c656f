"""Numbers, commands and options, said in the many ways that people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.replies import Choice
from bot.conversation.understanding import command_in, fold, is_no, is_yes, number_in, pick, plain
from bot.conversation.vocabulary import COMMANDS, EXACT, WITHIN, Command

MEDIUMS = (
    Choice("medium.wall", "墙上、楼道里"),
    Choice("medium.flyer", "传单、小卡片"),
    Choice("medium.sms", "短信、电话"),
)
WORDS = {"medium.wall": ("墙", "电线杆"), "medium.flyer": ("单子",), "medium.sms": ("打来",)}


def words_for(option: str) -> tuple[str, ...]:
    return WORDS.get(option, WITHIN.get(option, ()))


@pytest.mark.parametrize(
    "said",
    [
        "1",
        "１",
        "①",
        "⒈",
        "❶",
        "1️⃣",
        "1.",
        "1、",
        "（1）",
        "一",
        "壹",
        "第一",
        "第一个",
        "第1个",
        "第一个吧",
        "头一个",
        "选1",
        "我选第一个",
        "上面第一个",
        "那个第一个",
        "揀第一個",
        "就第一个",
        "1号",
        "回1",
        "按 1",
        "A",
        "a。",
        "111",
        "最上面那个",
        " 1 \n",
        "是1",
        "一号",
    ],
)
def test_first_is_heard_however_it_is_said(said: str) -> None:
    assert number_in(said, 3) == 1


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2", 2),
        ("二", 2),
        ("两", 2),
        ("第二个", 2),
        ("中间那个", 2),
        ("3", 3),
        ("最后一个", 3),
        ("第三条", 3),
        ("c", 3),
    ],
)
def test_other_numbers_are_heard(said: str, number: int) -> None:
    assert number_in(said, 3) == number


@pytest.mark.parametrize(
    "said", ["4", "0", "十", "1和2", "1.5", "3000", "13800138000", "1号楼", "一下", "一个人来的", "", "。"]
)
def test_what_is_no_number_of_the_list_is_none(said: str) -> None:
    assert number_in(said, 3) is None


@pytest.mark.parametrize(("said", "number"), [("上面那个", 1), ("前一个", 1), ("下面那个", 2), ("后一个", 2)])
def test_upper_and_lower_mean_something_between_two(said: str, number: int) -> None:
    assert number_in(said, 2) == number


@pytest.mark.parametrize("said", ["3个", "一个", "a", "1个人", "二楼"])
def test_where_words_are_wanted_a_count_is_no_number(said: str) -> None:
    assert number_in(said, 3, tight=True) is None


@pytest.mark.parametrize("said", ["1", "一", "第一个", "①", "选1", "1。"])
def test_where_words_are_wanted_a_bare_number_still_is_one(said: str) -> None:
    assert number_in(said, 3, tight=True) == 1


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("墙上", "medium.wall"),
        ("贴在墙上的", "medium.wall"),
        ("電線杆上", "medium.wall"),
        ("别人塞的单子", "medium.flyer"),
        ("小卡片", "medium.flyer"),
        ("不是墙上，是传单", "medium.flyer"),
        ("打来的", "medium.sms"),
        ("短 信", "medium.sms"),
        ("2 传单", "medium.flyer"),
        ("3、短信电话", "medium.sms"),
        ("墙上、楼道里", "medium.wall"),
        ("传单小卡牌", "medium.flyer"),
    ],
)
def test_options_are_known_by_their_words(said: str, chosen: str) -> None:
    choice = pick(said, MEDIUMS, words_for)
    assert choice is not None
    assert choice.id == chosen


@pytest.mark.parametrize("said", ["菜场", "不在墙上", "", "？", "没有" * 30])
def test_what_means_no_option_is_none(said: str) -> None:
    assert pick(said, MEDIUMS, words_for) is None


def test_two_options_named_alike_are_left_to_the_citizen() -> None:
    choices = (Choice("a", "今天的"), Choice("b", "昨天的"))
    assert pick("今天的还是昨天的", choices, words_for) is None


SUBMIT = (Choice("submit", "对，提交"), Choice("edit", "改一下"))


@pytest.mark.parametrize(
    "said",
    [
        "对",
        "对的",
        "对对对",
        "是的",
        "嗯",
        "好",
        "好的好的",
        "行",
        "可以",
        "中",
        "要得",
        "没错",
        "没问题",
        "就这样",
        "提交",
        "交吧",
        "嗯交吧",
        "👌",
        "ok",
        "OK",
        "對",
        "系呀",
        "那就交吧",
        "好的谢谢",
        "是的没错",
        "对，提交吧",
        "都对",
        "妥了",
    ],
)
def test_yes_has_many_ways(said: str) -> None:
    choice = pick(said, SUBMIT, words_for, open_ended=True)
    assert choice is not None
    assert choice.id == "submit"


@pytest.mark.parametrize(
    "said",
    ["不对", "不是", "错了", "改", "改一下", "我要改", "写错了", "不行", "唔啱", "莫", "不对不对", "👎"],
)
def test_no_has_many_ways(said: str) -> None:
    choice = pick(said, SUBMIT, words_for, open_ended=True)
    assert choice is not None
    assert choice.id == "edit"


def test_no_problem_is_a_yes() -> None:
    assert is_yes(plain("没问题"))
    assert not is_no(plain("没问题"))
    assert is_no(plain("没有"))


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("算了", Command.CANCEL),
        ("哎，算了吧", Command.CANCEL),
        ("算了算了不弄了", Command.CANCEL),
        ("我不弄了", Command.CANCEL),
        ("不想弄了", Command.CANCEL),
        ("重来", Command.RESTART),
        ("重新来一遍", None),
        ("从头来吧", Command.RESTART),
        ("返回", Command.BACK),
        ("0", Command.BACK),
        ("０", Command.BACK),
        ("上一步", Command.BACK),
        ("9", Command.HUMAN),
        ("转人工", Command.HUMAN),
        ("有人吗？", Command.HUMAN),
        ("找工作人员", Command.HUMAN),
        ("咋弄", Command.HELP),
        ("这个咋弄啊", Command.HELP),
        ("我不会弄", Command.HELP),
        ("看不懂", Command.HELP),
        ("字太小了", Command.BIG),
        ("看不清", Command.BIG),
        ("大字版", Command.BIG),
        ("我要舉報", Command.REPORT),
        ("我的举报", Command.TIPS),
        ("会不会说出去", Command.PRIVACY),
        ("你好", Command.HELLO),
        ("谢谢啊", Command.THANKS),
        ("/big", Command.BIG),
        ("/mytips", Command.TIPS),
        ("有人", None),
        ("他说算了我不要了你自己看着办吧", None),
        ("贷款", None),
    ],
)
def test_commands_are_whole_messages(said: str, command: Command | None) -> None:
    assert command_in(plain(said)) is command


def test_no_two_commands_claim_one_word() -> None:
    for command, words in COMMANDS.items():
        for word in words:
            assert command_in(plain(word)) is command, word


def test_every_written_word_is_in_the_form_it_is_compared_in() -> None:
    for table in (EXACT, WITHIN):
        for words in table.values():
            for word in words:
                assert fold(word) == word


@given(st.text(max_size=60))
def test_understanding_is_total(text: str) -> None:
    number_in(text, 5)
    number_in(text, 5, tight=True)
    pick(text, MEDIUMS, words_for)
    command_in(plain(text))
    fold(text)


@given(st.text(alphabet="我要想就那先再是一个吧啊了的好你", max_size=16))
def test_small_talk_is_read_in_no_time(text: str) -> None:
    """The expressions backtrack; sixteen characters of nothing but fillers must stay harmless."""
    command_in(text)
    is_yes(text)
