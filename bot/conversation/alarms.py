"""Words that come before everything else: money that is gone. Despair is in `despair`. Total and pure."""

import re

from bot.conversation.understanding import fold, plain

_PAY = "(?:转|付|交|汇|打|投|充|存|缴|掏)"
_HAND_OVER = "(?:转|付|交|汇|投|缴|掏)"
"""Without 打, 充 and 存: “已经打了” is more often a call to 110."""
_ALREADY = "(?:已经|已|都|刚才?|刚刚|昨天|今天|前天|早就)"
_SUM = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万几]+)(?:多|来)?(?:元|块|万|千|百|k|w)"
_MONEY = f"(?:钱|款|费|押金|定金|保证金|账|{_SUM})"
_WHO = (
    "(?:我们|我家|我|俺|咱|老伴|老头子?|老太婆?|爷爷|奶奶|外公|外婆|姥姥|姥爷|妈妈?|爸爸?|爹|娘|婆婆|公公"
    "|父亲|母亲|儿子|女儿|闺女|孩子|老公|老婆|邻居|亲戚|朋友|她|他)"
)
_PAID = re.compile(
    "|".join(
        (
            f"{_ALREADY}{_WHO}?(?:把钱)?(?:给(?:他|她|对方|人家)们?)?{_HAND_OVER}(?:了|过|给|出去|过去|完)",
            f"{_ALREADY}.{{0,4}}?(?:{_PAY}(?:了|过去|过).{{0,3}}?{_MONEY}|{_PAY}{_MONEY}(?:了|出去|过去))",
            f"{_WHO}.{{0,6}}?{_PAY}(?:了|过去了?|给了?|出去了?|过|进去了?).{{0,6}}?{_MONEY}",
            f"{_WHO}.{{0,6}}?{_HAND_OVER}(?:了|过去|给).{{0,4}}?\\d{{3,}}",
            f"{_WHO}.{{0,6}}?(?:转账|付款|汇款|打款|交钱|付钱|转钱|交费|缴费)(?:了|过)",
            "(?:转账|付款|汇款|打款|交钱|付钱|转钱|交费|充值|钱转|钱交|钱付|钱打|钱汇|钱投)(?:了|过去了|出去了|进去了|过了)",
            f"钱.{{0,4}}?(?:已经|都|刚|全|也)*(?:被)?(?:{_PAY}|给|骗|卷)(?:了|出去|过去|进去|给|走)",
            f"{_WHO}?.{{0,4}}?(?:被骗|受骗|上当|被坑|被套)(?:了|走|去|过)",
            f"骗(?:走|去|了)(?:我|她|他|老伴|我妈|我爸|我们|妈|爸).{{0,6}}?{_MONEY}?",
            f"^{_WHO}?{_PAY}(?:了|过){_MONEY}了?$",
            f"^{_WHO}{_HAND_OVER}(?:了|过)\\d*了?$|^(?:转|付|汇)(?:了|过去了)\\d*$",
            "骗(?:我|俺|我妈|我爸)的?钱|还(?:我|俺)的?(?:血汗|养老|救命)?钱|把钱还(?:给)?(?:我|俺)",
            "(?:密码|验证码).{0,4}(?:给|告诉|发给|念给|说给)(?:了|他|她|对方|人家)",
            f"^(?!.*(?:银行|保险|年费|话费|营业厅|物业|医院)).*(?<![没未不别])(?:收|拿)(?:了|走了?){_WHO}.{{0,3}}?{_SUM}",
            "(?<![没未不别])(?<!没有)(?:填|输|报|念)(?:了|进去了|上了|入了|给(?:了|他|她|对方)).{0,6}?(?:验证码|密码|卡号|银行卡)",
            "(?:密码|验证码|卡号).{0,3}?(?<![没未不别])(?:填|输|报|念)(?:了|进去|上了|入了)",
            f"打(?:了|过)?{_SUM}(?:块|元|钱|多)?(?:过去|给(?:他|她|对方))",
        )
    )
)
_PAID_CANTONESE = re.compile(
    "|".join(
        (
            f"(?:俾|畀)(?:了|晒).{{0,8}}?(?:钱|蚊|数|密码|验证码|{_SUM})",
            "(?:钱|蚊|数|密码|验证码|[元块万千百]).{0,3}?(?:俾|畀)(?:了|晒)",
            f"过(?:了|晒){_SUM}?蚊?.{{0,4}}?(?:俾|畀|入)|(?:过|入|转)(?:了|晒)数|过(?:了|晒)钱",
            "(?:俾|畀|被)(?:人|佢|渠|骗徒).{0,3}?呃(?:了|晒|走)|呃(?:了|晒|走)(?:我|佢|渠|老|钱|阿)",
        )
    )
)
"""俾 and 畀 are 给, 呃 is 骗, 过数 is 转账."""
_NOT_PAID_CANTONESE = re.compile(
    "(?:冇|未|唔|差啲|好彩|险啲|叫|要我|使唔使|如果|假如|想|怕|惊|先要?|等|除非).{0,5}?(?:俾|畀|过|入|转|呃)"
    "|(?:俾|畀|过|入|转)(?:了|晒).{0,6}?就"
)
_NOT_PAID = re.compile(
    f"(?:没有?|还没|未|没给|不想|不敢|不会|别|不要|差点|险些|幸好|幸亏|准备|打算|正要|想要?|要我|让我|叫我|要求|需要|必须|先要?|怕|担心|如果|要是|只要|万一|假如|假使)"
    f".{{0,5}}?(?:{_PAY}|被骗|上当|受骗|付款|汇款)"
    "|(?:要|让|叫|问|骗|催|逼|能不能|可不可以|该不该|不能|不敢|别|怕|如果|万一|假如).{0,8}?(?:密码|验证码|卡号)"
    ".{0,4}?(?:给|告诉|发给|念给|说给|报给)(?:他|她|对方|人家)们?(?:听|看|吗|么)?$"
)
_GIVEN_AFTERWARDS = re.compile(
    "(?:密码|验证码|卡号).{0,12}?[,，。.;；\\s].{0,6}?(?<![没未不别有])(?:给|告诉|发|念|说|报)给?(?:他|她|对方|人家)?们?了"
)
"""“他要我把验证码给他，我给他了”: only both halves together say it."""
_DONE_IN_DIALECT = re.compile("脱(?:了|咯|喽)|咗|哒|特了|忒了")
"""“转脱了” “转咗” “交哒”: done, in Sichuan, in Guangdong, in Hubei and Hunan."""
_SENTENCES = re.compile(r"[.!?;,\n]+(?=\s|$)|\bbut\b|\band then\b")
_CLAUSES = re.compile(r"[,，。.!！?？;；、\n\s]+")


