"""Whole reports, by photo and by words, as tables of what is said and what must be read."""

import pytest

from bot.conversation.book import Book, Medium
from bot.conversation.dialogues.report_way import PATHS
from bot.conversation.effects import ForgetDraft, SubmitTip
from bot.conversation.messages import Arrived, MediaRefused, SentPlace, Unsupported
from bot.conversation.state import MOST_MEDIA, Draft
from reports.evidence import MAX_FILES_PER_TIP
from tests.bot.conversation.talking import RECEIPT, Citizen

Table = list[tuple[str, str]]


def walk(citizen: Citizen, table: Table) -> None:
    """Says each line (`+a b` sends pictures) and looks for the piece of text in the answer."""
    for said, read in table:
        answer = citizen.sends(*said[1:].split()) if said.startswith("+") else citizen.says(said)
        assert read in answer, f"{said!r} was answered: {answer}"


BY_PHOTO: Table = [
    ("我要举报", "拍张照片"),
    ("+a", "在哪里看到的"),
    ("人民路菜场门口", "哪种地方"),
    ("1", "还有要说的吗"),
    ("电话是13800138000", "记下了"),
    ("没有了", "我念一遍"),
    ("1", f"回执号：{RECEIPT}"),
]


def test_a_report_by_photo_ends_with_a_receipt() -> None:
    citizen = Citizen()
    walk(citizen, BY_PHOTO)
    assert citizen.submitted == [
        Draft(
            kind="photo",
            evidence_ids=("a",),
            words="电话是13800138000",
            place_text="人民路菜场门口",
            medium="wall",
        )
    ]
    assert citizen.state.draft is None
    assert citizen.state.dialogue == ""


def test_a_report_by_photo_asks_five_questions_at_most_and_by_words_six() -> None:
    assert {kind: len(path) for kind, path in PATHS.items()} == {"photo": 5, "words": 6}


def test_a_report_by_words_about_credit_repair() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            ("举报", "拍张照片"),
            ("没有照片", "是哪种事"),
            ("2", "看到了什么"),
            ("楼下有人说能修征信", "记下了"),
            ("收三千，昨天说的", "记下了"),
            ("好了", "在哪里看到的"),
            ("光明小区", "哪种地方"),
            ("别人介绍的", "交过钱吗"),
            ("没有", "我念一遍"),
            ("提交", RECEIPT),
        ],
    )
    assert citizen.submitted == [
        Draft(
            kind="words",
            words="楼下有人说能修征信\n收三千，昨天说的",
            place_text="光明小区",
            medium="acquaintance",
            seen_when="昨天",
            paid="no",
            scheme_hint="credit_repair",
        )
    ]


@pytest.mark.parametrize(
    ("told", "hint"),
    [
        ("有个群说能帮人停催收、退利息", "anti_collection"),
        ("说能把征信洗白", "credit_repair"),
        ("拉老人投资，说利息高", "ifr_wealth"),
        ("有人在菜场发传单", None),
    ],
)
def test_the_topic_is_taken_from_the_words_themselves(told: str, hint: str | None) -> None:
    citizen = Citizen()
    walk(citizen, [("文字举报", "是哪种事"), (told, "记下了"), ("说完了", "在哪里看到的")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.scheme_hint == hint
    assert citizen.state.draft.words == told


def test_a_place_told_in_pieces_is_joined() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            ("举报", "拍张照片"),
            ("+a", "在哪里"),
            ("在我们小区", "哪种地方"),
            ("门口那个", "地方记成"),
            ("凉亭", "凉亭”了"),
            ("2", "还有"),
        ],
    )
    assert citizen.state.draft is not None
    assert citizen.state.draft.place_text == "在我们小区门口那个凉亭"
    assert citizen.state.draft.medium == "flyer"


def test_a_piece_that_comes_much_later_is_not_glued_to_the_place() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里"), ("城南菜场", "哪种地方")])
    citizen.says("随便看看", after=3600)
    assert citizen.state.draft is not None
    assert citizen.state.draft.place_text == "城南菜场"


def test_a_place_that_names_the_medium_spares_a_question() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里"), ("光明小区3号楼电梯里", "还有要说的吗")])
    assert citizen.state.draft is not None
    assert (citizen.state.draft.place_text, citizen.state.draft.medium) == ("光明小区3号楼电梯里", "elevator")


def test_a_medium_in_the_place_of_a_place_is_kept_and_the_place_asked_again() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [("举报", "拍张照片"), ("+a", "在哪里"), ("电梯里", "那是在什么地方"), ("光明小区", "还有要说的吗")],
    )
    assert citizen.state.draft is not None
    assert (citizen.state.draft.place_text, citizen.state.draft.medium) == ("光明小区", "elevator")


