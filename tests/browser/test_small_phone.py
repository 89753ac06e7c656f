"""The chat on a small phone, in large letters, by keyboard alone, and for whoever hears it read out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.chatting import choose, hear, say

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]
pytestmark = pytest.mark.browser

SMALLEST_TEXT = """
[...document.querySelectorAll('body *')]
  .filter((e) => e.checkVisibility() && !e.closest('.hidden, .skip, noscript')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.textContent.slice(0, 12)])
  .sort((one, other) => one[0] - other[0])[0]
"""
SMALLEST_TARGET = """
[...document.querySelectorAll('button, textarea, a:not(.skip)')]
  .filter((e) => e.checkVisibility())
  .map((e) => { const b = e.getBoundingClientRect(); return [Math.min(b.width, b.height), e.textContent || e.id]; })
  .sort((one, other) => one[0] - other[0])[0]
"""


BESIDE_EACH_OTHER = """
new Set(['camera', 'album', 'send'].map((id) => Math.round(document.getElementById(id).getBoundingClientRect().bottom))).size === 1
"""


def _fits(page: Page) -> bool:
    return bool(
        page.evaluate(
            "[document.documentElement, document.getElementById('room')].every((e) => e.scrollWidth <= e.clientWidth)"
        )
    )


def test_nothing_has_to_be_pushed_sideways_at_320_pixels_nor_at_twice_the_zoom(
    visit: OpenPage, picture: Picture
) -> None:
    chat = visit("/chat", width=320, height=640, phone=True)
    hear(chat, "看到可疑的")
    say(chat, "群里有人拉人投资返利https://example.com/" + "a" * 60 + "，是真的吗")
    hear(chat, "疑似")
    picture(chat, "320")
    assert _fits(chat)
    chat.set_viewport_size({"width": 160, "height": 320})  # what is left of it at a zoom of 200 %
    picture(chat, "320-at-200-percent")
    assert _fits(chat)
    choose(chat, "再问一件")
    hear(chat, "打给我")


def test_large_letters_are_large_everywhere_and_last(visit: OpenPage, picture: Picture) -> None:
    chat = visit("/chat", width=320, height=640, phone=True)
    hear(chat, "看到可疑的")
    switch = chat.get_by_role("button", name="大字版", exact=True)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    hear(chat, "换好了")
    chat.reload()
    hear(chat, "换好了")
    expect(switch).to_have_attribute("aria-pressed", "true")
    say(chat, "举报")
    hear(chat, "照片")
    picture(chat, "large-letters")
    size, text = chat.evaluate(SMALLEST_TEXT)
    assert size >= 18, text
    side, target = chat.evaluate(SMALLEST_TARGET)
    assert side >= 60, target
    assert _fits(chat)


def test_whoever_asks_for_large_letters_in_words_gets_them(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    say(chat, "字太小")
    expect(chat.locator("html")).to_have_class("big")
    say(chat, "换回普通版")
    expect(chat.locator("html")).not_to_have_class("big")


def test_a_whole_question_is_asked_by_keyboard_alone(visit: OpenPage) -> None:
    chat = visit("/chat", width=1280, height=800)
    hear(chat, "看到可疑的")
    chat.keyboard.press("Tab")
    expect(chat.get_by_role("link", name="跳到输入框")).to_be_focused()
    chat.keyboard.press("Enter")
    expect(chat.get_by_label("输入文字")).to_be_focused()
    chat.keyboard.type("问一问")
    chat.keyboard.press("Enter")
    hear(chat, "打给我")
    for _ in range(12):
        if (
            chat.evaluate(
                "document.activeElement.closest('#choices')?.tagName && document.activeElement.tagName"
            )
            == "BUTTON"
        ):
            break
        chat.keyboard.press("Shift+Tab")
    expect(chat.locator("#choices button:focus")).to_have_text("9 人工")
    chat.keyboard.press("Shift+Tab")
    chat.keyboard.press("Enter")  # 返回
    hear(chat, "您想做什么")
    expect(chat.locator("#choices")).to_be_focused()  # and not at the top of the page again
    chat.keyboard.press("Tab")
    expect(chat.locator("#choices button").first).to_be_focused()


def test_only_what_is_new_is_read_out(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    log = chat.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-relevant", "additions")  # not each step of what is being sent
    say(chat, "你好")
    assert chat.locator("#thread li.mine .hidden").first.inner_text() == "您："
    chat.emulate_media(reduced_motion="reduce")
    assert chat.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration") == "0s"


SPOKEN = {
    "zh-CN": ("zh-Hans", "看到可疑的", "请您现在就打", "换好了", "未发出"),
    "zh-TW": ("zh-Hant", "看到可疑的", "請您現在就打", "換好了", "未發出"),
    "en-GB": ("en", "Seen a suspicious ad", "I am very worried about you", "Done", "Not sent yet"),
}
"""What the browser prefers; the page's tag, the welcome, the answer to a cry, the large letters, an unsent message."""
HAN = r"[\u3400-\u9fff]"