_I_OR_NEAR = (
    r"(?:i|we|she|he|they|my (?:mother|mom|mum|father|dad|wife|husband|son|daughter|sister|brother|grandmother|grandma"
    r"|grandfather|grandpa|parents|friend|neighbou?r|aunt|uncle))"
)
_PAID_ENGLISH = re.compile(
    rf"\b{_I_OR_NEAR}(?:'ve|'s| have| has)?(?: just| already)? (?:paid|sent|transferred|wired|gave|remitted|deposited)\b"
    r"(?: (?:him|her|them|it|the|my|a|all|some|over|out|in|about|around|to|rmb|cny|yuan|person|guy|man|woman|scammer|company)\b)*"
    r".{0,12}?(?:\bmoney\b|\bfee\b|\bdeposit\b|\bcash\b|\bsavings\b|[¥$]|\d{2,}|\byuan\b|\bpassword\b|\bcode\b|\bit\b|\bthem\b|\bhim\b"
    r"|\bher\b|\balready\b|$)"
    rf"|\b{_I_OR_NEAR}(?:'ve|'s| have| has)?(?: just| already)? lost\b.{{0,24}}?(?:\bmoney\b|\bsavings\b|\bpension\b|\bdeposit\b"
    r"|[¥$]|\d{3,}|\byuan\b|\beverything\b|\bit all\b|\ball of it\b)"
    rf"|\b{_I_OR_NEAR}(?:'ve| have| has| got| was| were| have been| has been|'ve been) (?:been )?(?:scammed|cheated|conned|tricked|defrauded|robbed)\b"
    r"|\b(?:they|he|she|someone|somebody|scammers?|the (?:man|woman|company|broker|agent)) (?:have |has )?(?:took|taken|stole|stolen|emptied|cleaned out"
    r"|ran off with|got away with)(?: \w+){0,3} (?:money|savings|pension|account|deposit)\b"
    r"|\b(?:money|deposit|fee|savings) (?:is|are|was|were|has been|have been)?(?: already)? ?(?:gone|sent|paid|transferred|stolen)\b"
    r"|^(?:already |just )?(?:paid|sent|transferred)(?: the)?(?: money| it| them| already)?$"
    r"|\b(?:gave|told|sent|read) (?:him|her|them|it)? ?(?:my|the) (?:verification |sms |bank )?(?:code|password|pin)\b"
)
_NOT_PAID_ENGLISH = re.compile(
    r"\b(?:not|never|n't|dont|didnt|havent|without|before|if|should|almost|nearly|about to|going to|want(?:s|ed)? (?:me|us)|ask(?:s|ed|ing)?"
    r" (?:me|us|him|her)|told (?:me|us) to|have to|must|need to|first)\b.{0,24}?\b(?:pa(?:y|id)|send|sent|transfer(?:red)?|wired?|gave|give|scammed"
    r"|cheated)\b|n't (?:pay|send|paid|sent|transfer)"
)


