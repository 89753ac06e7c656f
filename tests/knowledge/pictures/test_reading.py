"""Reading a picture: its words in order, its codes, its fingerprints."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from entrypoints.looking import described
from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.errors import PictureRefused
from knowledge.pictures.lines import TextLine
from knowledge.pictures.reading import PictureReading, ReadingWarning, read
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, draw_leaflet, leaflet_image

ROOT = Path(__file__).resolve().parents[3]
CODE = "https://u.wechat.com/EXAMPLEabc123"


def without_spaces(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize("angle", [0, 12, -25, 90, 180, -90])
def test_a_leaflet_is_read_line_by_line_however_it_is_held(angle: float) -> None:
    reading = read(draw_leaflet(LOAN_SHARK_LINES, CODE, angle=angle))
    assert without_spaces(reading.text).split("\n") == [without_spaces(line) for line in LOAN_SHARK_LINES]
    assert [(code.kind, code.payload) for code in reading.codes] == [(CodeKind.WECHAT_PROFILE, CODE)]
    assert (ReadingWarning.TURNED in reading.warnings) is (abs(angle) > 45)


def test_a_blurred_and_squeezed_leaflet_still_gives_its_number() -> None:
    reading = read(draw_leaflet(LOAN_SHARK_LINES, angle=5, blur=1.5, quality=28))
    assert "13800138000" in without_spaces(reading.text)
    assert "qianshao_demo" in without_spaces(reading.text)


def test_boxes_lie_where_the_writing_is_in_a_photo_that_was_reduced() -> None:
    wall = Image.new("RGB", (6000, 4500), (150, 148, 142))
    leaflet = leaflet_image(LOAN_SHARK_LINES, CODE, width=1800)
    wall.paste(leaflet, (3000, 1000))
    reading = read(as_jpeg(wall))
    assert (reading.width, reading.height) == wall.size
    assert len(reading.lines) == len(LOAN_SHARK_LINES)
    for left, top, right, bottom in [line.box for line in reading.lines] + [
        code.box for code in reading.codes
    ]:
        assert 3000 < left < right < 3000 + leaflet.width
        assert 1000 < top < bottom < 1000 + leaflet.height
    tops = [line.box[1] for line in reading.lines]
    assert tops == sorted(tops)


def test_a_long_screenshot_is_read_to_its_end() -> None:
    shot = Image.new("RGB", (720, 5000), "white")
    draw = ImageDraw.Draw(shot)
    for place in range(25):
        draw.text((40, 60 + place * 198), f"第{place + 1}条 日息低当天放款", "black", chinese_font(44))
    lines = read(as_jpeg(shot)).text.split("\n")
    assert len(lines) == 25
    assert lines[0].startswith("第1条")
    assert lines[24].startswith("第25条")


def test_what_stands_in_one_row_with_little_room_between_is_one_line() -> None:
    card = Image.new("RGB", (900, 300), "white")
    draw = ImageDraw.Draw(card)
    draw.text((40, 50), "电话：", "black", chinese_font(60))
    draw.text((250, 50), "13800138000", "black", chinese_font(60))
    assert "电话" in read(as_jpeg(card)).text
    assert "13800138000" in read(as_jpeg(card)).text
    assert len(read(as_jpeg(card)).lines) == 1


def test_a_blank_wall_has_no_text_and_no_likeness() -> None:
    reading = read(as_jpeg(Image.new("RGB", (640, 480), (180, 180, 180))))
    assert reading.text == ""
    assert reading.pdq is None
    assert reading.warnings == (ReadingWarning.NO_TEXT,)


def test_a_moving_gif_says_that_only_its_first_frame_was_read() -> None:
    first, second = leaflet_image(("急用钱找我",)), Image.new("RGB", (320, 240))
    written = io.BytesIO()
    first.save(written, "GIF", save_all=True, append_images=[second.resize(first.size)])
    reading = read(written.getvalue())
    assert "急用钱找我" in reading.text
    assert ReadingWarning.FIRST_FRAME_ONLY in reading.warnings


def test_a_resent_picture_has_another_hash_and_nearly_the_same_likeness() -> None:
    picture = leaflet_image(LOAN_SHARK_LINES, CODE)
    sent, resent = (
        as_jpeg(picture, 90),
        as_jpeg(picture.resize((picture.width // 2, picture.height // 2)), 40),
    )
    other = draw_leaflet(("高价回收银行卡", "电话卡 对公账户", "日结", "安全", "长期"))
    first, second, third = read(sent), read(resent), read(other)
    assert first.sha256 == hashlib.sha256(sent).hexdigest() != second.sha256
    assert bits_apart(first.pdq, second.pdq) <= 31
    assert bits_apart(first.pdq, third.pdq) > 60


def bits_apart(one: str | None, other: str | None) -> int:
    assert one is not None
    assert other is not None
    assert len(one) == len(other) == 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_a_refused_picture_is_refused_by_reading_too() -> None:
    with pytest.raises(PictureRefused):
        read(b"hello")


def test_a_doubtful_line_is_kept_but_is_not_part_of_the_text() -> None:
    reading = PictureReading(
        100, 50, (TextLine("急用钱", (0, 0, 9, 9), 0.97), TextLine("三#", (0, 10, 9, 19), 0.31)), (),
        "0" * 64, None, 0, (ReadingWarning.DOUBTFUL_TEXT,), 5,
    )  # fmt: skip
    assert reading.text == "急用钱"
    assert len(reading.lines) == 2


def test_what_was_hardly_read_is_listed_apart_and_belongs_to_no_ad(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is raised: no drawn line is read as badly as bricks are."""
    from knowledge.pictures import ocr

    leaflet = leaflet_image(("急用钱找我",))
    pen = ImageDraw.Draw(leaflet)
    for words in ("无抵押秒下款黑户可做", "做可户黑款下秒押抵无"):  # one above the other
        pen.text((120 if words[0] == "无" else 140, 170), words, "black", chinese_font(50))
    monkeypatch.setattr(ocr, "FAINT_BELOW", 0.9)
    reading = read(as_jpeg(leaflet))
    assert [line.text for line in reading.lines] == ["急用钱找我"]
    (faint,) = reading.faint
    assert faint.confidence < 0.9
    assert reading.text == "急用钱找我"
    assert [ad.lines for ad in reading.ads] == [(0,)]
    assert {ReadingWarning.DOUBTFUL_TEXT, ReadingWarning.UNREAD_PART} <= set(reading.warnings)
    assert described(reading)["text"][-1] == faint.to_json()


