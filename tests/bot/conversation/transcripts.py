"""The transcripts of docs/dialogues: every dialogue as the real engine leads it, in each language and style.

`python -m tests.bot.conversation.transcripts` writes them anew.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bot.conversation.book import Book
from bot.conversation.languages import NAMES, Language, in_traditional
from bot.conversation.messages import (
    Arrived,
    Chose,
    DraftLeft,
    FilesTaken,
    Finding,
    Incoming,
    Judged,
    OfficerSaid,
    PictureIsPrivate,
    SentMedia,
    SentPlace,
    TipCard,
    TipMoved,
)
from bot.conversation.rendering import as_numbered_text
from bot.conversation.replies import Reply
from bot.conversation.state import State, Style
from bot.conversation.wording import phrases
from entrypoints.desk import book_of
from knowledge.packs import Packs
from knowledge.quizzes.questions import read_questions
from knowledge.schemes.catalogue import read_pack
from knowledge.warnings.notices import read_warnings
from reports.jurisdictions.jurisdiction import read_jurisdiction
from reports.states import TipState
from tests.bot.conversation.talking import RECEIPT, Citizen

FOLDER = Path(__file__).parents[3] / "docs" / "dialogues"
WRITE_ANEW = "python -m tests.bot.conversation.transcripts"

OFFICE_HOURS = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
"""A Wednesday, ten in the morning in China."""
EVENING = datetime(2026, 4, 1, 13, 0, tzinfo=UTC)
LATER = "QS-2222-3333-J"

S, T, E = Language.SIMPLIFIED, Language.TRADITIONAL, Language.ENGLISH


@cache
def county() -> Book:
    """The real packs in the demonstration county."""
    return book_of(Packs(read_pack(), read_questions(), read_warnings()), read_jurisdiction("demo-county"))


@cache
def _finding(code: str, verdict: str) -> Finding:
    scheme = read_pack()[code]
    return Finding(
        verdict=verdict,  # type: ignore[arg-type]
        scheme_code=code,
        scheme_name=scheme.plain_name,
        why=tuple(flag.plain for flag in scheme.red_flags[:3]),
        advice_now=scheme.advice.now,
        advice_if_paid=scheme.advice.if_paid,
    )


def judge(text: str) -> Finding:
    """Matching's part, played with the pack's own words; what matching really says is tested where it lives."""
    if any(word in text for word in ("多扣", "overcharged", "多扣")):
        return Finding(verdict="possible", scheme_code="agent_surrender", dispute=True)
    if any(word in text for word in ("贷款", "貸款", "loan", "手续费", "手續費")):
        return _finding("loan_broker", "likely")
    if any(word in text for word in ("征信", "徵信", "credit")):
        return _finding("credit_repair", "possible")
    return Finding()


@dataclass
class Scene:
    """One dialogue as it is led and written down."""

    language: Language
    style: Style
    at: datetime = OFFICE_HOURS
    lines: list[str] = field(default_factory=list)
    heard: list[tuple[str, tuple[Reply, ...]]] = field(default_factory=list)
    """What was done, and the replies to it: for the tests that measure them."""

    def __post_init__(self) -> None:
        self.citizen = Citizen.over(county())
        self.citizen.judge = judge
        self.citizen.at = self.at
        self.citizen.state = State(language=self.language, language_is_chosen=True, style=self.style)

    def says(self, simplified: str, english: str, *, after: float = 20) -> None:
        """Types it, in the scene's language."""
        text = {S: simplified, T: in_traditional(simplified), E: english}[self.language]
        self._shown(text, lambda: self.citizen.says(text, after))

    def does(self, what: str, message: Incoming, *, after: float = 20) -> None:
        """Does something that is no typing."""
        self._shown(f"*{what}*", lambda: self.citizen.does(message, after))

    def picks(self, simplified: str, english: str, choice: str) -> None:
        """Answers a question in words of their own; where 大字版 keeps the option for the next page, goes there first."""
        while choice not in {one.id for one in self.citizen.state.offered}:
            assert self.citizen.state.held.choices, f"{choice} is not offered"
            self.says("还有别的", "something else")
        self.says(simplified, english)

    def reads_on(self) -> None:
        """Leafs through what came in pages, to its end."""
        while [choice.id for choice in self.citizen.state.offered] == ["more"]:
            self.says("接着看", "read on")

    def notes(self, text: str) -> None:
        """A word to the reviewer."""
        self.lines += ["", f"*（{text}）*"]

    def _shown(self, act: str, do: Callable[[], str]) -> None:
        do()
        replies = self.citizen.replies
        self.heard.append((act, replies))
        self.lines += ["", f"**→ {act}**"]
        for reply in replies:
            self.lines += ["", "```text", as_numbered_text(reply), "```"]


