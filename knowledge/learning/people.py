"""Where a text names a person: in running words, beside a title or a label, as a signature.

No list of names is complete, so a doubtful one counts: what it costs is a clause.
"""

import re
from collections.abc import Iterator
from typing import Final

from knowledge.learning.surnames import ALL, COMPOUND, GIVEN, PLAIN
from knowledge.learning.wording import Token, is_general, vocabulary

Span = tuple[int, int]

_CN: Final = "一-鿿㐀-䶿"
_S: Final = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(ALL))}])"
_TITLE: Final = (
    "先生|女士|小姐|太太|同志|老师|经理|总监|主任|书记|村长|镇长|局长|处长|科长|队长|所长|院长|校长|老板|师傅|医生|大夫|护士|律师|警官|教授|"
    "会计|主管|顾问|助理|专员|大爷|大妈|大姐|大哥|大叔|大娘|大婶|阿姨|叔叔|奶奶|爷爷|婆婆|导师|讲师|博士|行长|站长|店长|老太|某某|某|总|董|工|哥|姐|叔|姨|婶|嫂|伯|爷|"
    "妈|爸|婆|奶"
)
_TITLED: Final = re.compile(rf"(?<!某)({_S}[{_CN}]{{0,2}}?)({_TITLE})(?![{_CN}]?[费作具会笔业程地厂人])")
_FAMILIAR: Final = re.compile(
    rf"(?:老|小|阿|大)([{''.join(sorted(ALL))}])(?=[说讲让叫给在是和跟也就还拉带劝问推把被打发来去家的,，。！!\s]|$)"
)
_LABEL: Final = re.compile(
    r"(?:举报[人者]|投诉人|反映人|报案人|受害人|被害人|当事人|联系人|收件人|收货人|收款人|户名|户主|开户名|开户人|持卡人|机主|"
    r"姓名|名字|署名|落款|签名|签字|真名|实名|本名|法人|法定代表人|负责人|经办人|证人|昵称|网名|微信名|备注名|患者|家长|家属|监护人|亲属|配偶)"
    r"(?:名叫|名字|姓名|叫做|[叫是为写:])+\s*"
    rf"(?=[{_CN}a-z])|(?:举报[人者]|投诉人|反映人|报案人|署名|落款|签名|姓名)(?=[\s,]*{_S}|\s+[{_CN}]{{2,4}}(?:\s|$))"
)
_CALLED: Final = re.compile(
    rf"(?:名叫|大名|小名|乳名|学名|曾用名|化名|名字叫|名字是|人称|外号|绰号|尊姓大名|敝姓|免贵姓|[我他她]姓|姓(?={_S}))\s*|(?<![一-鿿])姓|我叫|本人叫|俺叫|名为(?={_S})"
)
_CALLED_SOMEBODY: Final = re.compile(rf"叫(?:做)?({_S}[{_CN}]{{1,2}})")
_REPORTS: Final = re.compile(
    rf"([{_CN}]{{2,6}}?)(?:现|特|今)?[向对](?:[您你]们?|贵[{_CN}]{{1,3}}|上级|政府|公安|警方|派出所|有关|平台|你处)[{_CN}]{{0,4}}?(?:举报|反映|投诉|检举|报案|汇报|求助|实名)"
)
_POINTED: Final = re.compile(rf"[{_CN}]{{2,7}}[·•・‧∙⋅]\s?[{_CN}]{{2,4}}")
_ROLE: Final = (
    "受害人|借款人|举报人|当事人|介绍人|中间人|负责人|群主|老师|邻居|隔壁|楼上|楼下|对门|同事|同学|朋友|老乡|亲戚|战友|老板|中介|业务员|客户|会员|领导|家里人|老伴|老公|老婆|"
    "儿子|女儿|闺女|孙子|孙女|妈|爸|爷爷|奶奶|姥姥|姥爷|外公|外婆|婆婆|公公|哥|姐|弟|妹|嫂|叔|姨|舅|姑|村里|厂里|单位|前天|昨天|今天|上周|去年"
)
_SLOT: Final = re.compile(
    rf"(?:(?<=^)|(?<=[跟找和与被把给向据由替让叫是骗了过打汇转对同请问听诉系识信到有见天及带陪帮托约,，。\s>@:：])|(?:{_ROLE}))"
    rf"(?=({_S})([{_CN}]{{1,2}}?)(?=[说讲让叫劝拉骗投买交给发带转借来去在和跟也就把被向教学炒做办打汇收开用以的报逾将没还有是都又从对借店家签,，。\d\s]|介绍|告诉|反映|举报|推荐|一起|两|三|五|可以|先生|$))"
)
_ADDRESSED: Final = re.compile(
    rf"(?:亲爱的|尊敬的|恭喜|[@致])({_S}[{_CN}]{{1,2}}?)(?=用户|客户|会员|业主|家长|同学|老人|村民|居民|顾客|贵宾)"
)
_ALSO_COMPOUNDS: Final = ("东方", "百里", "第五", "南门", "西门", "东郭", "单于", "长孙")
_COMPOUND_NAME: Final = re.compile(
    rf"(?:{'|'.join(c for c in COMPOUND if c not in _ALSO_COMPOUNDS)})(?!见惯)[{_CN}]{{0,2}}"
)
_HOUSE: Final = re.compile(
    "银行|基金|证券|保险|人寿|期货|信托|集团|有限|公司|财富|资本|科技|小贷|担保|百货|超市|地产|汽车|商城|商场|广场|大药房|影城|酒店|餐厅|专柜|旗舰店"
)
_LINE: Final = re.compile(rf"[^{_CN}]*([{_CN}]{{2,4}})[^{_CN}]*")
_NOT_GIVEN: Final = frozenset(
    "的了着过是在有和与或及也都就还又再不没能会可要将把被让给向对从到于以为之其这那哪什么怎吗呢吧啊呀们个位名元块万千百十一二两三四五六七八九零"
    "说讲叫问告诉拉带劝打发来去做办买卖交付收放贷款钱费金息卡账户号群加微信联系找我你您他她它咱俺上下里内外前后今明昨天年月日时"
)
"""What follows a family name in running words, and belongs to no given name often enough to believe so."""


