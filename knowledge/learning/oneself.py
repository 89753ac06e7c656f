"""Where a text tells of whoever writes it, and of their family."""

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_ME: Final = "(?:我们?|俺们?|咱们?|本人|自己|笔者|鄙人)"
_KIN: Final = (
    "老公|丈夫|老婆|妻子|爱人|媳妇|儿媳妇?|女婿|儿子|女儿|闺女|小孩|孩子|孙子|孙女|外孙女?|爷爷|奶奶|姥姥|姥爷|外公|外婆|公公|婆婆|岳父|岳母|丈母娘|老丈人|妈妈|爸爸|"
    "母亲|父亲|老妈|老爸|爹|娘|妈|爸|哥哥?|姐姐?|弟弟?|妹妹?|嫂子?|叔叔?|大伯|伯父|舅舅?|姑姑?|姨妈?|婶婶?|表[哥姐弟妹]|堂[哥姐弟妹]|侄[子女儿]|外甥女?|"
    "对象|男朋友|女朋友|男友|女友|同学|同事|邻居|朋友|战友|老乡|亲戚|室友|老伴|家里人|家人|姐夫|妹夫|弟媳|亲家|干[儿妈爸]|师父|徒弟|领导"
)
_OF_KIN: Final = re.compile(rf"{_ME}(?:的|家|家里|那|那个|一个|有个)?(?:{_KIN})")
_STATES: Final = re.compile(
    rf"(?:{_ME}(?:今年|现年|住|家(?:在|住|是|里住|就|的?地址)|出生|生于|生日|属(?=[鼠牛虎兔龙蛇马羊猴鸡狗猪])|毕业|就读|读|原来?在|以前在|曾经?在|工作|上班|任职|就职|退休|"
    rf"退役|患有|得了|确诊|的?(?:名字|姓名|单位|学校|村|厂|公司地址|住址|地址|老家|籍贯|户口|身份证号?|工号|学号|生日|年龄|小区|楼|班级?|车牌号?|护照|社保号|病历))|"
    rf"(?:家住|现住|住在|住址|家庭地址|家庭住址|联系地址|通讯地址|收货地址|户籍地?|籍贯|出生于|生于|出生日期|出生年月|生日是|身份证号码?|护照号码?|现年|年龄[是:]|性别[是:]?|民族[是:]?[一-鿿]|"
    rf"属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?=的|$|[,，])|(?:今年|现年|虚岁|周岁|实岁|芳龄|高龄)[0-9一二三四五六七八九十]{{2,3}}(?!块|元|万|千|百|个|月|天|%|点|分|期)|"
    rf"文化程度|婚姻状况|政治面貌|工作单位|就职于|任职于|供职于|毕业于|就读于|退休前|退休于|退休教师|退休工人|退休干部|退休职工))"
)
_OF_AGE: Final = re.compile(
    rf"(?:{_ME}|{_KIN}|老人|本人)(?:今年|现年|都|已经?|快|也|是)*[0-9一二三四五六七八九十]{{1,3}}(?:多|来)?周?岁|"
    rf"(?:下岗|退休|退役|失业|离休|内退)(?:的)?(?:职工|工人|教师|干部|军人|老师|人员|医生|护士|会计|民警|老兵)"
)
_I_AM: Final = re.compile(
    rf"(?:^|[^跟给让叫向对和找加拉帮教骗问要告诉说称]){_ME}(?:是|系|当过|做过|干过|叫做|担任)(?!不|说|想|怕|通过|因|被|从|否)"
)
_A_PART: Final = re.compile(
    rf"{_ME}(?:是|们是)[^，。,]{{0,8}}?(?:客服|专员|助理|导师|银行|贷款|中介|平台|做[^，。,]{{1,24}}的|专业|公司|公安|警官|民警|检察|法院|监管|银监|证监|社保局|快递|工作人员|[你您])"
)
"""Whom a swindler says he is."""
_STATES_WEAKLY: Final = re.compile(
    rf"(?:^|[^跟给让叫向对和找加拉帮教骗问要告诉问联系替由把被为信随])(?:{_ME})(?:是|在|从|有|姓|就?叫|原|曾|已|因|因为|刚|患|做过|属|手机|电话|微信|q|v|的)|"
    rf"^(?:{_ME})|本人|俺|联系我|打我|找我|请?回?复?我|我的?(?:电话|手机|微信|号码|银行卡|卡号)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:的|$)|此致|敬礼|敬上|[上下]岗职工|低保户|残疾人"
)


def of_oneself_in(text: str, *, may_quote: bool) -> Iterator[Span]:
    """Where a clause states what whoever writes it is, or where they live: from there on to its end. With `may_quote`
    it can be a swindler's 我是客服, which stays."""
    for match in (*_STATES.finditer(text), *_OF_AGE.finditer(text)):
        yield match.start(), len(text)
    for match in _I_AM.finditer(text):
        if not may_quote or not _A_PART.search(text):
            yield match.start(), len(text)


def kin_in(text: str) -> Iterator[Span]:
    """Where somebody of the writer's own is named by what they are to them."""
    for match in _OF_KIN.finditer(text):
        yield match.span()


def is_of_oneself(text: str) -> bool:
    """Whether a clause speaks of whoever writes it at all."""
    return _STATES_WEAKLY.search(text) is not None
