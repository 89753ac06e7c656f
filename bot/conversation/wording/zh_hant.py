"""Traditional Chinese: the sentences that conversion alone would leave strange to readers outside the mainland."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "menu.other_language": "（看简体字，请发“简体”。For English, send “English”.）",
        "language.now": "好，以後都用繁體字。",
        "help.text": (
            "很簡單：\n"
            "· 想舉報：點輸入框旁邊的「+」，拍張照發來，我一步一步問您。\n"
            "· 拿不準：把對方說的話、簡訊打給我，或者截圖發來。\n"
            "· 選哪個，就回哪個數字；回 0 退一步，回 9 找工作人員（{hours}，電話 {phone}）。\n"
            "· 不想弄了，發「算了」；想從頭來，發「重來」；換简体字、English，發「語言」。"
        ),
    }
)
BIG: Final[Mapping[str, str]] = MappingProxyType({})
