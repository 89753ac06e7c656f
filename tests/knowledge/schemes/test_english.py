"""Every scheme can be told in English: its name, what to do, and why."""

from knowledge.schemes.catalogue import read_pack
from knowledge.schemes.english import read_english, reasons_in_english
from moderation.promises import promise_in


def test_every_scheme_of_the_pack_is_told_in_english_and_no_other() -> None:
    assert set(read_english()) == set(read_pack())


def test_every_red_flag_has_its_sentence() -> None:
    for code, scheme in read_pack().items():
        assert set(reasons_in_english(read_pack(), code)) == {flag.plain for flag in scheme.red_flags}, code


def test_as_many_steps_are_told_as_in_the_pack_and_the_same_numbers_are_named() -> None:
    for code, scheme in read_pack().items():
        english = read_english()[code]
        assert len(english.now) == len(scheme.advice.now), code
        assert len(english.if_paid) == len(scheme.advice.if_paid), code
        for number in ("110", "96110", "12378", "12386", "12345", "12315", "12333"):
            for told, meant in ((english.now, scheme.advice.now), (english.if_paid, scheme.advice.if_paid)):
                assert any(number in step for step in told) == any(number in step for step in meant), code


def test_no_english_step_promises() -> None:
    for english in read_english().values():
        assert not any(map(promise_in, (*english.now, *english.if_paid)))