def report_by_photo(scene: Scene) -> None:
    scene.does("opens the chat", Arrived())
    scene.says("第一个", "the first one")
    scene.says("咋弄", "how")
    scene.does("sends a photo", SentMedia(("evi_a",)))
    scene.notes("three short messages in a row are one place")
    scene.says("在我们", "by the", after=4)
    scene.says("社区", "market", after=4)
    scene.says("大门口", "gate", after=5)
    scene.notes("a digit in full width")
    scene.says("２", "２")
    scene.notes("goes one step back and forth again")
    scene.says("0", "0")
    scene.picks("传单", "leaflet", "medium.flyer")
    scene.says("说不看征信", "they say", after=5)
    scene.says("当天放款", "no credit check", after=5)
    scene.says("要先交三百", "300 yuan first", after=5)
    scene.says("没了", "thats all")
    scene.notes("puts one thing right at the read-back")
    scene.says("改一下", "change something")
    scene.picks("地方", "the place", "edit.place")
    scene.says("人民路菜市场门口", "the market gate on Renmin Road")
    scene.says("对头", "yes")


def report_by_words(scene: Scene) -> None:
    scene.says("文字举报", "report by text")
    scene.picks("修征信的", "repair your credit", "topic.credit_repair")
    scene.says("楼下有人说能洗白", "a man downstairs says he can clean my record")
    scene.says("收三千，电话19900001234", "he wants 3000 yuan, phone 19900001234")
    scene.says("说完了", "that is all")
    scene.says("记不清了", "I don't remember")
    scene.picks("墙上", "wall", "medium.wall")
    scene.says("没有", "no")
    scene.says("好", "ok")


def given_up_and_begun_again(scene: Scene) -> None:
    scene.says("举报", "report")
    scene.does("sends a photo", SentMedia(("evi_a",)))
    scene.says("算了", "never mind")
    scene.says("留着", "keep it")
    scene.notes("a day later, where the channel allows it")
    scene.does("nothing; the draft has lain for a day", DraftLeft(), after=86_400)
    scene.notes("five days later")
    scene.says("你好", "hello", after=5 * 86_400)
    scene.says("1", "1")
    scene.says("重来", "start over")
    scene.does("sends another photo", SentMedia(("evi_b",)))
    scene.says("手机上", "on my phone")
    scene.picks("短信", "text message", "medium.sms")
    scene.says("没有了", "nothing more")
    scene.says("1", "1")


def already_paid(scene: Scene) -> None:
    scene.says("我已经转钱了，转了五千", "I have already sent them 5000 yuan")
    scene.says("给了一个办贷款的", "to a man who does loans")
    scene.says("打了110了，然后呢", "I called 110, and now?")
    scene.picks("报上来", "report this", "tip")
    scene.says("手机上", "on my phone")
    scene.picks("微信群", "wechat group", "medium.wechat_group")
    scene.says("对", "yes")


def asked_and_it_looks_like_one(scene: Scene) -> None:
    scene.says("问一问", "ask")
    scene.says("有人说不看征信就能办贷款，先交手续费", "someone offers a loan without a check, a fee first")
    scene.reads_on()
    scene.says("是电话里说的", "he said it on the phone", after=30)
    scene.says("举报它", "report it")
    scene.says("算了", "cancel")
    scene.says("不要了", "delete it")


