"""What the citizens of a measurement send: whole dialogues, as signed and sealed HTTP requests made beforehand.

Every word is made up. Two messages of one citizen stand at least `ABREAST` places apart, so that no connection can
overtake another one within a dialogue.
"""

import base64
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from urllib.parse import urlencode

from wechatpy.crypto import PrpCrypto
from wechatpy.utils import WeChatSigner

APP_ID = "wx0123456789abcdef"
WECHAT_TOKEN = "bench-token"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
BOT_TOKEN = "123456789:AAbench-token_for-loopback-only000"
BOT_SECRET = "bench-secret"
SITE = "chat.example"

ABREAST = 48
"""How many citizens talk at the same time."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a citizen does: `words` typed, or where the channel has buttons, the `button` pressed."""

    kind: str
    words: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, ready to send but for what only the last answer tells: `after` is where the number of the last
    line seen is written in, right aligned in `AFTER_DIGITS` places; `pressed` where the data of the button for the option
    `button` is, in `DATA_PLACES` places; -1 where there is none.
    """

    raw: bytes
    kind: str
    user: int
    after: int = -1
    pressed: int = -1
    button: str = ""


AFTER_DIGITS = 12
DATA_PLACES = 66
"""Telegram's 64 bytes between quotes."""

_COME = Act("greeting")
_REPORT = (
    _COME,
    Act("menu", "1", "report"),
    Act("step", "1", "no_photo"),
    Act("step", "2", "topic.credit_repair"),
    Act("words", "小区门口有人摆摊，说花钱就能把征信洗干净，电话1990000{n:04d}"),
    Act("words", "张口要三千，说先交一半，昨天上午的事"),
    Act("step", "好了", "done"),
    Act("words", "光明小区{n}号楼东门"),
    Act("step", "2", "medium.flyer"),
    Act("step", "没有", "paid.no"),
    Act("submit", "提交", "submit"),
    Act("words", "谢谢"),
)
_QUIZ = (
    _COME,
    Act("menu", "4", "quiz"),
    Act("step", "1", "quiz.daily"),
    Act("step", "2"),
    Act("step", "1", "quiz.round"),
    Act("step", "3"),
    Act("step", "1", "next"),
    Act("step", "1"),
    Act("step", "0", "back"),
)
_LOOK_AROUND = (
    _COME,
    Act("menu", "5", "warnings"),
    Act("step", "1"),
    Act("step", "0", "back"),
    Act("step", "3"),
    Act("menu", "菜单", "menu"),
    Act("menu", "3", "tips"),
    Act("step", "0", "back"),
)
_ASK = (
    _COME,
    Act("menu", "2", "ask"),
    Act("ask", "征信修复，包过，先交三千，不成功全额退款，微信 zx_bench_{n}"),
    Act("ask", "有人打电话说我有一笔贷款逾期，要我把钱转到安全账户，这是真的吗"),
    Act("ask", "内部渠道理财，保本保息，年化百分之二十，老师带单，今天名额只剩{n}个"),
    Act("ask", "社区食堂明天中午有红烧肉，六十岁以上老人打八折"),
)

EVERYDAY = ((_REPORT, 3), (_QUIZ, 1), (_LOOK_AROUND, 1))
"""Of five citizens three report by words, one does the quiz, one looks around."""
ASKING = ((_ASK, 1),)
"""All ask whether something is a scam: most of their messages go through the matcher."""

Mix = Sequence[tuple[Sequence[Act], int]]


def acts(mix: Mix, seed: int) -> Iterator[tuple[int, Act]]:
    """Citizens without end, `ABREAST` at a time, each with the acts of one dialogue in order."""
    chance = random.Random(seed)
    dialogues, weights = [dialogue for dialogue, _ in mix], [weight for _, weight in mix]
    users = iter(range(seed * 1_000_000, (seed + 1) * 1_000_000))

    def one_place(first: int) -> Iterator[tuple[int, Act]]:
        shortened = (
            first  # the first citizen of each place leaves early, so that every kind is soon always there
        )
        while True:
            user = next(users)
            for act in chance.choices(dialogues, weights)[0][:shortened]:
                yield user, Act(act.kind, act.words.format(n=user % 10_000), act.button)
            shortened = 99

    places = [one_place(1 + number % 12) for number in range(ABREAST)]
    while True:
        for place in places:
            yield next(place)


def prepare(channel: str, mix: Mix, seed: int, count: int) -> list[Request]:
    """The first `count` requests of these citizens on this channel."""
    write = _WRITERS[channel](seed)
    made: list[Request] = []
    for user, act in acts(mix, seed):
        made.append(write(user, act))
        if len(made) == count:
            return made
    raise AssertionError("the citizens ran out")


Writer = Callable[[int, Act], Request]


def writer(channel: str, seed: int) -> Writer:
    """What makes requests of single acts; a photo's words are its MediaId."""
    return _WRITERS[channel](seed)


