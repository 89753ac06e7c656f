"""The risk warnings, and which of them are out on a day."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from foundation.errors import Refusal
from knowledge.schemes.catalogue import PACK_FOLDER as SCHEME_FOLDER
from knowledge.warnings.notices import WarningPackFault, published, read_warnings

PACK = read_warnings()

ENTRY = (
    """
code = "sample"
title = "只为测试而写的提示"
schemes = ["loan_broker"]
publish_on = 2026-11-22
body = \"\"\"
"""
    + "先问一句，再掏钱。" * 8
    + """
\"\"\"
steps = ["先别转钱", "问问家里人", "打官方电话"]
sources = ["只为测试而写"]
"""
)


def test_ten_warnings_stand_in_the_pack_newest_first() -> None:
    assert len(PACK) == 10
    assert [w.publish_on for w in PACK] == sorted((w.publish_on for w in PACK), reverse=True)


def test_every_scheme_named_is_in_the_scheme_pack() -> None:
    known = {path.stem for path in SCHEME_FOLDER.glob("*.toml")}
    assert {scheme for warning in PACK for scheme in warning.schemes} <= known


def test_no_two_warnings_share_a_title_or_a_foremost_scheme() -> None:
    assert len({warning.title for warning in PACK}) == len(PACK)
    assert len({warning.schemes[0] for warning in PACK}) == len(PACK)


def test_no_warning_promises_money_back() -> None:
    # Nobody may promise this to people who lost money; the public line is one for all officers.
    for promise in ("保证还款", "肯定能追回", "一定给您退", "一定能追回"):
        assert not any(promise in warning.body or promise in warning.title for warning in PACK)


def test_a_warning_is_out_from_its_day_on() -> None:
    newest = PACK[0]
    eve = newest.publish_on - timedelta(days=1)
    assert newest not in published(PACK, eve)
    assert published(PACK, newest.publish_on) == PACK
    assert published(PACK, date(2020, 1, 1)) == ()


def test_the_body_comes_without_blank_lines_at_its_ends(tmp_path: Path) -> None:
    (tmp_path / "sample.toml").write_text(ENTRY, "utf-8")
    (warning,) = read_warnings(tmp_path)
    assert warning.body == "先问一句，再掏钱。" * 8


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "sample"', 'code = "other"', "it must be named other.toml"),
        (', "打官方电话"', "", "steps"),
        ("先问一句，再掏钱。" * 8, "先问一句，再掏钱。" * 40, "body: String should have at most 300"),
        ("publish_on = 2026-11-22", 'publish_on = "明天"', "publish_on"),
        ('schemes = ["loan_broker"]', "schemes = []", "schemes"),
        ("steps =", "tips =", "steps: Field required"),
        ("steps =", "steps", "cannot be read"),
    ],
)
def test_a_fault_names_the_file_and_the_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in ENTRY
    (tmp_path / "sample.toml").write_text(ENTRY.replace(old, new), "utf-8")
    with pytest.raises(WarningPackFault) as caught:
        read_warnings(tmp_path)
    assert isinstance(caught.value, Refusal)
    assert "sample.toml: " in str(caught.value)
    assert said in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WarningPackFault, match="there is no warning in it"):
        read_warnings(tmp_path)


def test_every_warning_is_there_in_english_and_names_the_same_numbers() -> None:
    numbers = re.compile(r"(?<!\d)(?:110|120|96110|12378|12345|12356)(?!\d)")
    for warning in read_warnings():
        assert warning.english is not None, warning.code
        assert not re.search("[\u3400-\u9fff]", warning.english.model_dump_json()), warning.code
        told = set(numbers.findall("\n".join((warning.body, *warning.steps))))
        english = warning.english
        assert set(numbers.findall("\n".join((english.body, *english.steps)))) == told, warning.code