@pytest.mark.parametrize("locale", SPOKEN)
def test_the_chat_is_whole_in_every_language_and_axe_finds_nothing_in_it(
    visit: OpenPage, picture: Picture, locale: str
) -> None:
    tag, welcome, calm, large, unsent = SPOKEN[locale]
    cry = "I want to kill myself" if tag == "en" else "我不想活了"
    chat = visit(
        "/chat",
        width=320,
        height=640,
        phone=True,
        locale=locale,
        faulty=("net::ERR_INTERNET_DISCONNECTED",),
    )
    expect(chat.locator("html")).to_have_attribute("lang", tag)
    hear(chat, welcome)
    assert axe.faults(chat) == []
    say(chat, cry)  # an urgent line, in its own colours
    hear(chat, calm)
    picture(chat, f"{tag}-ordinary")
    assert axe.faults(chat) == []
    assert _fits(chat)
    chat.emulate_media(color_scheme="dark")
    picture(chat, f"{tag}-dark")
    assert axe.faults(chat) == []
    chat.emulate_media(color_scheme="light")
    chat.set_viewport_size({"width": 390, "height": 844})
    assert chat.evaluate(BESIDE_EACH_OTHER)
    chat.set_viewport_size({"width": 320, "height": 640})
    chat.locator("#big").click()
    hear(chat, large)
    picture(chat, f"{tag}-big")
    assert axe.faults(chat) == []
    assert _fits(chat)
    size, text = chat.evaluate(SMALLEST_TEXT)
    assert size >= 18, text
    side, target = chat.evaluate(SMALLEST_TARGET)
    assert side >= 60, target
    chat.context.set_offline(True)
    chat.locator("#words").fill("...")
    chat.locator("#send").click()
    expect(chat.locator("#thread li.waiting")).to_contain_text(unsent)
    assert axe.faults(chat) == []
    picture(chat, f"{tag}-offline")
    if tag == "en":
        assert not re.search(
            HAN, chat.locator("body").inner_text().replace("中文请发“简体”，繁體請發「繁體」", "")
        )
        assert not re.search(HAN, chat.title())


