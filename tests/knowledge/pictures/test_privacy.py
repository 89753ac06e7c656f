"""Cards are noticed, and their numbers are covered on the copy that people look at. All numbers are made up."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.lines import TextLine
from knowledge.pictures.privacy import shows_bank_card, shows_identity_card
from knowledge.pictures.private_numbers import masked, private_boxes
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import ReadingWarning, read
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, draw_leaflet

IDENTITY = "999999190001010019"
CARD = "6200000000000000003"


def lines(*texts: str) -> list[TextLine]:
    return [
        TextLine(text, (0, 50 * place, 20 * len(text), 50 * place + 40), 0.99)
        for place, text in enumerate(texts)
    ]


def card_picture() -> Image.Image:
    card = Image.new("RGB", (1100, 640), (225, 235, 245))
    draw = ImageDraw.Draw(card)
    for place, line in enumerate(
        ("姓名 张某某", "性别 女 民族 汉", "出生 1900年1月1日", "住址 某某县某某镇")
    ):
        draw.text((60, 60 + place * 110), line, "black", chinese_font(46))
    draw.text((60, 540), f"公民身份号码 {IDENTITY}", "black", chinese_font(46))
    return card


def test_an_identity_card_is_noticed_by_its_printed_labels() -> None:
    assert ReadingWarning.IDENTITY_CARD in read(as_jpeg(card_picture())).warnings
    assert shows_identity_card(lines("中华人民共和国", "居民身份证", "签发机关 某某公安局", "有效期限 长期"))


def test_an_ad_that_asks_for_an_identity_card_is_none() -> None:
    reading = read(draw_leaflet(LOAN_SHARK_LINES))
    assert ReadingWarning.IDENTITY_CARD not in reading.warnings
    assert not shows_identity_card(lines("凭居民身份证当天放款", "姓名 电话 登记即可"))


def test_a_bank_card_is_noticed_and_an_account_in_an_ad_is_none() -> None:
    assert shows_bank_card(lines("某某银行 借记卡", "6200 0000 0000 0000 003", "银联"))
    assert not shows_bank_card(lines("转账到卡号 6200000000000000003 户名张某", "有效期三天"))
    assert not shows_bank_card(lines("银联刷卡套现", "电话 13800138000"))


@pytest.mark.parametrize(
    "words",
    [
        ("中华人民共和国机动车驾驶证", "证号 99999919000101", "准驾车型 C1", "初次领证日期 2001-01-01"),
        ("中华人民共和国社会保障卡", "姓名 张某某", "社会保障号码 999999190001", "发卡日期 2020年1月"),
        ("中华人民共和国 护照 PASSPORT", "POCHNZHANG<<MOUMOU<<<<<"),
        ("姓名 Surname ZHANG", "Given names MOUMOU", "Date of birth 01 JAN 1900", "签发机关"),
        ("常住人口登记卡", "姓名 张某某 户主或与户主关系 户主", "曾用名 籍贯 某省"),
        ("中华人民共和国", "居民身份证"),
        ("港澳居民来往内地通行证", "签发机关 某某局", "有效期限 2020.01.01-2030.01.01", "换证次数 01"),
    ],
    ids=[
        "driving licence",
        "social security",
        "passport",
        "passport's words",
        "household",
        "emblem",
        "permit",
    ],
)
def test_other_papers_that_name_their_holder_are_noticed(words: tuple[str, ...]) -> None:
    assert shows_identity_card(lines(*words))


@pytest.mark.parametrize(
    "words",
    [
        ("办证 身份证 驾驶证 护照 户口本", "社会保障卡 居住证 通行证", "电话 13800138000"),
        ("驾驶证消分 准驾车型 C1 B2", "机动车驾驶证年审 初次领证", "微信 qianshao_demo"),
        ("社保卡办理须知", "请携带居民身份证到社区办理", "社会保障卡制卡后通知领取"),
        ("根据《中华人民共和国居民身份证法》", *("居民应当妥善保管自己的证件，不得出租出借转让买卖。",) * 4),
        ("护照签证一条龙", "出国劳务 月薪三万 名额有限"),
    ],
)
def test_an_offer_or_a_notice_that_names_such_papers_is_none(words: tuple[str, ...]) -> None:
    assert not shows_identity_card(lines(*words))


def test_a_bank_card_without_words_is_noticed_by_its_number() -> None:
    assert shows_bank_card(lines("6200 0000 0000 0000 003", "12/28", "ZHANG MOUMOU"))
    assert shows_bank_card(lines("某某商行", "4000 0000 0000 0002"))
    assert not shows_bank_card(lines("4000 0000 0000 0003", "12/28"))
    assert not shows_bank_card(lines("收款账号", "6200 0000 0000 0000 003", "户名 张某"))
    assert not shows_bank_card(lines("急用钱 13800138000", "6200 0000 0000 0000 003"))


@pytest.mark.parametrize("number", [IDENTITY, CARD, "6200 0000 0000 0000 003", "99999919000101001X"])
def test_of_a_number_only_the_last_four_digits_are_left(number: str) -> None:
    text = f"账号{number}"
    (box,) = private_boxes([TextLine(text, (0, 0, 20 * (len(text) + 2), 40), 0.99)])
    assert box[0] <= 80
    assert 20 * (len(text) + 2 - 5) <= box[2] <= 20 * (len(text) + 2 - 4)


@pytest.mark.parametrize(
    "text", ["电话 13800138000", "微信 qianshao_demo", "订单 2024010112345", "¥ 1,234,567.00"]
)
def test_other_numbers_stay_legible(text: str) -> None:
    assert private_boxes(lines(text)) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6200 0000  0000-0000 003", "**** ****  ****-***0 003"),
        ("6 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 3", "* * * * * * * * * * * * * * * 0 0 0 3"),
        ("账号 62O00000l00000000B3", "账号 ***************00B3"),
        ("卡号 1234567890123456", "卡号 ************3456"),
        ("身份证号\n99999919009901O01", "身份证号\n*************1O01"),
        ("转到 6200 0000 00\n0000 0000 3 谢谢", "转到 **** **** **\n**** *000 3 谢谢"),
        ("999999 19000101\n0019", "****** ********\n0019"),
        ("99999919000101001\n9", "**************001\n9"),
        ("卡号 6200\n0000\n0000\n0000\n003 张某", "卡号 ****\n****\n****\n****\n003 张某"),
        ("999999\n19000101\n001X", "******\n********\n001X"),
        ("9999 9919 0001 0100 1X", "**** **** **** **00 1X"),
    ],
    ids=["gaps", "single digits", "letters", "no check digit", "lost digits", "two lines", "the year apart", "one digit apart",
         "groups below each other", "three lines and an X", "in fours with an X"],
)  # fmt: skip
def test_a_number_spaced_out_misread_or_broken_in_two_is_masked_all_the_same(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "电话 13800138000\n62000 元起",
        "微信 SOlB00l1ZZ00SOlB\n",
        "订单 2024010112345678",
        "13800138000\n13900139000",
        "2024\n1299\n1399\n1499\n1599",
    ],
)
def test_what_only_looks_like_one_stays_legible(text: str) -> None:
    assert masked(text) == text


def test_on_a_card_whatever_is_about_as_long_is_covered() -> None:
    misread = lines("姓名 张某某", "9999991900991001")
    assert private_boxes(misread) == ()
    assert len(private_boxes(misread, on_card=True)) == 1


def test_where_the_writing_is_turned_all_of_the_line_is_covered() -> None:
    (line,) = lines(f"账号{CARD}")
    assert private_boxes([line], turned=True) == (line.box,)


def test_in_a_tilted_line_all_of_it_is_covered() -> None:
    tilted = TextLine(IDENTITY, (0, 0, 300, 300), 0.99)
    assert private_boxes([tilted]) == (tilted.box,)


async def test_a_card_photographed_on_its_head_shows_no_digit_of_its_number(
    warm_reader: PictureReader,
) -> None:
    on_its_head = as_jpeg(card_picture().transpose(Image.Transpose.ROTATE_180))
    examined = await warm_reader.examine(on_its_head)
    assert ReadingWarning.IDENTITY_CARD in examined.reading.warnings
    copy = read(examined.display.data)
    assert "张某某" in copy.text
    assert "9999" not in copy.text


async def test_the_copy_that_officers_see_hides_the_number_and_keeps_the_rest(
    warm_reader: PictureReader,
) -> None:
    examined = await warm_reader.examine(as_jpeg(card_picture()))
    assert any(IDENTITY in line.text.replace(" ", "") for line in examined.reading.lines)
    copy = examined.display.data
    assert IDENTITY not in read(copy).text.replace(" ", "")
    assert "张某某" in read(copy).text
    seen = np.asarray(Image.open(io.BytesIO(copy)).convert("L"))
    assert (seen[540:600, 420:700] < 80).mean() > 0.6
