"""What a push of WeChat means: every kind of message and event that it documents, as an Arrival."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

from bot.channels import Arrival, ChannelName, RemoteMedia
from bot.conversation.despair import despair_in_names
from bot.conversation.messages import Arrived, Chose, Incoming, Left, Said, SentPlace, Unsupported
from bot.wechat.envelope import Push
from bot.wechat.ledger import Act, opening

IGNORED_EVENTS = frozenset(
    {
        "view",  # a page was opened from the menu
        "view_miniprogram",
        "location",  # where the phone is, every few seconds: nobody asked for it, so it is not kept
        "pic_sysphoto",  # the pictures of these three follow as messages of their own
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",  # the place follows as a message of its own
        "templatesendjobfinish",
        "masssendjobfinish",
        "publishjobfinish",
        "subscribe_msg_popup_event",  # of the other kind of notices, which an account does not need for ours
        "subscribe_msg_change_event",
        "subscribe_msg_sent_event",
        "user_info_modified",  # of profiles that people show to a page; ours asks for none
        "user_authorization_revoke",
        "kf_create_session",
        "kf_close_session",
        "kf_switch_session",
    }
)
"""Events that are nobody's word to us. They are answered with “success” and leave no row."""

ABOUT_THE_ACCOUNT = frozenset(
    {
        "qualification_verify_success",
        "qualification_verify_fail",
        "naming_verify_success",
        "naming_verify_fail",
        "annual_renew",
        "verify_expired",
    }
)
"""What becomes of the account's verification (认证), without which it may send no messages: the operator's business."""
ACCOUNT_CLOSED = "user_authorization_cancellation"
"""Somebody closed their WeChat account; the event names them as `OpenID` and comes from WeChat."""

_A_FEW_WORDS = 20
"""Characters up to which a transcript is taken as it stands: “人工”, “一”, “在东街菜市场”. A longer one is a
story, and whoever reads it later must know that a machine wrote it down."""
_LATEST = timedelta(minutes=10)
"""How long before its push an act may have been; an older time is not believed."""
_BY_POSTER = "qrscene_"
_TRANSCRIBED = "（语音转写）"
_OPTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", re.ASCII)

_NOTHING_TO_FETCH = {"image": "sticker", "voice": "unknown", "video": "unknown", "shortvideo": "unknown"}
"""A sticker comes as an image without a file."""
_PICTURELESS = "【收到不支持的消息类型，暂无法显示】"
"""What WeChat itself puts for a kind of message that it does not pass on."""


def arrival_of(push: Push, at: datetime) -> Arrival | None:
    """The push as the inbox takes it; None for what is knowingly ignored.

    An Arrival with neither meaning nor media (an event of a kind that is new to us) is recorded and not answered.
    """
    if push.kind == "event":
        if push.event in IGNORED_EVENTS | ABOUT_THE_ACCOUNT:
            return None
        return _arrival(push, at, _event(push))
    match push.kind:
        case "image" | "voice" | "video" | "shortvideo":
            media = _media(push)
            if not media:
                return _arrival(push, at, _transcript(push) or Unsupported(_NOTHING_TO_FETCH[push.kind]))
            return _arrival(push, at, _transcript(push), media)
        case _:
            return _arrival(push, at, _message(push))


def _message(push: Push) -> Incoming:
    words = push.fields.get
    match push.kind:
        case "text":
            said, option = words("Content", ""), words("bizmsgmenuid", "")
            if _OPTION.fullmatch(option):  # a line of a message with options was tapped
                return Chose(option)
            # What comes back for a tap may also be a number of WeChat's own: then its words are what was said.
            return Said(said) if said and said != _PICTURELESS else Unsupported("unknown")
        case "location":
            latitude, longitude, label = (
                _degrees(push, "Location_X", 90),
                _degrees(push, "Location_Y", 180),
                words("Label", ""),
            )
            if latitude is not None and longitude is not None:
                return SentPlace(latitude, longitude, label)
            return Said(label) if label else Unsupported("unknown")
        case "link":
            # A shared article: its words are what is judged.
            parts = (words("Title", ""), words("Description", ""), words("Url", ""))
            return Said("\n".join(part for part in parts if part)) if any(parts) else Unsupported("link")
        case other:  # a file among them: WeChat passes on its name, and not the file
            named = "\n".join(filter(None, (words("Title", ""), words("Description", ""))))
            return Unsupported(other[:32], despair_in_names(*named.split("\n")) or named)


