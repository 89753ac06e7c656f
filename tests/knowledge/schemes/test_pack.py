"""What the pack of schemes must hold, read through the same door as the product reads it."""

import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from knowledge.schemes.catalogue import PACK_FOLDER, Catalogue, read_pack
from knowledge.schemes.scheme import Family, Scheme, squeezed

FILES = sorted(PACK_FOLDER.glob("*.toml"))
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_pack()


def raw(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def grams(text: str) -> Counter[str]:
    text = squeezed(text)
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def test_every_file_of_the_pack_is_a_scheme_named_after_its_code(catalogue: Catalogue) -> None:
    assert sorted(catalogue) == [path.stem for path in FILES]
    assert all(code == scheme.code for code, scheme in catalogue.items())


@EVERY_FILE
def test_every_law_route_and_source_says_whether_it_is_verified(path: Path) -> None:
    scheme = raw(path)
    for part in [*scheme["laws"], scheme["route"], *scheme["sources"]]:
        assert part["verified"] is True or part["verified"] is False, part


@EVERY_FILE
def test_no_file_names_a_source_by_a_working_key(path: Path) -> None:
    assert (
        re.findall(r"(?<![A-Za-z0-9])[SP]\d{1,2}(?![A-Za-z0-9])|[（(]u[）)]", path.read_text("utf-8")) == []
    )


@EVERY_FILE
def test_every_scheme_has_fourteen_to_twenty_four_phrases_short_and_long(path: Path) -> None:
    phrases = raw(path)["phrases"]
    assert 14 <= len(phrases) <= 24
    assert max(map(len, phrases)) >= 1.4 * min(map(len, phrases)), "all of one length, so all of one register"


def test_no_two_phrases_of_the_pack_say_the_same_with_a_word_changed(catalogue: Catalogue) -> None:
    said = [(scheme.code, p, grams(p)) for scheme in catalogue.values() for p in scheme.phrases]
    twins = [
        f"{one_code} {one} ~ {other_code} {other}"
        for (one_code, one, a), (other_code, other, b) in combinations(said, 2)
        if dice(a, b) >= 0.8
    ]
    assert twins == []


def test_no_two_schemes_share_a_name_or_an_alias(catalogue: Catalogue) -> None:
    names = Counter(
        name
        for scheme in catalogue.values()
        for name in {squeezed(name) for name in (scheme.name, scheme.plain_name, *scheme.aliases)}
    )
    assert [name for name, times in names.items() if times > 1] == []


@EVERY_FILE
def test_the_schemes_own_phrases_show_its_topic_and_its_red_flags(path: Path) -> None:
    scheme = Scheme.model_validate(raw(path))
    clear = [squeezed(phrase) for phrase in scheme.phrases]
    on_topic = sum(any(squeezed(word) in phrase for word in scheme.topic_words) for phrase in clear)
    assert on_topic >= len(clear) / 2, f"only {on_topic} of {len(clear)} phrases hold a topic word"
    for flag in scheme.red_flags:
        assert any(squeezed(cue) in phrase for cue in flag.cues for phrase in clear), flag.plain


@EVERY_FILE
def test_every_cue_can_be_found_in_normalised_text(path: Path) -> None:
    scheme = Scheme.model_validate(raw(path))
    cues = [cue for flag in scheme.red_flags for cue in flag.cues]
    cues += [cue for lookalike in scheme.lookalikes for cue in lookalike.cues]
    for cue in cues:
        assert squeezed(cue) == cue, f"{cue!r} holds punctuation, which the matcher closes up"


@EVERY_FILE
def test_no_lookalike_cue_stands_in_the_schemes_own_phrases(path: Path) -> None:
    scheme = Scheme.model_validate(raw(path))
    excused = [
        (cue, phrase)
        for lookalike in scheme.lookalikes
        for cue in lookalike.cues
        for phrase in scheme.phrases
        if cue in squeezed(phrase)
    ]
    assert excused == []


@EVERY_FILE
def test_whoever_may_still_stop_the_money_is_told_whom_to_call_first(path: Path) -> None:
    scheme = Scheme.model_validate(raw(path))
    if scheme.family in {Family.FUNDRAISING, Family.IMPERSONATION}:
        assert "110" in scheme.advice.if_paid[0]


@EVERY_FILE
def test_no_file_promises_that_money_comes_back_or_calls_a_tip_a_crime(path: Path) -> None:
    scheme = Scheme.model_validate(raw(path))
    told = [scheme.advice.plain, *scheme.advice.now, *scheme.advice.if_paid]
    told += [flag.plain for flag in scheme.red_flags]
    for sentence in told:
        assert not re.search(r"保证还款|一定能?追回|肯定能?追回|一定给您退|已定性|百分之?百", sentence), (
            sentence
        )
