"""A fault in a pack file is told in one clear sentence; what is right is read."""

from pathlib import Path

import pytest

from foundation.errors import Refusal
from knowledge.schemes.catalogue import PackFault, read_pack

GOOD = """
code = "{code}"
family = "credit"
name = "样例套路"
plain_name = "样例"
summary = "只为测试而写的一种套路。"
aliases = ["样例一", "样例二", "样例三", "样例四"]
topic_words = ["样例", "词语", "话题", "测试", "文本"]
phrases = [{phrases}]
[[red_flags]]
cues = ["先交钱", "今天办", "加我办"]
plain = "要您先交钱"
weight = 0.8
[[red_flags]]
cues = ["包过", "必成", "内部"]
plain = "说一定能成"
weight = 0.5
[[red_flags]]
cues = ["保密", "别说", "悄悄"]
plain = "叫您别告诉家人"
weight = 0.5
[[lookalikes]]
text = "窗口办理的正经业务"
cues = ["营业厅", "柜台"]
[[lookalikes]]
text = "官方提示"
cues = ["谨防", "警惕"]
[[laws]]
name = "中华人民共和国刑法"
article = "第二百六十六条"
verified = true
[route]
lead = ["CFB"]
assist = ["MPS-E"]
verified = false
basis = "建议"
[advice]
now = ["先别转钱", "问问家里人", "打12345问一问"]
if_paid = ["马上打110", "留好凭据"]
plain = "慢一点，先问问家里人。"
[[sources]]
name = "测试页面"
verified = false
"""


def good(code: str) -> str:
    return GOOD.format(code=code, phrases=", ".join(f'"{code} 的第 {n} 句话"' for n in range(14)))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def fault(folder: Path) -> str:
    with pytest.raises(PackFault) as caught:
        read_pack(folder)
    sentence = str(caught.value)
    assert isinstance(caught.value, Refusal)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_folder_of_good_files_is_a_mapping_in_the_order_of_codes(tmp_path: Path) -> None:
    for code in ("zebra", "apple"):
        write(tmp_path, f"{code}.toml", good(code))
    write(tmp_path, "notes.txt", "not a scheme")
    catalogue = read_pack(tmp_path)
    assert list(catalogue) == ["apple", "zebra"]
    assert catalogue["apple"].red_flags[0].cues == ("先交钱", "今天办", "加我办")
    assert catalogue["apple"].variants == ()


def test_the_digest_follows_what_is_said_and_not_how_the_file_is_laid_out(tmp_path: Path) -> None:
    path = write(tmp_path, "apple.toml", good("apple"))
    before = read_pack(tmp_path).digest
    path.write_text("# a comment\n" + good("apple"), "utf-8")
    assert read_pack(tmp_path).digest == before
    path.write_text(good("apple").replace("weight = 0.8", "weight = 0.7"), "utf-8")
    assert read_pack(tmp_path).digest != before


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    assert "no scheme file" in fault(tmp_path)
    missing = fault(tmp_path / "nowhere")
    assert "nowhere" in missing
    assert "no such folder" in missing


def test_broken_toml_is_told_with_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "apple.toml", good("apple").replace('family = "credit"', "family = credit"))
    sentence = fault(tmp_path)
    assert "apple.toml" in sentence
    assert "not valid TOML" in sentence
    assert "line 3" in sentence


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "apple.toml").write_bytes(good("apple").encode("gbk"))
    assert "not UTF-8" in fault(tmp_path)


def test_a_key_that_nobody_knows_is_named(tmp_path: Path) -> None:
    write(tmp_path, "apple.toml", 'colour = "red"\n' + good("apple"))
    sentence = fault(tmp_path)
    assert "colour" in sentence
    assert "not permitted" in sentence


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('family = "credit"', 'family = "lottery"', "family"),
        ("weight = 0.8", "weight = 1.5", "red_flags[0].weight"),
        ("weight = 0.8", 'weight = "0.8"', "red_flags[0].weight"),
        ('plain = "要您先交钱"', f'plain = "{"长" * 25}"', "red_flags[0].plain"),
        ('lead = ["CFB"]', 'lead = ["XYZ"]', "route.lead[0]"),
        ('lead = ["CFB"]', 'lead = ["MPS-E"]', "both leads and assists"),
        ('"先别转钱", ', "", "advice.now"),
        ('article = "第二百六十六条"\nverified = true', 'article = "第一条"', "laws[0].verified"),
        ('article = "第二百六十六条"\nverified = true', 'verified = "yes"', "laws[0].verified"),
        ('"先交钱"', '"先 交钱"', "red_flags[0].cues[0]"),
        ('"先交钱"', '"ＶＸ联系"', "half-width and lower case"),
        ('"先交钱"', '"柜台"', "red flag and in a lookalike"),
        ('"样例二"', '"样例一"', "names 样例一 twice"),
        ('"apple 的第 1 句话"', '"apple的第0句话！"', "twice"),
        ('"apple 的第 1 句话", ', "", "phrases"),
        ('code = "apple"', 'code = "Apple"', "code"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, named: str) -> None:
    assert right in good("apple")
    write(tmp_path, "apple.toml", good("apple").replace(right, wrong, 1))
    sentence = fault(tmp_path)
    assert named in sentence
    assert "apple.toml" in sentence


def test_a_file_that_is_not_named_after_its_code_is_told(tmp_path: Path) -> None:
    write(tmp_path, "pear.toml", good("apple"))
    assert "must be named apple.toml" in fault(tmp_path)


def test_a_phrase_of_another_scheme_is_told_with_the_name_of_that_file(tmp_path: Path) -> None:
    write(tmp_path, "apple.toml", good("apple"))
    write(tmp_path, "pear.toml", good("pear").replace("pear 的第 3 句话", "Apple的第3句话。"))
    sentence = fault(tmp_path)
    assert "pear.toml" in sentence
    assert "stands already in apple.toml" in sentence
