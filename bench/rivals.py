"""Ways of matching a text against known schemes, side by side: ours and four that others use.

Each is built from the same known texts and asked the same queries. The logistic regression is the exception: it
learns from the measured rows themselves, five times over, and judges only rows that it has not seen; it shows
what labelled rows are worth, and may not be shipped.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import bm25s
import jieba
import numpy as np
from rapidfuzz import fuzz, process

from bench.measured import Answer, Measured, Query
from bench.phrases import Known
from knowledge.matching import Matcher, Verdict
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.known import as_known
from knowledge.schemes.training import read_model, read_told_model

Judge = Callable[[str], Answer]


def ours(catalogue: Catalogue, known: Known) -> Judge:
    """The product's matcher: pack, model, and these texts as the schemes' phrases."""
    texts: dict[str, list[str]] = {}
    for code, text in known:
        texts.setdefault(code, []).append(text)
    schemes = [
        as_known(scheme.model_copy(update={"phrases": ()}), texts.get(code, ()))
        for code, scheme in catalogue.items()
    ]
    matcher = Matcher(schemes, read_model(), read_told_model())

    def judge(text: str) -> Answer:
        result = matcher.match(text)
        return Answer(
            result.score, tuple(match.code for match in result.schemes), result.verdict is not Verdict.NONE
        )

    return judge


def rapidfuzz_over_phrases(_catalogue: Catalogue, known: Known) -> Judge:
    """partial_ratio of the text with every known text."""
    codes = [code for code, _ in known]
    phrases = [text for _, text in known]

    def judge(text: str) -> Answer:
        best = process.extract(text, phrases, scorer=fuzz.partial_ratio, limit=40)
        return Answer(best[0][1] / 100.0, _first_codes(codes[at] for _, _, at in best))

    return judge


def jieba_bm25(_catalogue: Catalogue, known: Known) -> Judge:
    """Words by jieba, BM25 by bm25s."""
    jieba.initialize()
    return _bm25(known, jieba.lcut, _keep)


def bigram_bm25_dice(_catalogue: Catalogue, known: Known) -> Judge:
    """Character bigrams, BM25, the best twenty ranked anew by Dice's coefficient, as Cofacts does."""
    bags = [Counter(_bigrams(text)) for _, text in known]

    def rerank(text: str, best: Sequence[int], _scores: Any) -> list[tuple[float, int]]:
        bag = Counter(_bigrams(text))
        return sorted(((_dice(bag, bags[at]), at) for at in best[:20]), key=lambda pair: -pair[0])

    return _bm25(known, _bigrams, rerank)


def _bm25(
    known: Known,
    cut: Callable[[str], list[str]],
    rank: Callable[[str, Sequence[int], Any], list[tuple[float, int]]],
) -> Judge:
    codes = [code for code, _ in known]
    index = bm25s.BM25()
    index.index([cut(text) for _, text in known], show_progress=False)
    words = set(index.vocab_dict)

    def judge(text: str) -> Answer:
        asked = [word for word in cut(text) if word in words]
        if not asked:
            return Answer(0.0, ())
        scores = index.get_scores(asked)
        count = min(40, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        ranked = rank(text, [int(at) for at in best[np.argsort(-scores[best], kind="stable")]], scores)
        return Answer(ranked[0][0], _first_codes(codes[at] for _, at in ranked))

    return judge


def _keep(_text: str, best: Sequence[int], scores: Any) -> list[tuple[float, int]]:
    return [(float(scores[at]), at) for at in best]


def _bigrams(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2.0 * (one & other).total() / max(1, one.total() + other.total())


def _first_codes(codes: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))[:5]


def learnt_from_rows(queries: Sequence[Query], measured: Measured) -> Judge:
    """Character TF-IDF and logistic regression over labelled rows: offer or not, and which category."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def pipeline() -> Any:
        return make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2),
            LogisticRegression(C=30.0, max_iter=400, class_weight="balanced"),
        )

    offers = pipeline().fit([q.text for q in queries], [q.positive for q in queries])
    positives = [q for q in queries if q.positive]
    kinds = pipeline().fit([q.text for q in positives], [q.category for q in positives])
    labels = list(kinds.classes_)
    code_of = {category: min(measured.right[category]) for category in labels}

    def judge(text: str) -> Answer:
        score = float(offers.predict_proba([text])[0][1])
        order = np.argsort(-kinds.predict_proba([text])[0])
        return Answer(score, tuple(code_of[labels[at]] for at in order[:5]))

    return judge


def cross_validated(measured: Measured, folds: int = 5) -> list[Answer]:
    """The answers of `learnt_from_rows` to every row, each by a model that was fitted without it."""
    order = list(range(len(measured.queries)))
    random.Random(3).shuffle(order)
    answers: dict[int, Answer] = {}
    for fold in range(folds):
        unseen = order[fold::folds]
        hidden = set(unseen)
        judge = learnt_from_rows([q for i, q in enumerate(measured.queries) if i not in hidden], measured)
        for at in unseen:
            answers[at] = judge(measured.queries[at].text)
    return [answers[at] for at in range(len(order))]