def says_paid(text: str) -> bool:
    """Whether money is already gone (or a code given away): the citizen's own or of someone near.

    A demand (“他让我先交钱”), a fear and a plan are not it. Judged clause by clause.
    """
    heard = _DONE_IN_DIALECT.sub("了", fold(text))
    return (
        _GIVEN_AFTERWARDS.search(heard) is not None
        or any(
            clause
            and (
                (_PAID.search(clause) and not _NOT_PAID.search(clause))
                or (_PAID_CANTONESE.search(clause) and not _NOT_PAID_CANTONESE.search(clause))
            )
            for clause in _CLAUSES.split(heard)
        )
        or any(
            _PAID_ENGLISH.search(sentence) and not _NOT_PAID_ENGLISH.search(sentence)
            for sentence in _SENTENCES.split(fold(text).replace("’", "'"))
        )
    )


_NOTHING_PAID = re.compile(
    f"(?:没有?|还没有?|未)(?:被骗|(?:给|跟)?(?:他|她|对方|人家)?们?(?:{_PAY}|给|花|损失)(?:过|他|她|钱|款|费|一分|$)|给(?:他|她)们?钱)"
)


_NOTHING_PAID_ENGLISH = re.compile(
    r"\b(?:did not|didn't|didnt|have not|haven't|havent|never) (?:pay|paid|send|sent|transfer|transferred|give|given)\b"
    r"|\b(?:paid|lost) nothing\b|\bno money (?:was )?(?:paid|lost|sent)\b"
)


def says_not_paid(text: str) -> bool:
    """Whether it is said outright that nothing was paid."""
    return (
        _NOTHING_PAID.search(plain(text)) is not None or _NOTHING_PAID_ENGLISH.search(fold(text)) is not None
    )


_CALLED = re.compile(
    "(?:打|拨)(?:过|了|完|通).{0,2}(?:110|96110|报警)|(?:110|96110).{0,2}(?:打|拨)(?:过|了|完|通)|报(?:了|过)?警了?|派出所"
    r"|\b(?:called|phoned|rang|told|reported (?:it )?to) (?:the )?(?:110|96110|police)"
)
_NOT_CALLED = re.compile(
    "(?:没|没有|还没|不想|不敢|要不要|用不用|不用|别).{0,3}(?:打|拨|报警)|(?:怎么|要|该|能不能)报警|报警(?:有|能有|管|顶).{0,4}用|n't|not|should"
)


def says_called(text: str) -> bool:
    """Whether the police have been called already."""
    heard = _DONE_IN_DIALECT.sub("了", fold(text))
    return _CALLED.search(heard) is not None and _NOT_CALLED.search(heard) is None
