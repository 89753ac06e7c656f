"""Addresses and accounts that a picture breaks over the end of a line, put together again.

Half an address is another's domain: `k` above `efu-zfb.xyz` accuses whoever owns the second line. Two lines are joined only
where together they make a host with a real suffix or an account behind its label, and where the first is neither by itself.
"""

import re
from dataclasses import replace
from typing import Final

from knowledge.matching.addresses import SUFFIX
from knowledge.matching.normalize import Normalized
from knowledge.matching.public_contacts import is_public_address

_BREAK = re.compile(r"(?<=[a-z0-9.\-_]) ?\n ?(?=[a-z0-9.\-_])")
_BEFORE = re.compile(r"(?:https?://)?[a-z0-9._\-]{1,60}\Z")
_AFTER = re.compile(r"[a-z0-9._\-]{1,60}")
_HOST = re.compile(
    rf"(?:https?://)?(?=[a-z0-9\-.]*[a-z])(?:[a-z0-9](?:[a-z0-9\-]{{0,40}}[a-z0-9])?\.){{1,4}}{SUFFIX}"
)
_BEGUN: Final = re.compile(r"(?:https?://|www\.)[a-z0-9.\-]*\Z|[a-z0-9.\-]*[a-z][a-z0-9\-]*-\Z")
_OPENED = re.compile(r"(?:打开|登录|登陆|访问|点击|网址|链接|浏览器)[是为:： ]{0,3}\Z")
_WORD = re.compile(r"app|vip|qq|wx|vx|v|q|w|x|tg|id|tel|url|web|wap|https?|ok|pc|ios|www|com|cn|pos|ai|a|b|c")
"""What stands at the end of a line above an address without being its beginning."""
_SHORT_HEAD: Final = 2
"""Letters that are no word: they are what did not fit on the line."""
_ID_LABEL = re.compile(
    r"(?:微信|wechat|weixin|(?<![a-z0-9.])[vw]x|(?<![a-z0-9.])v)(?:同?号|id|[加搜])?[\s:：=]{0,4}\Z|"
    r"(?:telegram|(?<![a-z0-9.])tg|飞机|电报)号?[\s:：=]{0,4}@?\Z"
)
_ID: Final = re.compile(r"[a-z][a-z0-9_\-]{5,19}")
_ANOTHER_CONTACT = re.compile(r"qq|tel|tg|[vw]x|1[3-9]\d{9}\Z")
_LONGEST_LINE: Final = 100


def lines_joined(folded: Normalized) -> Normalized:
    """The text without the ends of line that part an address or an account; every character keeps its origin."""
    text = folded.text
    gone = {
        at
        for gap in _BREAK.finditer(text)
        if _belong_together(text, gap.start(), gap.end())
        for at in range(gap.start(), gap.end())
    }
    if not gone:
        return folded
    kept = [at for at in range(len(text)) if at not in gone]
    return replace(
        folded,
        text="".join(text[at] for at in kept),
        origins=tuple(folded.origins[at] for at in kept),
        ends=tuple(folded.ends[at] for at in kept),
    )


def _belong_together(text: str, end: int, begin: int) -> bool:
    before, after = _BEFORE.search(text, max(0, end - _LONGEST_LINE), end), _AFTER.match(text, begin)
    if before is None or after is None:
        return False
    head, tail = before.group(), after.group().rstrip(".")
    in_front = text[max(0, before.start() - 8) : before.start()]
    return _one_host(head, tail, in_front) or _one_account(
        head, tail, in_front, text[after.end() : after.end() + 1]
    )


def _one_host(head: str, tail: str, in_front: str) -> bool:
    if not _HOST.fullmatch(head + tail) or head.isdigit() or tail.startswith("www."):
        return False
    if head.endswith(".") and (_HOST.fullmatch(head[:-1]) or _HOST.fullmatch(tail)):  # the end of a sentence
        return head == "www."
    if _HOST.fullmatch(head):  # whole, but for abc.co above m
        return len(tail) == 1
    if not _HOST.fullmatch(tail) or in_front.endswith("@"):  # a mail's
        return True
    if _BEGUN.match(head):
        return not _WORD.fullmatch(head.rstrip("-"))
    if not head.isalnum() or _WORD.fullmatch(head) or not any(c.isalpha() for c in head):
        return False
    return (len(head) <= _SHORT_HEAD and not is_public_address(tail, "")) or _OPENED.search(
        in_front
    ) is not None


def _one_account(head: str, tail: str, in_front: str, behind: str) -> bool:
    whole = head + tail
    if not _ID_LABEL.search(in_front) or not _ID.fullmatch(whole) or sum(c.isdigit() for c in whole) < 2:
        return False
    if head.endswith(("_", "-")):
        return (
            len(tail) >= 2
            and not _ANOTHER_CONTACT.match(tail)
            and not (tail.isdigit() and "一" <= behind <= "鿿")
        )
    return not _ID.fullmatch(head) and not tail.isalpha() and not tail.isdigit() and not _ID.fullmatch(tail)