def test_the_page_follows_the_language_that_is_chosen_in_the_chat(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    say(chat, "English")
    expect(chat.locator("html")).to_have_attribute("lang", "en")
    expect(chat.get_by_role("button", name="Send", exact=True)).to_be_visible()
    chat.reload()
    expect(chat.get_by_role("button", name="Large", exact=True)).to_be_visible()
    chat.get_by_role("button", name="Large", exact=True).click()  # a choice and no word: the language stays
    hear(chat, "Done")
    say(chat, "繁體")
    expect(chat.get_by_role("button", name="發送", exact=True)).to_be_visible()


LONG = "她说这个项目稳赚不赔，让我先交三千块钱保证金。" * 210


def test_words_longer_than_a_message_arrive_whole_and_in_order(visit: OpenPage, picture: Picture) -> None:
    chat = visit("/chat", width=360, height=640, phone=True)
    hear(chat, "看到可疑的")
    field = chat.locator("#words")
    wide = field.bounding_box()
    field.fill(LONG)
    written = field.bounding_box()
    assert wide is not None
    assert written is not None
    assert written["width"] > 300 > wide["width"]  # a line to itself, not a column between the buttons
    picture(chat, "long-words")
    chat.locator("#send").click()
    mine = chat.locator("#thread li.mine.sent")
    expect(mine).to_have_count(3)
    said = "".join(mine.nth(n).locator(".part").inner_text() for n in range(3))
    assert said == LONG
    expect(field).to_have_value("")


def test_what_nobody_can_see_is_not_sent(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    chat.locator("#words").fill("\u200b \u200d\n")
    chat.locator("#send").click()
    expect(chat.locator("#words")).to_have_value("")
    say(chat, "你好")
    expect(chat.locator("#thread li.mine")).to_have_count(1)


BETWEEN = """
(li) => {
  const [first, second] = [...li.querySelectorAll('.part')].map((part) => part.getBoundingClientRect());
  const line = parseFloat(getComputedStyle(li).lineHeight);
  return [line / parseFloat(getComputedStyle(li).fontSize), (second.top - first.bottom + line) / line];
}
"""


@pytest.mark.parametrize("size", ["ordinary", "big"])
def test_lines_and_paragraphs_stand_as_far_apart_as_the_rules_for_elders_ask(
    visit: OpenPage, size: str
) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    if size == "big":
        chat.locator("#big").click()
        hear(chat, "换好了")
    lines, paragraphs = chat.locator("#thread li.ours").last.evaluate(BETWEEN)
    assert lines >= 1.3
    assert paragraphs >= 1.3


def test_the_page_on_privacy_is_read_on_a_small_phone(visit: OpenPage, picture: Picture) -> None:
    page = visit("/chat/privacy", width=320, height=640, phone=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("您的信息怎么保密")
    expect(page.locator("main")).to_contain_text("严格保密")
    picture(page, "privacy")
    assert axe.faults(page) == []
    assert _fits(page)
    page.get_by_role("link", name="去对话").click()
    hear(page, "看到可疑的")


TOP_OF_THE_ANSWER = """
[...document.querySelectorAll('#thread li.ours')].pop().getBoundingClientRect().top
  - document.getElementById('room').getBoundingClientRect().top
"""


TOP_IN_THE_WINDOW = "[...document.querySelectorAll('#thread li.ours')].pop().getBoundingClientRect().top"


@pytest.mark.parametrize("height", [620, 640, 660])
def test_an_answer_is_read_from_its_beginning_though_a_line_too_little_is_there(
    visit: OpenPage, height: int
) -> None:
    chat = visit("/chat", width=360, height=height, phone=True)
    hear(chat, "看到可疑的")
    expect(chat.locator("#choices button").first).to_be_visible()
    assert chat.evaluate(TOP_OF_THE_ANSWER) >= 0
    chat.locator("#big").click()
    hear(chat, "换好了")
    chat.wait_for_timeout(100)  # whatever still moves
    assert chat.evaluate(TOP_OF_THE_ANSWER) >= 0


def test_the_first_words_of_an_urgent_answer_are_in_sight_on_a_telephone_held_sideways(
    visit: OpenPage, picture: Picture
) -> None:
    chat = visit("/chat", width=640, height=320, phone=True)
    hear(chat, "看到可疑的")
    assert chat.evaluate(TOP_IN_THE_WINDOW) >= 0
    say(chat, "我不想活了")
    hear(chat, "请您现在就打")
    picture(chat, "sideways")
    assert chat.evaluate(TOP_IN_THE_WINDOW) >= 0
