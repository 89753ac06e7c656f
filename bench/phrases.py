"""The known texts that every way of matching is given, in any number."""

import random
import re

from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.examples import read_exemplars

Known = list[tuple[str, str]]
"""(scheme code, text)"""

_CLAUSE = re.compile(r"[，。！？；,!?;\s]+")


def whole_pack(catalogue: Catalogue) -> Known:
    """Every phrase and every exemplar, scheme by scheme in turn, so that a beginning of it is fair to all."""
    texts: dict[str, list[str]] = {code: list(scheme.phrases) for code, scheme in catalogue.items()}
    for exemplar in read_exemplars():
        texts[exemplar.code].append(exemplar.text)
    known = []
    for rank in range(max(map(len, texts.values()))):
        known += [(code, found[rank]) for code, found in texts.items() if rank < len(found)]
    return known


def so_many(catalogue: Catalogue, count: int) -> Known:
    """The first `count` of the pack; beyond it, new texts put together from clauses of one scheme's own."""
    known = whole_pack(catalogue)
    if count <= len(known):
        return known[:count]
    clauses: dict[str, list[str]] = {}
    for code, text in known:
        clauses.setdefault(code, []).extend(c for c in _CLAUSE.split(text) if len(c) >= 3)
    picker = random.Random(11)
    codes = list(clauses)
    seen = set(known)
    while len(seen) < count:
        code = codes[len(seen) % len(codes)]
        made = "，".join(picker.sample(clauses[code], picker.choice((2, 3, 3, 4))))
        if (code, made) not in seen:
            seen.add((code, made))
            known.append((code, made))
    return known