def _wechat(seed: int) -> Writer:
    cipher = PrpCrypto(base64.b64decode(f"{AES_KEY}="))
    numbers = iter(range(24_000_000_000_000_000 + seed * 10_000_000, 30_000_000_000_000_000))
    now = int(time.time())

    def write(user: int, act: Act) -> Request:
        inside = (
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[]]></EventKey>"
            if act.kind == "greeting"
            else f"<MsgType><![CDATA[image]]></MsgType><MediaId><![CDATA[{act.words}]]></MediaId>"
            f"<MsgId>{next(numbers)}</MsgId>"
            if act.kind == "photo"
            else f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{act.words}]]></Content>"
            f"<MsgId>{next(numbers)}</MsgId>"
        )
        openid = f"oBench-{user:020d}"
        message = (
            f"<xml><ToUserName><![CDATA[gh_bench000000]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
            f"<CreateTime>{now}</CreateTime>{inside}</xml>"
        )
        encrypt = cipher.encrypt(message, APP_ID).decode()
        nonce = str(random.randrange(10**9, 10**10))
        query = {
            "signature": _sign(WECHAT_TOKEN, str(now), nonce),
            "timestamp": str(now),
            "nonce": nonce,
            "openid": openid,
            "encrypt_type": "aes",
            "msg_signature": _sign(WECHAT_TOKEN, str(now), nonce, encrypt),
        }
        body = (
            "<xml><ToUserName><![CDATA[gh_bench000000]]></ToUserName>"
            f"<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
        ).encode()
        return Request(_post(f"/wechat?{urlencode(query)}", body, "Content-Type: text/xml"), act.kind, user)

    return write


def _sign(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def _telegram(seed: int, *, presses: bool = False) -> Writer:
    """Whoever `presses` the buttons costs one call more: the platform wants each press answered on its own."""
    numbers = iter(range(100_000_000 + seed * 1_000_000, 2_000_000_000))
    now = int(time.time())

    def write(user: int, act: Act) -> Request:
        number = next(numbers)
        person = {"id": chat_of(user), "is_bot": False, "first_name": "某", "language_code": "zh-hans"}
        chat = {"id": person["id"], "type": "private", "first_name": "某"}
        message = {"message_id": number % 100_000, "date": now, "chat": chat}
        update = {"update_id": number}
        if presses and act.button:
            asked = {"text": "请选一项", "from": {"id": 123456789, "is_bot": True, "first_name": "前哨"}}
            pressed = {"id": str(number * 7919), "from": person, "chat_instance": "1", "data": _HOLE}
            body = {**update, "callback_query": {**pressed, "message": {**message, **asked}}}
        else:
            words = "/start" if act.kind == "greeting" else act.words
            body = {**update, "message": {**message, "from": person, "text": words}}
        raw = _post("/telegram", _json(body), "Content-Type: application/json",
                    f"X-Telegram-Bot-Api-Secret-Token: {BOT_SECRET}")  # fmt: skip
        hole = raw.find(_HOLE.encode()) - 1
        if hole < 0:
            return Request(raw, act.kind, user)
        return Request(raw, act.kind, user, pressed=hole, button=act.button)

    return write


_HOLE = "0" * (DATA_PLACES - 2)


def chat_of(user: int) -> int:
    """A citizen's chat on Telegram."""
    return 7_000_000_000 + user


def _webchat(seed: int) -> Writer:
    numbers = iter(range(seed * 10_000_000, (seed + 1) * 10_000_000))

    def write(user: int, act: Act) -> Request:
        message: dict[str, object] = {"id": f"m{next(numbers):015d}"}
        if act.kind == "greeting":
            message["start"] = True
        elif act.button:
            message |= {"choice": act.button, "label": act.words}
        else:
            message["text"] = act.words
        body = _json(message)[:-1] + b',"after":' + b"0".rjust(AFTER_DIGITS) + b"}"
        token = base64.urlsafe_b64encode(sha256(f"visitor {user}".encode()).digest()).decode().rstrip("=")
        # As behind a proxy: each visitor comes from an address of their own, and the pace is kept for each.
        raw = _post("/chat/api/messages", body, "Content-Type: application/json", f"Cookie: qianshao_visitor={token}",
                    "X-Qianshao: 1", f"Origin: http://{SITE}",
                    f"X-Forwarded-For: 10.{user >> 16 & 255}.{user >> 8 & 255}.{user & 255}")  # fmt: skip
        return Request(raw, act.kind, user, after=len(raw) - 1 - AFTER_DIGITS)

    return write


_WRITERS: dict[str, Callable[[int], Writer]] = {
    "wechat": _wechat,
    "telegram": _telegram,
    "telegram, buttons": partial(_telegram, presses=True),
    "webchat": _webchat,
}
CHANNELS = tuple(_WRITERS)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _post(target: str, body: bytes, *headers: str) -> bytes:
    lines = (f"POST {target} HTTP/1.1", f"Host: {SITE}", *headers, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body
