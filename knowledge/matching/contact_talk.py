"""How people say where they can be reached. It says nothing of what they want: 妈妈的微信 is no advertisement."""

import re
from typing import Final

_TALK: Final = re.compile(
    r"(?:请|麻烦|可以?|欢迎|或者?|也可)?(?:扫码)?(?:[加+]|添加|联系|打|拨打|致电)?(?:一下|下|个)?(?:我|你|您|本人|老师)?的?(?:新)?"
    r"(?:微信号?|wechat|weixin|qq群?号?|(?:联系)?电话号?码?|手机号?码?|联系(?:方式|人)|热线|群号?(?=[:： ]?\d)|(?<![a-z])v(?=[:： ]?[a-z0-9_]{4}))"
    r"(?:同号|同步)?[:：是为 ]*(?:(?:https?://)?[a-z0-9_@+*-]{4,})?|"
    r"(?<![a-z])(?:加|\+)(?:我|个)?好友|[加+]我(?=[,，。!！ ]|$)|(?<!\d)1[3-9x][0-9x*]{9}(?!\d)|(?<![\dx])0[\dx]{2,3}-?[\dx]{7,8}(?![\dx])"
)


def without_contacts(text: str) -> str:
    """A normalised text, as long as it was, with blanks for contacts and the words that go with them."""
    return _TALK.sub(lambda found: " " * len(found[0]), text)
