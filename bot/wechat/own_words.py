"""The few sentences that WeChat's side says by itself, in the language of what they stand beside."""

from typing import Final

from bot.own_words import OwnWords

IN_GOOD_HANDS: Final = OwnWords("收到，正在看，请稍等。", "Got it. I am looking at it, please wait a moment.")
"""While an answer takes longer than WeChat waits."""
TAP_OR_TYPE: Final = OwnWords("点一下，或回复前面的数字。", "Tap one, or reply with its number.")
"""Under options that can be tapped: they stand close together, so the number may always be typed."""
ASK_CONSENT: Final = OwnWords(
    '有结果时想收到通知，<a href="{address}">点这里同意</a>。不点也行，随时发“查我的举报”。',
    '<a href="{address}">Tap here</a> if you want to be told once when there is news. You can also write “my reports” any time.',
)
"""Under a receipt."""
