"""Words: the dictionary that a start loads is the segmenter's own."""

import jieba

from knowledge.matching.words import is_word, new_tokenizer


def test_the_dictionary_is_the_one_that_the_segmenter_would_have_made() -> None:
    made = jieba.Tokenizer()
    counts, total = made.gen_pfdict(made.get_dict_file())
    ours = new_tokenizer()
    assert ours.total == total
    assert counts == ours.FREQ


def test_a_word_of_ours_is_known_to_one_tokenizer_alone() -> None:
    assert new_tokenizer(["停息挂账"]).lcut("办停息挂账", HMM=False) == ["办", "停息挂账"]
    assert "停息挂账" not in new_tokenizer().lcut("办停息挂账", HMM=False)


def test_a_beginning_of_a_word_is_no_word() -> None:
    assert is_word("信用卡")
    assert new_tokenizer().FREQ["七情六"] == 0
    assert not is_word("七情六")