def test_what_was_seen_on_the_phone_is_not_asked_for_a_street() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里"), ("刷抖音看到的", "还有要说的吗")])
    assert citizen.state.draft is not None
    assert (citizen.state.draft.place_text, citizen.state.draft.medium) == ("手机上", "short_video")


def test_on_the_phone_only_mediums_of_the_phone_are_offered() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里")])
    answer = citizen.says("1")
    assert "墙上" not in answer
    assert "微信群" in answer


def test_a_position_answers_the_question_of_the_place() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里")])
    assert "哪种地方" in citizen.does(SentPlace(29.87, 121.55, "鼓楼公园"))
    assert citizen.state.draft is not None
    assert citizen.state.draft.latitude == pytest.approx(29.87)
    assert citizen.state.draft.place_text == "鼓楼公园"


@pytest.mark.parametrize("said", ["不知道", "不晓得", "记不清了"])
def test_whoever_does_not_remember_the_medium_is_not_pressed(said: str) -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:3], (said, "还有要说的吗")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.medium == ""


def test_a_place_of_its_own_kind_is_kept_as_other() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里"), ("2", "哪种地方"), ("公交车扶手上", "记着")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.medium == "other"
    assert "公交车扶手上" in citizen.state.draft.words


@pytest.mark.parametrize("small_talk", ["好的", "对", "嗯", "ok"])
def test_small_talk_is_neither_a_place_nor_a_medium(small_talk: str) -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里")])
    citizen.says(small_talk)
    assert citizen.state.step == "place"
    citizen.says("城南菜场")
    assert "没太听明白" not in citizen.says(small_talk)
    assert citizen.state.step == "medium"


@pytest.mark.parametrize("said", ["说完了", "发完了", "就这几张", "that's all", "搞掂"])
def test_whoever_sent_all_photos_is_still_asked_for_the_place(said: str) -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里")])
    citizen.says(said)
    assert citizen.state.step == "place"


def test_an_album_in_pieces_is_one_report() -> None:
    citizen = Citizen()
    walk(citizen, [("举报", "拍张照片"), ("+a", "1 张"), ("+b", "2 张"), ("+b", "在哪里"), ("+c d", "4 张")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("a", "b", "c", "d")


def test_no_more_pieces_are_kept_than_a_tip_takes_and_the_rest_is_given_up() -> None:
    citizen = Citizen()
    citizen.says("举报")
    assert MOST_MEDIA == MAX_FILES_PER_TIP  # else the read-back counts files that the tip leaves out
    pieces = [f"p{n}" for n in range(MOST_MEDIA + 3)]
    assert "够用了" in citizen.sends(*pieces)
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == tuple(pieces[:MOST_MEDIA])
    assert citizen.effects == [ForgetDraft(tuple(pieces[MOST_MEDIA:]))]
    assert "够用了" in citizen.sends("one-more")
    assert citizen.effects[-1] == ForgetDraft(("one-more",))


def test_a_voice_message_is_kept_for_the_officers() -> None:
    citizen = Citizen()
    walk(citizen, BY_PHOTO[:4])
    assert "工作人员会听" in citizen.sends("v", kind="voice")
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("a", "v")
    assert citizen.state.step == "words"


def test_words_before_the_photo_are_kept() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            ("举报", "拍张照片"),
            ("楼下贴了好多", "话我记下了"),
            ("+a", "在哪里"),
            ("光明小区", "哪种地方"),
            ("1", "都记着"),
        ],
    )
    assert citizen.state.draft is not None
    assert citizen.state.draft.words == "楼下贴了好多"


