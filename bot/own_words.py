"""Sentences that a channel's side says by itself, about the platform's ways: they never reach the conversation.

The conversation's own wording lives in `bot/conversation/wording/`.
"""

from dataclasses import dataclass

from bot.conversation.languages import Language, guessed_from_words, in_traditional


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One sentence; the traditional one is made of the simplified."""

    simplified: str
    english: str

    def beside(self, text: str) -> str:
        """In the language of `text`; simplified where that does not tell."""
        return self.spoken(guessed_from_words(text, Language.SIMPLIFIED))

    def spoken(self, language: Language | None) -> str:
        """In this language; simplified where it is not known."""
        if language is Language.ENGLISH:
            return self.english
        return in_traditional(self.simplified) if language is Language.TRADITIONAL else self.simplified