def people_in(text: str, words: list[Token]) -> Iterator[Span]:
    """Where a normalised text names somebody; `words` are its tokens. A label's span runs to the end of the text."""
    for match in _LABEL.finditer(text):
        yield match.end(), len(text)
    for match in _CALLED.finditer(text):
        yield match.start(), len(text)
    for match in _CALLED_SOMEBODY.finditer(text):
        if not _is_known(match[1]):
            yield match.start(1), match.end(1)
    for match in _REPORTS.finditer(text):
        if not _is_known(match[1]):
            yield match.start(), match.end(1)
    for match in _POINTED.finditer(text):
        yield match.span()
    for match in _TITLED.finditer(text):
        if (len(match[1]) == 1 or not _is_word(match[1])) and (len(match[2]) > 1 or not _is_word(match[0])):
            yield match.span()
    for match in _FAMILIAR.finditer(text):
        if match[0] not in ("老成", "老实", "小时", "小车", "大都", "大和", "小金") and not is_general(
            match[0]
        ):
            yield match.span()
    for match in _ADDRESSED.finditer(text):
        if not _is_known(match[1]):
            yield match.span(1)
    for match in _COMPOUND_NAME.finditer(text):
        yield match.span()
    for match in _SLOT.finditer(text):
        name = match[1] + match[2]
        sure = match[1] in PLAIN or not _is_word(name[:2]) or (len(match[2]) == 2 and {*match[2]} <= GIVEN)
        if sure and not _is_known(name):
            yield match.start(1), match.end(2)
    alone = _LINE.fullmatch(text)
    if alone and _begins_with_a_surname(alone[1]) and not _is_known(alone[1]):
        yield alone.span(1)
    yield from _in_running_words(text, words)