def asked_and_nothing_is_known(scene: Scene) -> None:
    scene.says("楼下超市招人搬货是真的吗", "is the job at the shop downstairs real?")
    scene.says("好的", "ok")
    scene.says("银行多扣了我的钱，客服不理", "the bank overcharged me and will not answer")
    scene.reads_on()


def asked_and_something_is_wrong_anyway(scene: Scene) -> None:
    scene.says("什么叫反催收", "what is a Ponzi scheme?")
    scene.says("再问一件", "ask something else")
    scene.says("有人打来，说我中奖了", "a man called and says I won a prize", after=20)
    scene.says("对方要我把验证码报给他", "he wants me to tell him the code", after=20)


def asked_with_a_photo(scene: Scene) -> None:
    scene.does("sends a photo", SentMedia(("evi_a",)))
    scene.says("问一问", "ask")
    scene.says("好了没有", "is it done?")
    found = replace(_finding("credit_repair", "likely"), evidence_ids=("evi_a",))
    scene.does("nothing; the photo has been read", Judged(found), after=60)
    scene.reads_on()


def my_tips(scene: Scene) -> None:
    day = date(2026, 3, 30)
    question = {S: "传单上的公司叫什么？", T: "傳單上的公司叫什麼？", E: "What is the company called?"}
    asked = question[scene.language]
    scene.citizen.cards = (
        TipCard(RECEIPT, "need_more", day, asked),
        TipCard(LATER, "recognised", day, reward="notified", claim_until=date(2026, 5, 8)),
    )
    scene.says("我的举报", "my reports")
    scene.says("第一个", "the first one")
    scene.reads_on()
    scene.says("现在回答", "answer now")
    scene.says("叫某某信息", "It is called", after=5)
    scene.says("咨询公司", "Such-and-such Consulting", after=5)
    scene.says("说完了", "done")
    scene.says("我的举报", "my reports")
    scene.says("2", "2")
    scene.reads_on()


def notices(scene: Scene) -> None:
    day = date(2026, 3, 30)
    asked = {S: "是哪一栋楼？", T: "是哪一棟樓？", E: "Which building is it?"}[scene.language]
    for state in TipState:
        if state not in (TipState.submitted, TipState.verifying, TipState.closed):
            department = {S: "县金融办", T: "縣金融辦", E: "县金融办"}[scene.language]
            scene.does(
                f"nothing; the tip is {state.value} now",
                TipMoved(
                    TipCard(RECEIPT, state.value, day, asked if state is TipState.need_more else None),
                    department=department if state is TipState.routed else "",
                ),
            )
            scene.reads_on()
    for reward, days in (("approved", 30), ("paid", 0)):
        card = TipCard(RECEIPT, "recognised", day, reward=reward, claim_days=days, counted="working")
        scene.does(f"nothing; the reward is {reward}", TipMoved(card))
        scene.reads_on()


def quiz(scene: Scene) -> None:
    scene.says("小测验", "quiz")
    scene.says("今天这一题", "todays question")
    scene.reads_on()
    scene.says("1", "1")
    scene.reads_on()
    scene.says("回菜单", "menu")


def warnings(scene: Scene) -> None:
    scene.says("风险提示", "warnings")
    scene.says("第一个", "the first one")
    scene.reads_on()
    scene.says("0", "0")


def human_in_office_hours(scene: Scene) -> None:
    scene.says("9", "9")
    scene.says("我听不清电话", "I cannot hear well on the phone")
    scene.does("sends a photo", SentMedia(("evi_1",)))
    scene.says("你们能过来吗", "could someone come here?")
    answer = {
        S: "可以来社区服务站，我们在。",
        T: "可以來社區服務站，我們在。",
        E: "You can come to the community desk.",
    }
    scene.does("nothing; an officer has answered", OfficerSaid(answer[scene.language]))
    scene.says("1", "1")
    scene.does("nothing; an officer made a tip of the photo", FilesTaken(RECEIPT, opened=True))


