"""`qianshao look` through its own door: the installed command, files on disk, lines on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from tests.knowledge.pictures.documents import document
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, draw_leaflet, leaflet_image

ROOT = Path(__file__).resolve().parents[2]
CODE = "https://u.wechat.com/EXAMPLEabc123"
PLUMBER_LINES = ("老王管道疏通", "马桶 下水道 化粪池清理", "随叫随到 价格公道", "电话 13900139000")


SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/look.schema.json").read_text()))
NO_UTF8 = "\udcff\udcb9\udce3.jpg"
"""A file name as an archive from an old Windows leaves it."""


def looked(*arguments: str | Path) -> tuple[int, list[str]]:
    """Standard input is closed, and standard output takes nothing that is not UTF-8."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "entrypoints.console", "look", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=240,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
    )  # fmt: skip
    return done.returncode, done.stdout.decode("utf-8").splitlines()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One leaflet, two cards on one wall, and a file that is no picture."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "leaflet.jpg").write_bytes(draw_leaflet(LOAN_SHARK_LINES, CODE))
    shark, plumber = leaflet_image(LOAN_SHARK_LINES, CODE), leaflet_image(PLUMBER_LINES)
    wall = Image.new("RGB", (shark.width + plumber.width, shark.height), (150, 148, 142))
    wall.paste(shark, (0, 0))
    wall.paste(plumber, (shark.width, 80))
    (folder / "wall.jpg").write_bytes(as_jpeg(wall))
    (folder / "notes.txt").write_text("急用钱加微信")
    (folder / NO_UTF8).write_bytes(draw_leaflet(("办证刻章",)))
    (folder / "two\nlines\u2028.pdf").write_bytes(document(pages=2))
    return folder


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[dict[str, Any]]:
    """What the command says of them all, of a file that is not there and of a folder."""
    names = ("leaflet.jpg", "notes.txt", "none.jpg", "wall.jpg", NO_UTF8, "two\nlines\u2028.pdf", ".")
    code, lines = looked(*(f"{folder}/{name}" for name in names), "--json")
    assert code == 1
    return [json.loads(line) for line in lines]


def named(indicators: list[dict[str, Any]], kind: str) -> set[str]:
    return {one["canonical"] for one in indicators if one["kind"] == kind}


def test_each_picture_gets_one_line_with_all_that_is_on_it(lines: list[dict[str, Any]], folder: Path) -> None:
    leaflet = lines[0]
    assert list(leaflet) == [
        "file", "text", "codes", "indicators", "schemes", "verdict", "names", "ads", "chat", "look_alikes", "sha256", "pdq", "warnings",
        "ms",
    ]  # fmt: skip
    assert leaflet["file"] == str(folder / "leaflet.jpg")
    assert set(leaflet["text"][0]) == {"text", "box", "confidence"}
    assert named(leaflet["indicators"], "phone") == {"13800138000"}
    assert named(leaflet["indicators"], "wechat") == {"qianshao_demo"}
    assert named(leaflet["indicators"], "qr") == {CODE}
    assert leaflet["codes"][0]["kind"] == "wechat_profile"
    assert leaflet["schemes"]
    assert leaflet["verdict"] == leaflet["ads"][0]["verdict"] == "likely"
    assert leaflet["ms"]["total"] >= leaflet["ms"]["text"] > 0
    assert len(leaflet["ads"]) == 1
    assert set(leaflet["ads"][0]) == {
        "box", "text", "codes", "indicators", "schemes", "verdict", "names",
    }  # fmt: skip


def test_a_refused_and_a_missing_file_get_their_line_and_the_rest_is_still_read(
    lines: list[dict[str, Any]],
) -> None:
    assert len(lines) == 7
    assert [Path(line["file"]).name for line in lines][:4] == [
        "leaflet.jpg",
        "notes.txt",
        "none.jpg",
        "wall.jpg",
    ]
    assert "error" in lines[6]
    assert lines[1]["error"] == "这个文件不是照片，请发照片或者截图。"
    assert set(lines[2]) == {"file", "error"}


def test_every_line_is_as_the_schema_in_the_documentation_says(lines: list[dict[str, Any]]) -> None:
    faults = [f"{line['file']}: {fault.message}" for line in lines for fault in SCHEMA.iter_errors(line)]
    assert faults == []
    assert [set(line) == {"file", "error"} for line in lines] == [
        False,
        True,
        True,
        False,
        False,
        False,
        True,
    ]


def test_a_file_keeps_the_name_it_was_given_by(lines: list[dict[str, Any]], folder: Path) -> None:
    assert lines[4]["file"] == f"{folder}/{NO_UTF8}"
    assert lines[5]["file"] == f"{folder}/two\nlines\u2028.pdf"
    assert lines[6]["file"] == f"{folder}/."


def test_the_plumber_beside_the_loan_shark_shares_none_of_his_indicators(lines: list[dict[str, Any]]) -> None:
    shark, plumber = lines[3]["ads"]
    assert named(shark["indicators"], "phone") == {"13800138000"}
    assert named(shark["indicators"], "qr") == {CODE}
    assert named(plumber["indicators"], "phone") == {"13900139000"}
    assert {one["kind"] for one in plumber["indicators"]} == {"phone"}
    assert shark["schemes"][0]["score"] > max([match["score"] for match in plumber["schemes"]], default=0.0)
    assert shark["box"][2] < plumber["box"][0]
    assert named(lines[3]["indicators"], "phone") == {"13800138000", "13900139000"}


def test_a_person_at_a_terminal_reads_plain_lines(folder: Path) -> None:
    code, lines = looked(folder / "leaflet.jpg")
    assert code == 0
    assert any("→ phone: 13800138000" in line for line in lines)


def test_an_address_that_imitates_a_bank_and_a_name_with_a_restricted_word_are_noted(tmp_path: Path) -> None:
    lines = ("某某财富管理有限公司", "年化百分之十二 保本保息", "官网 www.icbc-vip.top", "电话 13800138000")
    (tmp_path / "poster.jpg").write_bytes(draw_leaflet(lines, "https://abcchina.vip/app"))
    code, (line,) = looked(tmp_path / "poster.jpg", "--json")
    assert code == 0
    seen = json.loads(line)
    assert {one["domain"]: one["official"] for one in seen["look_alikes"]} == {
        "icbc-vip.top": "icbc.com.cn",
        "abcchina.vip": "abchina.com",
    }
    assert "look_alike_address" in seen["warnings"]
    (url,) = [one for one in seen["indicators"] if one["kind"] == "url" and one["source"] == "text"]
    assert (url["domain"], url["imitates"]["owner"]) == ("icbc-vip.top", "中国工商银行")
    assert seen["codes"][0]["domain"] == "abcchina.vip"
    (name,) = seen["names"]
    assert name["words"] == [{"word": "财富管理", "tier": "prohibited"}]
    assert name["note"].startswith("名称含需重点关注字样，不等于违法")