def _in_running_words(text: str, words: list[Token]) -> Iterator[Span]:
    for place, token in enumerate(words):
        before = words[place - 1].word if place else ""
        if before and (
            _is_word(before + token.word[0]) or (token.word[0] == "万" and before[-1] in "0123456789nx")
        ):
            continue  # 解冻费 and 要, not 费要; a sum
        if token.kind.startswith("nr") and len(token.word) > 1:
            if not _is_known(token.word) and _may_be_name(token.word, text[token.end :]):
                yield token.start, _cut_short(words, place)
        elif (len(token.word) == 1 and token.word in ALL) or token.word in COMPOUND:
            end = _given_after(token, words[place + 1 : place + 3])
            if end and not _is_known(text[token.start : end]):
                yield token.start, end
        elif (end := _runs_over(token, words[place + 1 : place + 2])) and not _is_known(
            text[token.start : end]
        ):
            yield token.start, end
        elif 2 <= len(token.word) <= 4 and _is_strange(token.word) and _begins_with_a_surname(token.word):
            yield token.start, _cut_short(words, place)


def _may_be_name(word: str, after: str) -> bool:
    """Whether what the segmenter takes for a name is one, and not a house's, a brand's or a misread run."""
    if word[0] in PLAIN or word.startswith(COMPOUND):
        return True
    if _HOUSE.search(word) or _HOUSE.match(after) or word in _TITLE:
        return False
    given = word[1:] if word[0] in ALL else word
    return (
        len(given) > 2 or any(c in GIVEN for c in given)
        if word[0] in ALL
        else len(word) > 2 or all(c in GIVEN for c in word)
    )


def _runs_over(token: Token, following: list[Token]) -> int | None:
    """Where a name ends whose beginning is a word (程志 in 程志远说): its last character begins what is none."""
    if len(token.word) != 2 or token.word[0] not in ALL or token.word[1] not in GIVEN or not following:
        return None
    last = following[0]
    return (
        last.start + 1 if last.word[0] in GIVEN and not (len(last.word) > 1 and _is_word(last.word)) else None
    )


def _cut_short(words: list[Token], place: int) -> int:
    """Where a name ends: of one with a single given character the next belongs to it where it can."""
    token, following = words[place], words[place + 1 : place + 2]
    if (
        len(token.word) == 2
        and following
        and len(following[0].word) == 1
        and following[0].word not in _NOT_GIVEN
    ):
        return following[0].end if re.match(rf"[{_CN}]", following[0].word) else token.end
    return token.end


def _given_after(surname: Token, following: list[Token]) -> int | None:
    """Where the given name after a surname that stands alone ends; None where there seems to be none."""
    if not following or not re.match(rf"[{_CN}]", following[0].word):
        return None
    first = following[0]
    second = following[1].word if len(following) > 1 else ""
    all_given = all(c in GIVEN for c in first.word[:2])
    if surname.word in PLAIN:
        if len(first.word) == 1:
            return (
                following[1].end
                if len(second) == 1 and second not in _NOT_GIVEN and re.match(rf"[{_CN}]", second)
                else first.end
            )
        return first.end if len(first.word) == 2 else first.start + 2
    strange = (len(first.word) == 2 and _is_strange(first.word)) or (
        len(first.word) == len(second) == 1 and not {first.word, second} & _NOT_GIVEN and second.isalpha()
    )
    if strange and not is_general(surname.word + first.word[0]):
        return first.start + 2  # characters that make no word, behind what can be a family name
    if not all_given or len(first.word) > 2 or is_general(surname.word + first.word[0]):
        return None
    return following[1].end if len(first.word) == 1 and second in GIVEN else first.end


def _begins_with_a_surname(word: str) -> bool:
    return word.startswith(COMPOUND) or word[0] in ALL


def _is_strange(word: str) -> bool:
    """In no dictionary, and not the pack's."""
    return not is_general(word) and not _is_known(word)


def _is_known(word: str) -> bool:
    return (
        "某" in word
        or word in vocabulary().words
        or (len(word) > 2 and word in vocabulary().text)
        or is_general(word)
    )


def _is_word(word: str) -> bool:
    return is_general(word) or word in vocabulary().words