def test_a_bad_picture_loses_nothing() -> None:
    citizen = Citizen()
    walk(citizen, BY_PHOTO[:5])
    before = citizen.state.draft
    answer = citizen.does(MediaRefused("too_large"))
    assert "太大" in answer
    assert "还有要说的吗" in answer
    assert citizen.state.draft == before
    assert "换一张" in citizen.does(MediaRefused("something_new"))
    assert "表情" in citizen.does(Unsupported("sticker"))
    assert citizen.state.draft == before


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ([("2", "改哪一样"), ("2", "在哪里"), ("南门外", "南门外")], "place_text", "南门外"),
        ([("改一下", "改哪一样"), ("地方", "在哪里"), ("南门外", "南门外")], "place_text", "南门外"),
        ([("地方不对", "在哪里"), ("南门外", "南门外")], "place_text", "南门外"),
        ([("不对", "改哪一样"), ("3", "哪种地方"), ("传单", "传单")], "medium", "flyer"),
        (
            [
                ("我说的话要改", "重新说一遍"),
                ("没有电话", "记"),
                ("只有微信", "记"),
                ("完了", "没有电话 只有微信"),
            ],
            "words",
            "没有电话\n只有微信",
        ),
        ([("改说的话", "重新说一遍"), ("1", "我念一遍")], "words", "电话是13800138000"),
        ([("改照片", "还要加就接着发"), ("+b", "2 张"), ("1", "2 份")], "evidence_ids", ("a", "b")),
        ([("改照片", "还要加就接着发"), ("2", "拍张照片"), ("+b", "我念一遍")], "evidence_ids", ("b",)),
        ([("2", "改哪一样"), ("0", "我念一遍")], "medium", "wall"),
    ],
)
def test_one_field_is_corrected_at_the_read_back(table: Table, field: str, value: object) -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:6], *table])
    assert citizen.state.step == "confirm"
    assert getattr(citizen.state.draft, field) == value


def test_what_is_said_at_the_read_back_is_added() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:6], ("他们每天下午都在", "补上了"), ("对", RECEIPT)])
    assert citizen.submitted[0].words == "电话是13800138000\n他们每天下午都在"


def test_back_goes_one_question_back_each_time() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            *BY_PHOTO[:6],
            ("0", "还有要说的吗"),
            ("返回", "哪种地方"),
            ("上一步", "在哪里"),
            ("0", "还要加"),
            ("0", "您想做什么"),
        ],
    )
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("a",)
    walk(
        citizen,
        [("接着报", "还要加"), ("够了", "在哪里"), ("西门", "哪种地方"), ("1", "记着"), ("没了", "西门")],
    )


def test_back_from_the_first_question_by_words_is_the_photo() -> None:
    citizen = Citizen()
    walk(citizen, [("文字举报", "是哪种事"), ("0", "拍张照片"), ("+a", "在哪里")])


def test_giving_up_asks_whether_to_keep_and_keeps_when_nothing_more_is_said() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:3], ("算了", "给您留着吗"), ("你好", "上次有一条还没报完"), ("1", "哪种地方")])


def test_what_is_given_up_is_forgotten() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:3], ("不弄了", "给您留着吗"), ("删掉", "都删掉了")])
    assert citizen.effects == [ForgetDraft(("a",))]
    assert citizen.state.draft is None


def test_starting_over_forgets_what_was_collected() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:4], ("重来", "从头来")])
    assert citizen.effects == [ForgetDraft(("a",))]
    assert citizen.state.draft == Draft()
    walk(citizen, BY_PHOTO[1:])


def test_a_second_report_does_not_push_out_the_first_unasked() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            *BY_PHOTO[:3],
            ("问一问", "您说吧"),
            ("我要举报", "还没报完（1 份照片，人民路菜场门口）"),
            ("接着", "哪种地方"),
        ],
    )


def test_a_fresh_report_gives_the_old_one_up() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:3], ("菜单", "想做什么"), ("我要举报", "还没报完"), ("2", "拍张照片")])
    assert citizen.effects == [ForgetDraft(("a",))]


def test_an_unfinished_report_waits_for_weeks() -> None:
    citizen = Citizen()
    walk(citizen, BY_PHOTO[:4])
    answer = citizen.does(Arrived("start"), after=20 * 86_400)
    assert "还没报完" in answer
    walk(citizen, [("1", "还有要说的吗"), ("没有", "人民路菜场门口")])


def test_a_refused_submission_keeps_everything() -> None:
    citizen = Citizen(refuse="too_many_today")
    walk(citizen, [*BY_PHOTO[:6], ("对", "没交成")])
    assert citizen.state.draft is not None
    citizen.refuse = None
    walk(citizen, [("再交一次", RECEIPT)])


def test_a_submission_without_its_photo_asks_for_it_again() -> None:
    citizen = Citizen(refuse="nothing_to_go_on")
    walk(citizen, [*BY_PHOTO[:6], ("对", "再发一张")])
    citizen.refuse = None
    walk(citizen, [("+z", "我念一遍"), ("对", RECEIPT)])


def test_an_empty_report_is_never_submitted() -> None:
    citizen = Citizen()
    walk(citizen, [("文字举报", "是哪种事"), ("4", "看到了什么"), ("说完了", "说一句您看到了什么")])
    assert citizen.effect(SubmitTip) is None


