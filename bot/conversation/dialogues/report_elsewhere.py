"""What is said at one question of a report and answers another: early, late, or as a correction. It is kept where it
belongs, and the open question is asked again."""

import re
from dataclasses import replace
from typing import Final

from bot.conversation import alarms, told, understanding, vocabulary
from bot.conversation.dialogues import report_told as told_in
from bot.conversation.dialogues import report_way as way
from bot.conversation.dialogues.report_questions import short
from bot.conversation.own_notes import read_back
from bot.conversation.state import Draft, State
from bot.conversation.turn import Step, Turn

_NO_DOUBT: Final = frozenset({"wall", "elevator", "flyer", "billboard", "lecture"})
"""Mediums that a word in a story means: “还有电话” may speak of the number on the leaflet."""
_TAKEN_AT: Final = frozenset({"photo", "place", "medium", "paid"})
"""Questions at which other answers are told apart; where words are wanted, everything is words."""
_MERE: Final = 2
"""Characters around a time that tell no more than the time."""
_SEEN: Final = re.compile("看到|看见|见到|收到|发来?|贴|碰到|遇到|的|是|在|就|了|我|有|i|saw|seen|got|it")
_SHORT: Final = 20
"""Characters up to which a message is one answer and no story."""
_CONTACT: Final = re.compile(
    r"1[3-9]\d{9}|\b\d{3,4}-?\d{7,8}\b|\b400\d{7}\b|(?:微信|vx|v信|加v|qq|电话)号?码?(?:是|:)?\s*[a-z0-9_-]{5,}|https?://|www\.\w"
)
_STORY: Final = re.compile(
    "让我|叫我|拉我|拉人|骗|收费|收钱|要钱|投钱|投资|利息|贷款|征信|返利|返钱|保本|洗白|(?:他|她|对方|人家|们)说|说(?:是|能|可以|要)"
    r"|\b(?:says?|said|told|promised?|asked|wants?|interest|loans?|invest|profit)\b"
)
_ABOUT_THE_PHOTO: Final = re.compile(
    "^(?:好的?|嗯|哦|行|那|等|等等|等我|稍等|马上|我|先|这就|现在|待会儿?|一会儿?|回头|下午|明天|晚上|再|让|叫|孩子|儿子|女儿|来|去|给您|给你|正在|要|想|帮我)*"
    "(?:拍|照|发(?!传单|现|财|的)|找|翻|截)(?:一?张|几张|个|一下|下)?(?:照片|相片|照|图片?|截图|相册|手机)?(?:给您|给你|过来|过去|来|吧|啊|了|看|着|哈|呢|就|发|试试)*$"
    r"|^(?:ok |okay |wait |i(?:'ll| will| am| go|'m)? ?(?:just |going to |gonna )?)?(?:tak(?:e|ing)|send(?:ing)?|look(?:ing)? for|find)"
    r"(?: you)?(?: a| the| my| some)? (?:photos?|pictures?|pics?|one|screenshots?)(?: now| first| later| tomorrow)?$"
)
"""“我去拍”, “等我拍一张”: they are at it."""
_HAPPENS: Final = re.compile("[了贴发说讲卖办拉骗]|有人|有个|看到|看见")
"""“楼下贴了好多” tells more than where."""
_PLACE_IS: Final = re.compile(
    "^(?:不对|不是|错了|改一下)?[,，。]?(?:地方|地点|地址|位置|看到的地方)(?:不对|错了|写错了|记错了)?[,，]?(?:应该是|改成|改为|换成|写成|就是|是在|是|在|:|：)+(?P<value>.{2,})$"
    r"|^(?:the )?(?:place|address|location) (?:is|was|should be)(?: in| at| on)? (?P<english>.{2,})$"
)
_NOT_BUT: Final = re.compile(
    "(?:不是|不在|不对)(?P<wrong>.{1,12}?)[,，。 ]*(?:而是|应该是|应该在|是在|改成|是|在)(?P<right>.{1,20})$"
)


