"""What the chat page says by itself: its buttons and labels, how far a message got, and what the door refuses.

The conversation's own wording lives in `bot/conversation/wording/`. Traditional Chinese is made of the simplified.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.conversation.languages import Language, guessed_from_tag
from bot.own_words import OwnWords

PAGE: Final[Mapping[str, OwnWords]] = MappingProxyType(
    {
        "name": OwnWords("前哨 · 金融防骗举报", "Qianshao · Report financial scams"),
        "short_name": OwnWords("前哨", "Qianshao"),
        "subtitle": OwnWords("金融防骗举报", "Report scams"),
        "description": OwnWords(
            "看到可疑的金融广告？拍张照发给我们，马上告诉您像不像骗局。",
            "Seen a suspicious financial ad? Send us a photo, and we tell you whether it looks like a scam.",
        ),
        "demo": OwnWords("演示环境", "demonstration"),
        "skip": OwnWords("跳到输入框", "Skip to the text box"),
        "big": OwnWords("大字版", "Large"),
        "ordinary": OwnWords("普通版", "Ordinary"),
        "close": OwnWords("关闭", "Close"),
        "room": OwnWords("对话和回答", "Conversation and answers"),
        "log": OwnWords("对话", "Conversation"),
        "choices": OwnWords("可以这样回答", "Ways to answer"),
        "form": OwnWords("发消息", "Send a message"),
        "camera": OwnWords("拍照", "Camera"),
        "album": OwnWords("相册", "Photos"),
        "words": OwnWords("输入文字", "Your words"),
        "placeholder": OwnWords("打字也可以", "Type here"),
        "send": OwnWords("发送", "Send"),
        "no_script": OwnWords(
            "这个页面需要打开浏览器的 JavaScript。您也可以直接拨打 110，或 96110 反诈专线。",
            "This page needs your browser's JavaScript. You can also call 110, or the anti-fraud line 96110.",
        ),
        "not_started": OwnWords(
            "对话没有打开。请刷新一下；还不行，就换一个新一点的浏览器。有急事请直接拨打 110，反诈专线 96110。",
            "The chat did not open. Please reload, or try a newer browser. Urgent? Call 110, or 96110 (anti-fraud).",
        ),
        "offline": OwnWords(
            "现在没有网络。您写的话和照片都留着，连上后自动发出。有急事请直接拨打 110，反诈专线 96110。",
            "No network. What you wrote is kept and sent later. Urgent? Call 110, or 96110 (anti-fraud).",
        ),
        "most_photos": OwnWords(
            "一次最多 {most} 张，先发前 {most} 张。",
            "{most} photos at a time; the first {most} are being sent.",
        ),
        "only_photos": OwnWords(
            "这里只能收照片和 PDF。视频、文档请截几张图发来。",
            "Only photos and PDFs can be taken here. Please send screenshots of a video or a document.",
        ),
        "long": OwnWords("话比较长，分成 {count} 条发。", "That is long: it is sent as {count} messages."),
        "waiting": OwnWords("未发出", "Not sent yet"),
        "sending": OwnWords("发送中", "Sending"),
        "sent": OwnWords("已发出", "Sent"),
        "failed": OwnWords("没有发出", "Not sent"),
        "you": OwnWords("您：", "You: "),
        "we": OwnWords("前哨：", "Qianshao: "),
        "your_photo": OwnWords("您发的照片", "The photo you sent"),
        "photo_to_send": OwnWords("您要发的照片", "The photo you are sending"),
        "staff_picture": OwnWords("工作人员发来的图片", "The picture that our staff sent"),
        "photo": OwnWords("［照片］", "[photo]"),
        "file": OwnWords("［文件］", "[file]"),
        "progress": OwnWords("照片已发出的部分", "How much of the photo is sent"),
        "again": OwnWords("重试", "Try again"),
        "cancel": OwnWords("取消", "Cancel"),
        "take_back": OwnWords("不发了", "Do not send"),
        "too_fast": OwnWords("发得太快了，请歇一会儿。", "That was too fast. Please wait a moment."),
        "no_cookie": OwnWords(
            "浏览器不让这个页面记住对话，请换一个窗口打开。",
            "Your browser does not let this page remember the chat. Please open it in another window.",
        ),
        "busy": OwnWords(
            "对方正忙，稍后会自动再发。", "The other side is busy. It will be sent again by itself."
        ),
        "not_taken": OwnWords("这一条没有发出去，请再试一次。", "This was not sent. Please try once more."),
    }
)
"""By the key that the page asks for."""

EMBED: Final[Mapping[str, OwnWords]] = MappingProxyType(
    {
        "launch": OwnWords("防骗举报", "Report a scam"),
        "name": PAGE["name"],
        "sorry": OwnWords("这里打不开对话。", "The chat cannot be opened here. "),
        "elsewhere": OwnWords("在新窗口打开防骗举报", "Open it in a new window"),
        "close": PAGE["close"],
    }
)
"""What the button in another site's page says."""

TOO_FAST: Final = OwnWords(
    "发得太快了，请歇一会儿再发。", "That was too fast. Please wait a moment and send again."
)
OPEN_ANEW: Final = OwnWords("请重新打开对话页面。", "Please open the chat page again.")
FROM_THE_PAGE: Final = OwnWords("请从对话页面发送。", "Please send it from the chat page.")
NOTHING_IN_IT: Final = OwnWords("没有内容。", "There is nothing in it.")
TOO_LARGE: Final = OwnWords("内容太大了。", "This is too large.")
DATABASE_AWAY: Final = OwnWords(
    "系统正忙，请过一会儿再试。", "The system is busy. Please try again in a while."
)
MISSHAPEN: Final = OwnWords(
    "这一条的内容不合规格，没有收下。", "This has not the right form and was not taken."
)


def read_by(tags: str) -> Language:
    """The language of an Accept-Language list; the first of ours where it names none."""
    return guessed_from_tag(tags[:200]) or Language.SIMPLIFIED


def spoken(words: Mapping[str, OwnWords], language: Language) -> dict[str, str]:
    """All of these sentences in one language."""
    return {key: sentence.spoken(language) for key, sentence in words.items()}


def in_every_language(words: Mapping[str, OwnWords]) -> dict[str, dict[str, str]]:
    """The same in each, by the language's tag."""
    return {language.value: spoken(words, language) for language in Language}