def test_a_report_begun_in_one_breath_keeps_its_words() -> None:
    citizen = Citizen()
    walk(
        citizen,
        [
            ("我要举报楼下贴的贷款广告", "拍张照片"),
            ("+a", "在哪里"),
            ("光明小区", "哪种地方"),
            ("1", "都记着"),
            ("没了", "我念一遍"),
        ],
    )
    assert citizen.state.draft is not None
    assert citizen.state.draft.words == "我要举报楼下贴的贷款广告"


@pytest.mark.parametrize("said", ["我要举报", "我想举报一个违法广告", "我要反映一个情况", "我要举报他们"])
def test_the_mere_wish_to_report_is_no_story(said: str) -> None:
    citizen = Citizen()
    walk(citizen, [(said, "拍张照片")])
    assert citizen.state.draft == Draft()


def test_a_place_put_right_one_question_later_is_asked_again() -> None:
    citizen = Citizen()
    walk(citizen, [*BY_PHOTO[:3], ("不对 地方错了", "在哪里看到的"), ("南门外", "哪种地方")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.place_text == "南门外"


def test_a_medium_that_the_book_does_not_know_is_no_piece_of_the_place() -> None:
    citizen = Citizen.over(Book(mediums=(Medium("wall", "墙上"), Medium("other", "别处"))))
    walk(
        citizen,
        [("举报", "拍张照片"), ("+a", "在哪里"), ("阳光社区", "哪种地方"), ("老姐妹介绍的", "都记着")],
    )
    assert citizen.state.draft is not None
    assert (citizen.state.draft.place_text, citizen.state.draft.medium) == ("阳光社区", "other")
    assert "老姐妹介绍的" in citizen.state.draft.words


def test_a_second_press_of_submit_submits_nothing_twice() -> None:
    citizen = Citizen()
    walk(citizen, BY_PHOTO)
    assert "那个按钮是前面的了" in citizen.presses("submit")
    assert len(citizen.submitted) == 1


def test_the_poster_that_brought_the_citizen_is_remembered() -> None:
    citizen = Citizen()
    citizen.does(Arrived("follow", scene="outlet-7"))
    citizen.does(Arrived("menu", scene="report"))
    assert citizen.state.scene == "outlet-7"
    assert citizen.state.dialogue == "report"


@pytest.mark.parametrize(
    ("said", "medium"),
    [("电梯里", "wall"), ("人家打电话来的", "sms"), ("听讲座", "other"), ("刷视频", "short_video")],
)
def test_a_choice_that_covers_several_mediums_is_known_by_each(said: str, medium: str) -> None:
    book = Book(
        mediums=(
            Medium("wall", "墙上、电梯里"),
            Medium("sms", "短信、电话", online=True),
            Medium("short_video", "短视频、网页", online=True),
            Medium("other", "店里、讲座、别处"),
        )
    )
    citizen = Citizen.over(book)
    walk(citizen, [("举报", "拍张照片"), ("+a", "在哪里"), ("城南", "哪种地方"), (said, "还有要说的吗")])
    assert citizen.state.draft is not None
    assert citizen.state.draft.medium == medium


def test_a_story_told_where_a_place_is_asked_for_is_kept_as_words() -> None:
    for story in ("有人说利息很高", "有人說利息很高", "he promised 20 percent interest"):
        citizen = Citizen()
        citizen.says("举报")
        citizen.sends("a")
        answer = citizen.says(story)
        assert "哪里看到的" in answer or "哪裡看到的" in answer or "Where did you see it" in answer
        assert citizen.state.draft is not None
        assert citizen.state.draft.words == story
        assert citizen.state.draft.place_text == ""


def test_whoever_says_at_the_read_back_that_nothing_was_paid_puts_it_right() -> None:
    citizen = Citizen()
    for said in ("文字举报", "有人说能修征信，收三千", "说完了", "东街菜市场门口", "墙上", "交过"):
        citizen.says(said)
    assert "交过钱" in citizen.replies[-1].text
    assert "没交过钱" in citizen.says("其实没给他们钱")


@pytest.mark.parametrize("said", ["中间那个", "the middle one"])
def test_the_middle_one_of_six_is_no_place(said: str) -> None:
    citizen = Citizen()
    citizen.presses("report")
    citizen.sends("e1")
    while not citizen.state.offered[0].id.startswith("medium."):
        citizen.presses("done" if citizen.state.step == "photo" else citizen.state.offered[-1].id)
    assert len(citizen.state.offered) % 2 == 0
    citizen.says(said)
    assert citizen.state.draft is not None
    assert (citizen.state.draft.medium, citizen.state.draft.words) == ("", "")