def answered(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """The report with what the words answer noted, where that is not what was asked; None where they may be its answer."""
    if state.step not in _TAKEN_AT or told.sounds_like_question(text):
        return None
    heard = understanding.plain(text)
    if state.step == "photo" and not draft.evidence_ids and _ABOUT_THE_PHOTO.search(understanding.fold(text)):
        return way.again(turn, state, turn.say("said.wait"))
    is_place = told.sounds_like_place(text)
    if state.step != "paid" and (option := paid_plainly(heard)):
        return _paid(turn, state, draft, option)
    if _is_amount(text):
        if state.step != "paid":
            return _noted(turn, told_in.with_words(state, draft, text))
        band = told.amount_band_in(f"{heard}元" if heard.isdigit() else text)
        state = told_in.with_words(state, replace(draft, paid="yes", amount_band=band), text)
        return _paid(turn, state, state.draft or draft, None)
    if not is_place and alarms.says_not_paid(text) and not alarms.says_paid(text):
        kept = told_in.with_words(state, draft, text)
        return _noted(turn, kept.but(report=way.with_steps(kept.report, "paid")))
    when = told.time_in(text)
    around = _SEEN.sub("", heard.replace(understanding.plain(when), "", 1)) if when else heard
    if when and not is_place and len(around) <= _MERE:
        return _noted(turn, state.but(draft=replace(draft, seen_when=draft.seen_when or when)))
    if _is_contact(text):
        return _noted(turn, told_in.with_words(state, draft, text))
    match state.step:
        case "medium" if (
            not is_place and not told_in.mediums_told(turn, text) and _STORY.search(understanding.fold(text))
        ):
            return _noted(turn, told_in.with_words(state, draft, text))
        case "paid":
            return _late(turn, state, draft, text)
        case "photo" if not draft.evidence_ids:
            return _instead_of_a_photo(turn, state, draft, text)
    return None


def with_answers(turn: Turn, state: State, text: str) -> State:
    """The state with the kind of place or the place that a piece of the story names by itself (“墙上贴的”, “人民路菜场门口”), where
    none is known yet: it is not asked for again. The words stay words too."""
    draft = state.draft or Draft()
    heard = understanding.plain(text)
    codes = told_in.mediums_told(turn, text)
    medium = turn.book.medium(codes[0]) if codes else None
    if medium and medium.code in _NO_DOUBT and not draft.medium and told_in.names_only(heard, medium):
        draft = replace(draft, medium=medium.code)
        return state.but(draft=draft, report=way.with_steps(state.report, "medium"))
    place = text.strip() if _is_mere_place(text) else told.place_in(text)
    if place and not draft.place_text and draft.latitude is None:
        draft = replace(draft, place_text=place[:200])
        return state.but(draft=draft, report=way.with_steps(state.report, "place"))
    return state


def _is_mere_place(text: str) -> bool:
    """Whether it names a place and tells nothing besides."""
    heard = understanding.plain(text)
    return (
        understanding.size(heard) <= _SHORT // 2
        and told.sounds_like_place(text)
        and not told.has_contact(text)
        and not told.sounds_like_question(text)
        and _HAPPENS.search(heard) is None
        and _STORY.search(understanding.fold(text)) is None
    )


def paid_plainly(heard: str) -> str:
    """The option of the question about money that the plain text says by itself (“没交”); a mere yes or no says nothing."""
    for option in ("paid.no", "paid.yes"):
        plainly = tuple(
            word
            for word in vocabulary.EXACT[option]
            if len(word) > 1 and word not in (*vocabulary.NO, *vocabulary.YES, *vocabulary.SKIP)
        )
        if understanding.is_saying(heard, plainly):
            return option
    return ""


def is_no_option(turn: Turn, state: State, text: str) -> Step | None:
    """What holds the words of an option and means none: the ad's number where the kind of place is asked for (“电话13800138000”);
    at the read-back a field and what it should be, in one sentence (“地方是解放路”, “不是传单，是墙上”)."""
    if state.step == "medium" and state.draft and _is_contact(text):
        return _noted(turn, told_in.with_words(state, state.draft, text))
    if state.step not in ("confirm", "edit") or state.draft is None:
        return None
    draft, said = state.draft, text.strip()
    if found := _PLACE_IS.search(understanding.fold(said)):
        value = found["value"] or found["english"]
        return _corrected(turn, state, replace(draft, place_text=said[-len(value) :].strip()[:200]), "place")
    if found := _NOT_BUT.search(said):
        codes = told_in.mediums_told(turn, found["right"])
        if codes and not told.sounds_like_place(found["right"]):
            return _corrected(turn, state, replace(draft, medium=codes[0]), "medium")
        if told.sounds_like_place(found["right"]) and draft.place_text:
            return _corrected(turn, state, replace(draft, place_text=found["right"].strip()), "place")
    return None


def _is_contact(text: str) -> bool:
    """Whether it gives a number, an account or an address on the net, and no place beside it."""
    heard = understanding.fold(text)
    return _CONTACT.search(heard) is not None and not told.sounds_like_place(_CONTACT.sub("", heard))


def _corrected(turn: Turn, state: State, draft: Draft, step: str) -> Step:
    state = state.standing_at(way.NAME, "confirm").but(draft=draft, report=way.with_steps(state.report, step))
    return way.again(turn, state, turn.say("report.corrected"))


def _late(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """At the question about money: the kind of place, the place, or a piece of the story."""
    heard = understanding.plain(text)
    codes = told_in.mediums_told(turn, text)
    medium = turn.book.medium(codes[0]) if codes else None
    if medium and len(heard) <= _SHORT // 2 and not told.sounds_like_place(text):
        note = turn.say("report.medium_is", medium=medium.label)
        return way.again(turn, state.but(draft=replace(draft, medium=medium.code)), note)
    if told.sounds_like_place(text) and understanding.size(heard) <= _SHORT:
        return _placed(turn, state, draft, text)
    if told.sounds_like_story(text) and understanding.size(heard) > _SHORT // 4:
        return _noted(turn, told_in.with_words(state, draft, text))
    return None


def _instead_of_a_photo(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """Whoever tells instead of sending a photo goes on by telling; a photo is welcome whenever it comes."""
    if not told_in.has_body(text) or told_in.is_small_talk(text):
        return None
    draft = replace(draft, kind="words")
    if not draft.words and _is_mere_place(text):
        draft = replace(draft, place_text=text.strip()[:200])
        state = state.but(draft=draft, report=way.with_steps(state.report, *way.known(draft)))
        return way.go_on(turn, state, turn.say("report.told_place"))
    return by_telling(turn, told_in.with_words(state, told_in.topic_hint(draft, text), text))


def by_telling(turn: Turn, state: State) -> Step:
    """On from the question for a photo with what was told instead."""
    draft = replace(state.draft or Draft(), kind="words")
    state = with_answers(turn, state.but(draft=draft), draft.words.split("\n")[-1])
    state = state.but(report=way.with_steps(state.report, *way.known(state.draft or draft)))
    step = way.go_on(turn, state)
    return replace(step, replies=(replace(step.replies[0], text=turn.say("report.told_instead")),))


def _placed(turn: Turn, state: State, draft: Draft, text: str) -> Step:
    said, before = text.strip(), draft.place_text
    place = said
    if before and before != turn.noted("report.place_online") and before not in said:
        place = before if said in before else f"{before}，{said}"
    draft = replace(draft, place_text=place[:200])
    note = turn.say("report.place_joined", place=short(read_back(draft.place_text, turn.language), 40))
    return way.again(turn, state.but(draft=draft, report=way.with_steps(state.report, "place")), note)


def _noted(turn: Turn, state: State) -> Step:
    return way.again(turn, state, turn.say("report.noted"))


def _paid(turn: Turn, state: State, draft: Draft, option: str | None) -> Step:
    """Whether money was paid, said at another question, or as a sum at this one; what to do at once comes first."""
    if option == "paid.no":
        state = state.but(
            draft=replace(draft, paid="no", amount_band=None), report=way.with_steps(state.report, "paid")
        )
        return way.again(turn, state, turn.say("report.paid_not"))
    if option is not None:
        state = state.but(draft=replace(draft, paid="yes"))
    state = state.but(report=way.with_steps(state.report, "paid"), stop_loss_at=turn.at)
    step = way.go_on(turn, state) if state.step == "paid" else way.again(turn, state)
    stop = turn.tell(turn.say("urgent.stop_loss"), urgent=True)
    return replace(step, replies=(stop, *step.replies))


_SUM_AND_LITTLE: Final = re.compile(
    r"(?:大概|差不多|一共|总共|总数|就|才|有|是|大约|约|好像|可能|交|给|付|转|了)*"
    r"(?:\d{3,8}(?:\.\d+)?(?:元|块|块钱|万|千)?|(?:\d+(?:\.\d+)?|[一二两三四五六七八九十几百千万]+)(?:多|来)?(?:元|块|万|千|百|k|w)+(?:[一二三四五六七八九]|多)?)"
    r"(?:块|元|人民币|钱|左右|上下|多|的样子|吧|了)*|(?:about|rmb|cny|¥|\$)*\d{3,8}(?:yuan|rmb|dollars|k)?"
)


def _is_amount(text: str) -> bool:
    """Whether it is a sum of money and nothing else."""
    return _SUM_AND_LITTLE.fullmatch(understanding.plain(text)) is not None
