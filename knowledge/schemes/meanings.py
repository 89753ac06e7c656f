"""What a term means: “什么叫反催收”, “征信修复是啥”. The schemes by all their names, and general terms of a file of their own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from knowledge.matching.normalize import normalize
from knowledge.matching.words import is_word
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.english import EnglishScheme, read_english
from knowledge.schemes.scheme import Scheme, squeezed
from knowledge.schemes.terms import Meaning, Term, read_terms

_ALIKE: Final = 75
"""The least likeness (0-100) of a term that is asked about to one that is known: one character of four may be another."""
_LEAST: Final = 2
_LEAST_TO_COMPARE: Final = 4
_NAMES_IN: Final = re.compile("[、，（）()]")
_PUT_AROUND: Final = re.compile(
    "^(?:那个|这个|这种|所谓的?|网上说的?)|(?:骗局|诈骗|套路|广告|这种(?:事|东西)|联盟|集团|团伙|的人|罪)$"
)


class Meanings:
    """Finds the meaning of a term however it is written."""

    def __init__(
        self, catalogue: Catalogue, terms: Iterable[Term], english: Mapping[str, EnglishScheme]
    ) -> None:
        self._catalogue, self._terms, self._english = catalogue, tuple(terms), english

    @cached_property
    def _known(self) -> Mapping[str, Meaning]:
        """By every form of every name, as written and as the normaliser leaves it. Made when somebody asks for the first
        time: a thousand names are normalised for it, which no start needs to wait for."""
        known: dict[str, Meaning] = {}
        for names, meaning in (*map(self._of_scheme, self._catalogue.values()), *map(_of_term, self._terms)):
            for name in names:
                for form in (squeezed(name), squeezed(normalize(name).text)):
                    if len(form) >= _LEAST:
                        known.setdefault(form, meaning)
        return known

    def _of_scheme(self, scheme: Scheme) -> tuple[list[str], Meaning]:
        pieces = [piece for piece in _NAMES_IN.split(scheme.name) if not is_word(piece)]  # 跑分, but not 违规
        names = [scheme.plain_name, scheme.name, *pieces, *scheme.aliases]
        said = Meaning(scheme.plain_name, scheme.summary, scheme.advice.plain)
        if words := self._english.get(scheme.code):
            names.append(words.name)
            said = replace(said, english=words.name, english_about=words.about, english_plain=words.plain)
        return names, said

    def of(self, term: str) -> Meaning | None:
        """What it means; None for what is not known. Disguised spellings are seen through, and a slip is forgiven."""
        forms = [squeezed(term), squeezed(normalize(term).text)]
        if term.isascii():  # a word or two of English are heard in Chinese only within a sentence
            forms.append(squeezed(normalize(f"what is {term}").text).removeprefix("什么"))
        forms += [_PUT_AROUND.sub("", form) for form in forms]
        for form in forms:
            if form in self._known:
                return self._known[form]
        for form in forms:
            if len(form) >= _LEAST_TO_COMPARE and not form.isascii():
                best = process.extractOne(form, list(self._known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
                if best is not None:
                    return self._known[best[0]]
        return None


def _of_term(term: Term) -> tuple[list[str], Meaning]:
    names = [term.name, term.english, *term.known_as]
    return names, Meaning(
        term.name, term.about, term.plain, term.english, term.english_about, term.english_plain
    )


def shipped_meanings(catalogue: Catalogue) -> Meanings:
    """The catalogue's schemes and the terms that ship."""
    return Meanings(catalogue, read_terms(), read_english())
