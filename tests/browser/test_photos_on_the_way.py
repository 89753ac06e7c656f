"""Photos from a phone: with their progress, several at once, taken back, tried again, and large ones made smaller."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from pillow_heif import register_heif_opener
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.chatting import hear
from tests.leaflets import draw_leaflet

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]
pytestmark = pytest.mark.browser

CUT = ("net::ERR_",)
LEAFLET = draw_leaflet()


def _file(data: bytes, number: int = 1) -> FilePayload:
    return {"name": f"IMG_{number:04}.jpg", "mimeType": "image/jpeg", "buffer": data}


def _slowly(page: Page, bytes_a_second: int) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second},
    )


def _noise(width: int, height: int) -> bytes:
    """A photo that a camera could not make smaller: of every pixel its own colour."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", quality=97)
    return out.getvalue()


def test_a_slow_upload_shows_how_far_it_is_and_can_be_taken_back(visit: OpenPage, picture: Picture) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    _slowly(chat, 150_000)
    chat.set_input_files("#photos", _file(_noise(1400, 1000)))
    line = chat.locator("#thread li.mine", has=chat.locator("progress"))
    expect(line).to_contain_text(re.compile(r"发送中 [1-9]\d?%"))
    assert 0 < float(line.locator("progress").evaluate("bar => bar.value")) < 100
    picture(chat, "on-the-way")
    line.get_by_role("button", name="取消").click()
    expect(line).to_have_count(0)
    _slowly(chat, -1)
    chat.reload()
    hear(chat, "看到可疑的")
    expect(chat.locator("#thread li.mine")).to_have_count(0)


def test_a_photo_that_did_not_get_through_waits_and_is_tried_again(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=CUT)
    hear(chat, "看到可疑的")
    chat.evaluate("navigator.serviceWorker.ready.then(() => true)")
    chat.context.set_offline(True)
    chat.set_input_files("#photos", _file(LEAFLET))
    line = chat.locator("#thread li.mine", has=chat.locator("img"))
    expect(line).to_contain_text("未发出")
    expect(line.get_by_role("button", name="重试")).to_be_visible()
    chat.reload()
    expect(line.locator("img")).to_be_visible()  # kept with its picture
    chat.context.set_offline(False)
    hear(chat, "收到 1 张照片")
    expect(line).to_have_count(1)


def test_what_the_server_refuses_can_be_tried_again_or_left(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=("413",))
    hear(chat, "看到可疑的")
    chat.route(
        "**/chat/api/photos",
        lambda route: route.fulfill(status=413, json={"detail": "内容太大了。"}),
        times=1,
    )
    chat.set_input_files("#photos", _file(LEAFLET))
    line = chat.locator("#thread li.failed")
    expect(line).to_contain_text("没有发出")
    expect(chat.locator("#status")).to_contain_text("内容太大了")
    expect(
        chat.locator("#choices button").first
    ).to_be_enabled()  # the question can still be answered otherwise
    line.get_by_role("button", name="重试").click()
    hear(chat, "收到 1 张照片")
    expect(line).to_have_count(0)


def test_several_photos_chosen_at_once_all_arrive_and_more_than_nine_are_named(
    visit: OpenPage, picture: Picture
) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    expect(chat.locator("#taken")).to_have_attribute("capture", "environment")  # the camera, or the album:
    expect(chat.locator("#photos")).not_to_have_attribute("capture", "environment")
    small = [_file(draw_leaflet(angle=turn, phone=f"1990000{turn:04}"), turn) for turn in range(10)]
    chat.set_input_files("#photos", small)
    expect(chat.locator("#status")).to_contain_text("一次最多 9 张")
    expect(chat.locator("#thread li.mine.sent img")).to_have_count(9, timeout=60_000)
    hear(chat, "收到 9 张照片")
    picture(chat, "nine")


def test_a_photo_of_twelve_megapixels_is_made_smaller_beside_the_page(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    out = io.BytesIO()
    Image.open(io.BytesIO(LEAFLET)).resize((4000, 3000)).save(out, "JPEG")
    photo = out.getvalue() + bytes(
        10 * 1024 * 1024
    )  # larger than the server takes; a camera's own notes can be
    with chat.expect_event("worker") as begun:
        chat.set_input_files("#taken", _file(photo))
    assert begun.value.url.endswith("shrinking-worker.js")
    hear(chat, "收到 1 张照片")


DROP = """
([name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  return ['dragover', 'drop'].map((what) => !document.getElementById('room').dispatchEvent(
    new DragEvent(what, { bubbles: true, cancelable: true, dataTransfer: data })));
}
"""


def test_a_photo_dropped_onto_the_page_is_sent_and_does_not_take_the_chat_away(visit: OpenPage) -> None:
    chat = visit("/chat", width=1280, height=800)
    hear(chat, "看到可疑的")
    assert chat.evaluate(DROP, ["IMG_1.jpg", "image/jpeg", list(LEAFLET)]) == [True, True]
    hear(chat, "收到 1 张照片")


def test_a_file_that_is_not_taken_is_not_met_with_silence(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    film: FilePayload = {"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"film"}
    chat.set_input_files("#photos", [film, _file(LEAFLET)])
    expect(chat.locator("#status")).to_contain_text("只能收照片和 PDF")
    expect(chat.locator("#thread li.mine")).to_have_count(1)


PASTE = """
(bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
  document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
}
"""


def _as(image_format: str) -> bytes:
    register_heif_opener()
    out = io.BytesIO()
    Image.open(io.BytesIO(LEAFLET)).save(out, image_format)
    return out.getvalue()


def test_a_pasted_picture_and_one_that_the_browser_cannot_open_arrive_as_they_are(visit: OpenPage) -> None:
    chat = visit("/chat", width=1280, height=800, faulty=("404",))  # until the server has made the copy
    hear(chat, "看到可疑的")
    chat.evaluate(PASTE, list(_as("PNG")))  # wherever the cursor stands
    hear(chat, "收到 1 张照片")
    chat.set_input_files(
        "#photos", {"name": "IMG_0002.HEIC", "mimeType": "image/heic", "buffer": _as("HEIF")}
    )
    hear(chat, "收到 2 张照片")
    expect(chat.locator("#thread li.mine img")).to_have_count(2, timeout=40_000)