def test_a_reading_survives_its_json() -> None:
    reading = PictureReading(
        width=100,
        height=50,
        lines=(TextLine("急用钱", (1, 2, 3, 4), 0.97),),
        codes=(Code(CodeKind.TEXT, "示例", (5, 6, 7, 8), "Aztec"),),
        sha256="a" * 64,
        pdq="b" * 64,
        pdq_quality=100,
        warnings=(ReadingWarning.TURNED,),
        milliseconds=12,
        runs_off=(0,),
        faint=(TextLine("日息", (7, 8, 9, 10), 0.1),),
    )
    assert PictureReading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_a_code_on_two_papers_is_listed_twice_and_goods_are_shown_but_point_at_nobody() -> None:
    codes = (
        Code(CodeKind.WECHAT_PROFILE, CODE, (0, 0, 9, 9)),
        Code(CodeKind.WECHAT_PROFILE, CODE, (50, 0, 59, 9)),
        Code(CodeKind.GOODS, "6901234567892", (0, 20, 9, 29), "EAN13"),
    )
    said = described(PictureReading(100, 50, (), codes, "0" * 64, None, 0, (), 5))
    assert [(code["payload"], code["box"]) for code in said["codes"]] == [
        (CODE, [0, 0, 9, 9]), (CODE, [50, 0, 59, 9]), ("6901234567892", [0, 20, 9, 29]),
    ]  # fmt: skip
    assert [one["canonical"] for one in said["indicators"] if one["kind"] == "qr"] == [CODE]
    assert not any("6901234567892" in one["canonical"] for one in said["indicators"])


def test_a_short_link_is_said_to_hide_where_it_leads() -> None:
    written = draw_leaflet(("急用钱找我",), "https://dwz.cn/EXAMPLE")
    reading = read(written)
    assert [code.kind for code in reading.codes] == [CodeKind.SHORT_LINK]
    assert ReadingWarning.HIDDEN_ADDRESS in reading.warnings


ASKS_NOBODY = """
import sys
asked, asking = [], ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
sys.addaudithook(lambda event, details: asked.append((event, details)) if event in asking else None)
from pathlib import Path
from knowledge.pictures.reading import read
print(read(Path(sys.argv[1]).read_bytes()).text)
assert not asked, asked
"""


def test_reading_asks_no_server_for_anything(tmp_path: Path) -> None:
    leaflet = tmp_path / "leaflet.jpg"
    leaflet.write_bytes(draw_leaflet())
    done = subprocess.run(
        [sys.executable, "-c", ASKS_NOBODY, str(leaflet)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "13800138000" in done.stdout


def test_opening_a_picture_needs_no_ocr_in_the_process() -> None:
    script = (
        "import sys; import knowledge.pictures.reader, knowledge.pictures.worker;"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "knowledge" in loaded
    heavy = {"cv2", "onnxruntime", "rapidocr", "zxingcpp", "pdqhash"}
    house = {
        "bot",
        "admin",
        "reports",
        "moderation",
        "entrypoints",
        "sqlalchemy",
        "fastapi",
        "dbos",
        "pydantic",
    }
    assert not loaded & (heavy | house)