def _transcript(push: Push) -> Said | None:
    """What WeChat heard in a voice message: a hint that may be missing (it is being withdrawn) or wrong."""
    heard = push.fields.get("Recognition", "")
    if push.kind != "voice" or not heard:
        return None
    return Said(heard if len(heard) <= _A_FEW_WORDS else f"{_TRANSCRIBED}{heard}")


def _event(push: Push) -> Incoming | None:
    key = push.fields.get("EventKey", "")
    match push.event:
        case "subscribe":
            # Another key tells of a payment that led here, which is no place.
            return Arrived("follow", scene=key[len(_BY_POSTER) :] if key.startswith(_BY_POSTER) else "")
        case "scan":
            return Arrived("start", scene=key)
        case "click":
            return Arrived("menu", scene=key)
        case "scancode_waitmsg" | "scancode_push":
            # Whoever scans a poster's code from the menu asks about what is in it.
            result = push.fields.get("ScanCodeInfo.ScanResult", "")
            return Said(result) if result else Unsupported("scan")
        case "unsubscribe":
            return Left()
        case event if event == ACCOUNT_CLOSED and push.fields.get("OpenID"):
            return Left()
        case _:
            return None


def _media(push: Push) -> tuple[RemoteMedia, ...]:
    # `PicUrl` is never opened: it is an address that someone else chose.
    media_id = push.fields.get("MediaId", "")
    kinds = {"image": "picture", "voice": "voice", "video": "video", "shortvideo": "video"}
    return (RemoteMedia(kinds[push.kind], media_id),) if media_id else ()


def _arrival(
    push: Push, at: datetime, incoming: Incoming | None, media: tuple[RemoteMedia, ...] = ()
) -> Arrival:
    act = _act(push)
    return Arrival(
        channel=ChannelName.wechat,
        external_id=_external_id(push),
        address=push.fields.get("OpenID", "") or push.sender if push.event == ACCOUNT_CLOSED else push.sender,
        raw=push.raw,
        incoming=incoming,
        received_at=at,
        media=media,
        beside=None if act is None else opening(act, acted_at(push, at)),
    )


def _act(push: Push) -> Act | None:
    """What it lets us send afterwards. A tapped line of a message counts as a tap on the menu, not as a message."""
    if push.kind != "event":
        return Act.menu if push.fields.get("bizmsgmenuid") else Act.message
    match push.event:
        case "subscribe":
            return Act.follow
        case "scan":
            return Act.scan
        case "click" | "scancode_push" | "scancode_waitmsg":
            return Act.menu
        case _:
            return None


def acted_at(push: Push, at: datetime) -> datetime:
    """When the user did it, by WeChat's clock, where that is believable: a push may come minutes after the act."""
    created = push.fields.get("CreateTime", "")
    if not (created.isascii() and created.isdigit() and len(created) < 12):
        return at
    return max(at - _LATEST, min(at, datetime.fromtimestamp(int(created), UTC)))


def _external_id(push: Push) -> str:
    """MsgId; an event has none, and WeChat says to tell events apart by user and time.

    One user can cause two in the same second, so event and key belong to it; of a message that comes without an id, all
    of it, because a second push of it is the same to the letter. Hashed, because this id is kept in the clear and an OpenID
    must not be.
    """
    message_id = push.fields.get("MsgId", "")
    if push.kind != "event" and message_id.isascii() and message_id.isdigit() and len(message_id) <= 32:
        return message_id
    fields = push.fields
    parts = (
        push.sender,
        fields.get("CreateTime", ""),
        push.kind,
        push.event,
        fields.get("EventKey", ""),
        message_id or ("" if push.kind == "event" else hashlib.sha256(push.raw).hexdigest()),
    )
    return f"event:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"


def _degrees(push: Push, name: str, most: int) -> float | None:
    """None where it is no place on earth: the push is WeChat's all the same, and somebody waits for an answer."""
    try:
        value = float(push.fields.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) <= most else None