def human_out_of_hours(scene: Scene) -> None:
    scene.says("人工", "a real person please")
    scene.says("我家老伴被人叫去听课了", "my husband was taken to one of those sales shows")
    scene.says("0", "0")


def in_distress(scene: Scene) -> None:
    scene.says("举报", "report")
    scene.says("钱都没了，我活不下去了", "all my money is gone, I can't go on like this")
    scene.says("真的不想活了", "I really don't want to live")
    scene.says("我在河边", "I am at the river")
    scene.does("sends their location", SentPlace(29.102031, 119.640012))
    scene.does("sends a voice message", SentMedia(("evi_a",), "voice"))
    scene.says("0", "0")
    scene.notes("the report is where it was")
    scene.says("没有照片", "no photo")


def small_talk(scene: Scene) -> None:
    scene.does("opens the chat", Arrived())
    for simplified, english in (
        ("在吗", "are you there"),
        ("这是干什么的", "what is this"),
        ("收费吗", "is it free"),
        ("我去问问儿子", "let me ask my son"),
        ("收到没有", "did you get it"),
        ("按错了", "I pressed the wrong button"),
        ("再说一遍", "say that again please"),
        ("我不会打字", "I can't type"),
        ("帮我报警", "help me call the police"),
        ("随便", "whatever"),
        ("/settings", "/settings"),
        ("我一个人在家", "my name is John"),
        ("我耳朵不好", "I am 75 years old"),
        ("字太小了看不清", "bigger letters please"),
        ("我不想跟机器说话", "I don't want to talk to a machine"),
    ):
        scene.says(simplified, english, after=150)


def passed_over(scene: Scene) -> None:
    scene.says("举报", "report")
    scene.says("没有", "none")
    scene.says("不知道", "not sure")
    scene.says("说完了", "that's all")
    scene.says("电梯里有人发贷款的卡片", "someone in the lift hands out cards for loans")
    scene.says("没了", "done")
    scene.says("跳过", "skip")
    scene.says("不清楚", "don't know")
    scene.says("下一步", "next")
    scene.says("说完了", "finished")
    scene.says("对", "yes")


def not_understood(scene: Scene) -> None:
    scene.says("举报", "report")
    scene.does("sends a photo", SentMedia(("evi_a",)))
    scene.says("手机上", "on my phone")
    scene.says("８８", "88")
    scene.says("７７", "77")
    scene.says("８８", "88")
    if scene.style is Style.ORDINARY:
        scene.picks("大字版", "large print", "big")


def other_things(scene: Scene) -> None:
    for simplified, english in (
        ("帮助", "help"),
        ("他们会知道是我吗", "will they know it was me"),
        ("保密吗", "privacy"),
        ("有奖励吗", "is there a reward"),
        ("打什么电话", "which number"),
        ("谢谢", "thank you"),
        ("我的卡号是6222021234567890123", "my card is 6222021234567890123"),
        ("删我的资料", "delete my data"),
        ("先不删", "not now"),
    ):
        scene.says(simplified, english)
        scene.reads_on()


def private_picture(scene: Scene) -> None:
    scene.says("举报", "report")
    scene.does("sends a photo of a card", SentMedia(("evi_a",)))
    scene.does(
        "nothing; the photo has been read",
        PictureIsPrivate(("evi_a",), "identity_card", scene.citizen.at),
    )
    scene.says("会不会知道是我", "will they know it was me")
    scene.says("不发", "no, delete it")


def another_language(scene: Scene) -> None:
    scene.says("语言", "language")
    other = E if scene.language is not E else S
    scene.does(f"presses {NAMES[other]}", Chose(f"language.{other.lower()}"))
    scene.does(f"types {NAMES[scene.language]}", Chose(f"language.{scene.language.lower()}"))


