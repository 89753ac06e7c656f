"""Judged texts: a file is taken in whole or not at all, and the newest judgement of a text counts."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from foundation.database import Database
from knowledge.learning import exemplars, versions
from knowledge.learning.exemplars import Added, ImportFault, Judged, kept_back, read_lines
from knowledge.learning.tables import JudgedText, Origin

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SCHEMES = {"loan_broker", "credit_repair"}


def _line(text: str, scheme: str | None) -> bytes:
    return json.dumps({"text": text, "scheme": scheme}).encode()


def test_file_is_read_masked_and_without_repetition() -> None:
    lines = [
        _line("黑户可贷，电话13800138000", "loan_broker"),
        b"",
        _line("黑户可贷, 电话13900139000", "loan_broker"),
    ]
    assert [(j.text, j.scheme) for j in read_lines(lines, SCHEMES)] == [
        ("黑户可贷，电话13800000000", "loan_broker")
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "JSON object"),
        (b"[1]", "JSON object"),
        (b'{"text": "\xff"}', "JSON object"),
        (b'{"text": "abcdefgh"}', "JSON object"),
        (b'{"text": 5, "scheme": null}', "JSON object"),
        (b'{"text": "\\ud800aaaaaaaaaa", "scheme": null}', "JSON object"),
        (b"[" * 100_000, "JSON object"),
        (_line("黑户可贷当天放款", "no_such"), "no scheme “no_such”"),
        (_line("贷款", "loan_broker"), "fewer than 6"),
        (_line("贷" * 10_001, "loan_broker"), "longer than 10000"),
        (_line("今天天气真不错啊", "loan_broker"), "judged otherwise in line 1"),
    ],
)
def test_bad_line_is_named_by_its_number(line: bytes, reason: str) -> None:
    with pytest.raises(ImportFault) as fault:
        read_lines([_line("今天天气真不错啊", None), line], SCHEMES)
    assert str(fault.value).startswith("Line 2: ")
    assert reason in str(fault.value)
    assert str(fault.value).endswith("Nothing was imported.")


async def _add(database: Database, *judged: Judged) -> Added:
    async with database.writing() as session:
        done = await exemplars.add(session, judged, origin=Origin.imported, at=NINE)
        await session.commit()
    return done


async def test_adding_twice_is_adding_once(database: Database) -> None:
    judged = (Judged("黑户可贷当天放款", "loan_broker"), Judged("今天天气真不错啊", None))
    assert await _add(database, *judged) == Added(2, 0, 0)
    assert await _add(database, *judged) == Added(0, 2, 0)
    async with database.reading() as session:
        assert await exemplars.count(session) == 2


async def test_whatever_way_a_text_comes_nobodys_identity_is_stored(database: Database) -> None:
    done = await _add(
        database,
        Judged("张建国说能修复征信，先交八百，打13812345678", "credit_repair"),
        Judged("我叫李小花，家住柳树巷18号", None),
    )
    assert done == Added(1, 0, 0, left_out=1)
    async with database.reading() as session:
        texts = [row.text for row in (await session.exec(select(JudgedText))).all()]
    assert texts == ["某某说能修复征信，先交八百，打13800000000"]


def test_file_with_a_line_that_says_who_somebody_is_is_taken_in_without_it() -> None:
    lines = [_line("我叫李小花，家住柳树巷18号", None), _line("本人陈大文，电话13812345678", "loan_broker")]
    assert [one.text for one in read_lines(lines, SCHEMES)] == ["", ""]


async def test_newest_judgement_of_a_text_counts_and_can_be_turned_back(database: Database) -> None:
    scheme, none = Judged("黑户可贷当天放款", "loan_broker"), Judged("黑戶可貸 當天放款", None)
    await _add(database, scheme)
    assert await _add(database, none) == Added(0, 0, 1)
    async with database.reading() as session:
        assert [row.scheme for row in await exemplars.that_count(session)] == [None]
    assert await _add(database, scheme) == Added(0, 0, 1)
    async with database.reading() as session:
        assert [row.scheme for row in await exemplars.that_count(session)] == ["loan_broker"]
        assert len((await session.exec(select(JudgedText))).all()) == 2


async def test_what_stands_changes_with_every_honest_text_alone(database: Database) -> None:
    async def standing() -> versions.Standing:
        async with database.reading() as session:
            return await versions.standing(session)

    first = await standing()
    assert first.version == versions.SHIPPED
    await _add(database, Judged("黑户可贷当天放款", "loan_broker"))
    assert await standing() == first
    await _add(database, Judged("今天天气真不错啊", None))
    assert await standing() != first


def test_kept_back_share_is_a_fifth_and_depends_on_the_text_alone() -> None:
    share = [kept_back(Judged(f"第{n}条文字说的是天气", None).digest) for n in range(1000)]
    assert 150 < sum(share) < 250
    assert kept_back(Judged("黑户可贷当天放款", None).digest) == kept_back(
        Judged("黑戶 可貸當天放款", "loan_broker").digest
    )
