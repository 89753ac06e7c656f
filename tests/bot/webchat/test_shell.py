"""The shell of the web chat: installable, versioned, the same for everybody, and framed only where it may be."""

import json
import re

import pytest

from bot.conversation.languages import Language, in_traditional
from bot.webchat import shell
from bot.webchat.words import EMBED, PAGE
from entrypoints.desk import Desk
from foundation.settings import WebchatSettings
from tests.bot.webchat.visiting import Visitor

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _embedding(desk: Desk, *origins: str) -> None:
    desk.settings = desk.settings.model_copy(
        update={"webchat": WebchatSettings(embed_origins=",".join(origins))}
    )


@ONE_DATABASE
async def test_every_file_that_the_page_names_is_there_under_its_version(visitor: Visitor) -> None:
    page = (await visitor.opens()).text
    manifest = await visitor.client.get("/chat/manifest.webmanifest")
    assert manifest.headers["content-type"].startswith("application/manifest+json")
    icons = [icon["src"] for icon in manifest.json()["icons"]]
    named = re.findall(r'"(/chat/static/[^"]+)"', page)
    assert named
    for address in (*named, *icons):
        answer = await visitor.client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    old = await visitor.client.get("/chat/static/0123456789abcdef/chat.js")
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")


@ONE_DATABASE
async def test_the_manifest_has_a_chinese_name_and_an_icon_of_each_kind(visitor: Visitor) -> None:
    manifest = (await visitor.client.get("/chat/manifest.webmanifest")).json()
    assert (manifest["name"], manifest["short_name"], manifest["lang"]) == (
        "前哨 · 金融防骗举报", "前哨", "zh-Hans",
    )  # fmt: skip
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/chat", "/chat", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip


@ONE_DATABASE
async def test_the_service_worker_knows_the_whole_shell_and_may_serve_the_chat_alone(
    visitor: Visitor,
) -> None:
    answer = await visitor.client.get("/chat/service-worker.js")
    assert answer.headers["service-worker-allowed"] == "/chat"
    assert answer.headers["cache-control"] == "no-cache"
    (found,) = re.findall(r"^const SHELL = (\[.*\]);$", answer.text, re.MULTILINE)
    paths = json.loads(found)
    assert paths[0] == "/chat"
    for path in paths:
        kept = await visitor.client.get(path)
        assert kept.status_code == 200, path
    assert not [path for path in paths if "/api/" in path or "embed" in path]


@ONE_DATABASE
async def test_what_a_browser_keeps_of_the_page_is_the_same_for_everybody(visitor: Visitor) -> None:
    before = (await visitor.opens()).text
    await visitor.says("我叫张三，群里有人拉人投资返利")
    assert (await visitor.opens()).text == before
    assert visitor.client.cookies["qianshao_visitor"] not in before


@pytest.mark.parametrize(
    "name", ["..%2fshell.py", "%2e%2e/door.py", "embed.js", "service-worker.js", "none.js", "."]
)
@ONE_DATABASE
async def test_no_name_leads_out_of_the_folder(visitor: Visitor, name: str) -> None:
    assert (await visitor.client.get(f"/chat/static/{shell.version()}/{name}")).status_code == 404


@ONE_DATABASE
async def test_where_nobody_is_named_there_is_no_frame_and_no_script(visitor: Visitor) -> None:
    answer = await visitor.client.get("/chat?embed=1")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    assert "artitioned" not in answer.headers["set-cookie"]
    assert (await visitor.client.get("/chat/embed.js")).status_code == 404


@ONE_DATABASE
async def test_a_named_site_alone_may_frame_the_page_that_is_made_for_it(
    desk: Desk, visitor: Visitor
) -> None:
    _embedding(desk, "https://www.county.example", "https://news.county.example:8443")
    framed = await visitor.client.get("/chat?embed=1")
    policy = framed.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://www.county.example https://news.county.example:8443")
    cookie = framed.headers["set-cookie"].lower()
    for wanted in ("samesite=none", "; secure", "; partitioned", "httponly", "path=/chat"):
        assert wanted in cookie
    visitor.client.cookies.clear()
    alone = await visitor.opens()
    assert alone.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "samesite=lax" in alone.headers["set-cookie"].lower()
    script = await visitor.client.get("/chat/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("tags", "language", "send"),
    [("", "zh-Hans", "发送"), ("zh-HK,zh;q=0.9", "zh-Hant", "發送"), ("de, en-GB;q=0.8", "en", "Send")],
)
@ONE_DATABASE
async def test_the_page_is_in_the_language_that_the_browser_prefers(
    visitor: Visitor, tags: str, language: str, send: str
) -> None:
    page = (await visitor.client.get("/chat", headers={"Accept-Language": tags})).text
    assert f'<html lang="{language}"' in page
    assert f">{send}</button>" in page
    (address,) = re.findall(r'rel="manifest" href="([^"]+)"', page)
    assert (await visitor.client.get(address)).json()["lang"] == language
    asked = (await visitor.client.get("/chat?lang=en", headers={"Accept-Language": tags})).text
    assert '<html lang="en"' in asked


def test_every_sentence_that_the_page_or_its_scripts_name_is_there_and_no_other() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in shell.STATIC.glob("*.js"))
    page = (shell.STATIC.parent / "templates" / "chat.html").read_text("utf-8")
    named = set(re.findall(r'data-say(?:-\w+)?="(\w+)"|say\.(\w+)', page)) | set(
        re.findall(r'(?:say|wording)\([^()]*?"(\w+)"(?: : "(\w+)")?', sources)
    )
    keys = {key for pair in named for key in pair if key}
    states = {"waiting", "sending", "sent", "failed"}  # named by how far a message got
    embed = shell.STATIC.joinpath("embed.js").read_text("utf-8")
    assert keys | states == set(PAGE)
    assert set(re.findall(r"\bsay\.(\w+)", embed)) == set(EMBED)


def test_no_script_of_the_page_says_anything_by_itself() -> None:
    for path in shell.STATIC.glob("*.js"):
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", path.read_text("utf-8"))
        assert not re.search("[\u3400-\u9fff]", code), path.name


NEWER = r"replaceChildren|\?\?=|\|\|=|&&=|\.at\(|structuredClone|\.replaceAll\(|Promise\.any|Object\.hasOwn|static \{|#\w+\(\)"
"""What browsers learnt after the spring of 2020 (Chrome 80, Safari 13.1); old telephones never will."""


def test_no_script_needs_a_browser_younger_than_2020() -> None:
    for path in shell.STATIC.glob("*.js"):
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", path.read_text("utf-8"))
        assert not re.findall(NEWER, code), path.name


def test_what_the_page_says_in_traditional_characters_and_english_is_no_simplified_chinese() -> None:
    for key, sentence in (*PAGE.items(), *EMBED.items()):
        assert not re.search("[\u3400-\u9fff]", sentence.english), key
        traditional = sentence.spoken(Language.TRADITIONAL)
        assert in_traditional(traditional) == traditional, key


@pytest.mark.parametrize(("tag", "said"), [("zh-CN", "严格保密"), ("zh-TW", "嚴格保密"), ("en", "secret")])
async def test_the_page_on_privacy_says_what_the_chats_say_and_runs_nothing(
    visitor: Visitor, tag: str, said: str
) -> None:
    answer = await visitor.client.get("/chat/privacy", headers={"Accept-Language": tag})
    assert said in answer.text
    assert "<script" not in answer.text
    assert "set-cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