SCENES: Mapping[str, tuple[str, Callable[[Scene], None], datetime]] = {
    "report-by-photo": ("拍照举报: an elder reports a leaflet", report_by_photo, OFFICE_HOURS),
    "report-by-words": ("文字举报: a report without a photo", report_by_words, OFFICE_HOURS),
    "given-up": ("算了、重来: given up, kept, begun again", given_up_and_begun_again, OFFICE_HOURS),
    "already-paid": ("钱已经转了: money is gone", already_paid, OFFICE_HOURS),
    "ask": ("问一问: it looks like a scheme", asked_and_it_looks_like_one, OFFICE_HOURS),
    "ask-nothing": ("问一问: nothing known; a dispute", asked_and_nothing_is_known, OFFICE_HOURS),
    "ask-wrong-anyway": (
        "问一问: a word is explained; something is wrong in any case",
        asked_and_something_is_wrong_anyway,
        OFFICE_HOURS,
    ),
    "ask-photo": ("问一问: about a photo", asked_with_a_photo, OFFICE_HOURS),
    "my-tips": ("我的举报: a question is answered, a reward waits", my_tips, OFFICE_HOURS),
    "notices": ("通知: what a reporter is told by themselves", notices, OFFICE_HOURS),
    "quiz": ("小测验", quiz, OFFICE_HOURS),
    "warnings": ("风险提示", warnings, OFFICE_HOURS),
    "human": ("9 人工: in office hours", human_in_office_hours, OFFICE_HOURS),
    "human-closed": ("9 人工: in the evening", human_out_of_hours, EVENING),
    "distress": ("活不下去了: somebody in distress", in_distress, OFFICE_HOURS),
    "not-understood": ("没听明白: three times", not_understood, OFFICE_HOURS),
    "small-talk": ("在吗、收费吗、按错了: what is no story", small_talk, OFFICE_HOURS),
    "passed-over": ("不知道、跳过: no answer to any question", passed_over, OFFICE_HOURS),
    "other": ("隐私、奖励、电话、删除", other_things, OFFICE_HOURS),
    "private": ("照片里有身份证: a picture that is nobody's business", private_picture, OFFICE_HOURS),
    "language": ("换文字", another_language, OFFICE_HOURS),
}


@cache
def played(name: str, language: Language, style: Style) -> Scene:
    """The dialogue, led to its end."""
    _, play, at = SCENES[name]
    scene = Scene(language, style, at)
    play(scene)
    return scene


def path_of(name: str, language: Language, style: Style) -> Path:
    """Where its transcript lies."""
    return FOLDER / f"{language}-{style}" / f"{name}.md"


def transcript(name: str, language: Language, style: Style) -> str:
    """The whole file."""
    title = SCENES[name][0]
    lines = played(name, language, style).lines
    spoken = f"{NAMES[language]} · {'大字版' if style is Style.BIG else '普通版'}"
    return "\n".join([f"# {title}", "", spoken, *lines, ""])


ELSE = "else"
"""The file beside the dialogues: whatever none of them says."""


def unsaid(language: Language, style: Style) -> str:
    """Every sentence that no dialogue of this language and style says, by its key: of these too a change shows."""
    heard = "\n".join(
        "\n".join([reply.text, *(choice.label for choice in reply.choices)])
        for name in SCENES
        for _, replies in played(name, language, style).heard
        for reply in replies
    )
    spoken = f"{NAMES[language]} · {'大字版' if style is Style.BIG else '普通版'}"
    lines = ["# 对话里没有出现的话", "", spoken, ""]
    for key, text in sorted(phrases(language, style).items()):
        said = "[^\n]{0,80}?".join(re.escape(piece) for piece in _FILLED_IN.split(text))
        if not re.search(said, heard):
            lines.append(f"- `{key}`: {text.replace(chr(10), ' ⏎ ')}")
    return "\n".join([*lines, ""])


_FILLED_IN = re.compile(r"\{\w+\}")


def everything() -> Iterator[tuple[str, Language, Style]]:
    """Each dialogue in each language and style."""
    for name in SCENES:
        for language in Language:
            for style in Style:
                yield name, language, style


def main() -> None:
    for name, language, style in everything():
        path = path_of(name, language, style)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(transcript(name, language, style), "utf-8")
    for language in Language:
        for style in Style:
            path_of(ELSE, language, style).write_text(unsaid(language, style), "utf-8")


if __name__ == "__main__":
    main()
