"""How promises are worded, by what is promised. Chinese is matched in simplified characters without blanks, with Cantonese words
put as Mandarin has them; English in lower case."""

import re
from enum import StrEnum
from typing import Final


class Promised(StrEnum):
    """What is promised, which decides what may be said instead."""

    MONEY = "money"
    """That money comes back."""
    REWARD = "reward"
    OUTCOME = "outcome"
    """That somebody is caught, or a case opened."""
    OFFER = "offer"
    """That an offer is good."""
    VERDICT = "verdict"
    """That it is a crime: for departments and courts to say."""


_SURE: Final = r"(?:保证|确保|担保|包管|(?<![钱红腰背书面打])包|一定|肯定|必定|必然|绝对|百分之?百|100%|稳稳?|实(?=拿|能|会))"
_BACK: Final = (
    r"(?:[还退]款|还钱|[还退赔]钱|返还|退还|归还|交还|退赔|偿还|兑付|赔偿|赔付|[追要拿讨挽退找]得?回|追讨?到|拿到(?:手|钱|款|本金)|[还退返赔](?:给|回给?)?[您你]"
    r"|全额(?:退|返|赔)|三倍退)"
)
_BETWEEN: Final = r"(?:能够?|可以|会|[给帮替为让把][您你]|把|将|都|全部|全数|全额|足额|如数|[您你]|的?钱|资金|本金|损失|款项?)*"
_MONEY: Final = r"(?<!奖励的)(?<!奖)(?:钱|款项?|本金|损失|资金|养老金)"
_EASY: Final = r"(?:放心|没问题|没有问题|不成问题|不用担心|别担心)"
_WHOLE: Final = (
    r"(?:都|也|全部?|全数|全额|足额|如数|悉数|一分不少地?|尽快|很快|马上|就|最后|迟早|早晚|一定|肯定)*"
)
_US: Final = r"(?:我们?|本人|咱们?|我局|我办|专班|政府|国家|财政)"
_SOON: Final = r"(?:马上|很快|过几天|不久|明天|今天|后天|下周|下个?月|天之?内|日内|月底|年底)"
_WITHIN: Final = (
    r"(?:[\d一二两三四五六七八九十几半]+(?:个)?(?:工作日|天|日|周|星期|礼拜|月|小时)(?:之)?内"
    r"|马上|很快|过几天|不久|明天|今天|后天|下周[一二三四五六日]?|下个?月|月底前?|年底前?)"
)
_RETURN: Final = r"(?:[退返赔](?:还|回)?(?:给|到)?|还(?:给|到)|打回(?:给|到)?|转回(?:给|到)?)"
_PAPERS: Final = r"(?<!材料)(?<!证件)(?<!份证)(?<!原件)(?<!照片)"
_PAYERS: Final = r"(?:我们?|咱们?|我局|我办|专班|政府|国家|财政|公家|单位|银行)"

CHINESE: Final = tuple(
    (promised, re.compile(pattern))
    for promised, patterns in {
        Promised.MONEY: (
            f"{_SURE}{_BETWEEN}{_BACK}",
            r"(?:包赔|包退|包追回|全额兜底)",
            rf"{_SURE}(?:能|会|可以|给[您你]|都|全额|全)*退(?!休|出|群|订|步|房|役|还)|{_SURE}.{{0,4}}一分不少",
            rf"就(?:能|可以|会)[^。！？；，不]{{0,4}}(?:[要追拿退]回(?!执|访)|退[还钱款])|{_MONEY}就[退还]了|(?<!就)就[退还赔](?:钱|款|给[您你])|(?:可以|能|会)全额[退返赔]",
            f"{_MONEY}(?:全部|都)?(?:一定|肯定|绝对)(?:不会少|没问题|回得来)",
            # somebody gives their word
            rf"(?:{_US}|[向跟给对][您你])(?:[向跟给对][您你])?(?:可以|敢)?(?:保证|承诺|担保|答应|发誓|打包票)[^。！？；不]{{0,12}}"
            rf"(?:{_BACK}|(?:钱|款|本金|损失).{{0,4}}(?:回|退|赔|到账)|退款|赔)",
            rf"承诺[^。！？；，不]{{0,6}}{_BACK}",
            r"我(?:个人|本人|拿.{1,3})担保|打[包保]票(?!说)|保[您你]的?本金|包在我们?身上|包我们?身上",
            # that money comes, said softly
            rf"{_MONEY}{_WHOLE}[会能]{_WHOLE}(?:回来|[要追拿退]回|[退还返赔归](?:给|还))",
            rf"{_MONEY}.{{0,4}}(?:(?:跑|丢|少)不[了掉]|保得住)|{_MONEY}[^。！？；，]{{0,4}}一分(?:钱)?(?:都|也)?不会?少|一分(?:钱)?(?:都|也)?不会?少[您你还退赔给]|少不了[您你]的?(?:钱|奖)",
            rf"{_MONEY}[^。！？；不]{{0,8}}[要追拿退]?得?回来?[^。！？；不]{{0,6}}{_EASY}|全额[退还返赔].{{0,3}}{_EASY}",
            rf"{_MONEY}.{{0,6}}{_SOON}.{{0,4}}[退还返赔打](?:给|回|还)[您你]",
            rf"{_SOON}[^。！？；，]{{0,6}}把?{_MONEY}[^。！？；，]{{0,3}}[退还返赔打](?:给|回)[您你]",
            rf"{_MONEY}(?:就|会|能|马上|很快)+(?:到|打到|回到|退到)(?:[您你])?.{{0,2}}[账卡手]",
            r"(?:资金|本金|钱|款项?)(?:会|将|能|可以)?(?:全额|全部|如数|悉数)(?:返还|退还|归还|退回|退给|赔付|兑付)",
            r"[您你]的?(?:钱|资金|本金)(?:很|是|都|绝对|一定)+安全|(?:钱|资金|本金)安全[，,]?[您你请]?放心",
            # who pays
            r"(?:我们|我)(?:会|将|来|负责|可以|能|帮|给|替|把|[您你])+的?(?:钱|款|损失|本金)?[^。！？；，不]{0,4}"
            r"(?:[追要拿讨]回|[退还赔](?:给|还|回)|赔偿|赔)",
            r"(?:政府|国家|财政|专班)(?:会|将|来|都|也|负责|一定|肯定)+(?:全额|全部|都)?(?:给[您你])?(?:赔|补偿|退款|还钱|兜底|买单|垫付|追回)",
            rf"由{_US}[^。！？；，不]{{0,4}}(?:赔|退款|还钱|兜底|买单|补偿|垫付)",
            r"我们(?:来|负责)[退赔]|负责赔(?!偿机构)|(?:我们|我|政府|国家)(?:来|会|给您|替您|可以)*(?:担保|兜底|打包票)",
            r"损失.{0,4}(?:全包|包了|全赔|包赔)",
            rf"损失[^。！？；，不]{{0,4}}(?:全额|全数|全部|如数|足额|一分不少)(?:赔|补|退|返)|损失[^。！？；，不]{{0,4}}{_PAYERS}[^。！？；，不]{{0,6}}(?:承担|补|赔|担着|兜底|出)",
            rf"{_MONEY}[^。！？；，不]{{0,2}}(?:都|全|全部)?(?:能|会)[^。！？；，不]{{0,3}}(?:还上|拿到手|回得来|到手|打回)|(?:资金|本金|存款|积蓄|投的钱)(?:都|很|是|绝对|完全)*安全(?=$|[，。！的])(?!的(?:是|吗|银行))",
            r"原路(?:退|返)[回还](?!规则)|追(?:损|款|讨|回)?(?:成功)?率(?:是|为|高?达|在)?(?:百分之?百|100%|百分之?九十?)",
            rf"{_WITHIN}[^。！？；，不没奖]{{0,10}}(?:打|退|返|汇|转|划)(?:到|回|进)[^。！？；，]{{0,4}}[卡账户]",
            # by when
            rf"{_PAPERS}{_WITHIN}[^。！？；，不没]{{0,10}}{_RETURN}[您你]|全额{_RETURN}[您你]",
            rf"[追要拿讨]得?回来?[^。！？；，不有]{{0,4}}{_EASY}",
            r"(?:^|[。！？；])[^。！？；奖]{0,40}(?:最迟|最晚)[^。！？；，不奖]{0,8}到账",
        ),
        Promised.REWARD: (
            r"举报(?:一次|一个|一条|了)?(?:就)?[奖发给](?:励|您|你)?[^。！？；，审核查]{0,8}[元块](?:$|[^以至起到\d])|[奖发](?:励|金)?[^。！？；，]{0,8}(?:马上|立即|当场|当天|立刻)(?:兑现|到账|发放|给)",
            r"奖(?:励|金).{0,2}(?:一定|肯定|保证|必定)(?:会|能)?[发给有]|举报(?:就|必|都)有奖",
            r"(?:保证|确保|一定|肯定)(?:能|会|可以|给您|给你)*(?:奖励(?!过程|工作|办法|制度|标准|资金)|发奖)",
            r"(?:一定|肯定|保证|必定|绝对)(?:会|能|可以|给|发|有|[您你])+[^。！？；，不领凭带请按]{0,8}(?:奖励|奖金|重奖)",
            r"举报(?![^。！？；]{0,8}(?:查实|核实|属实|符合|审核))[^。！？；]{0,4}就(?:给|发|有|能拿)[您你]?.{0,4}(?:钱|块|元|奖|千|百)",
            r"(?:奖励|奖金).{0,3}(?:拿定了|没问题|跑不[了掉]|少不了|稳了)|(?:一定|肯定|保证|必定)会?给[您你]?发?奖|(?:奖励|奖金).{0,6}板上钉钉",
        ),
        Promised.OUTCOME: (
            r"(?:马上|很快)(?:就|要)*(?:能|会)抓到|(?:保证|确保|一定|肯定|绝对|必定|必然|百分之?百|100%)(?:能|会|要|可以|给您|给你|被)*(?:立案|抓(?!紧|住机|好)|破案|破获|破(?=$|[，。！])|判刑|坐牢|伏法)",
            r"(?<!看)(?:骗子|嫌疑人|老板|他们?|她们?)?(?:跑|逃)不(?:了|掉)(?:他|她|它|的)(?=$|[，。！们])|(?:准|准能|稳|包|打赌|敢说)[^。！？；，不]{0,8}(?:能|会)?(?:破(?:案)?(?=$|[，。！了])|抓到|抓住)",
            r"(?:一定|肯定|保证|绝对)[^。！？；，不]{0,8}(?:绳之以法|抓住(?!机会)|抓到|抓回|抓起来|归案)",
        ),
        Promised.OFFER: (
            r"(?:包过|包下款|保本|保息|保收益|刚兑)",
            r"(?:基金|产品|平台|项目|理财|这[个只家支款])(?:都|也)?(?:是)?(?:很|绝对|完全|非常|最)(?:安全|可靠|靠谱|正规|稳(?:健|妥|当))(?:的)?(?=$|[，。！])|国家(?:支持|扶持|背书|认可)(?:的)?[^。！？；不]{0,6}(?:安全|放心|可靠|能投)",
            r"[稳必包躺](?:赚|赢|挣)|只赚不赔|稳赢不输|(?:零|无|毫无)风险(?!提示|警示|等级)|放心(?:投|买|转|存|交|付|打款)",
            r"保底(?:收益|回报|利息)|(?:收益|利息|本金|回报)(?:都|很|绝对|是)*有保[障证]|(?:平台|公司|产品|项目|投资|理财)(?:都|也)?(?:是|很|绝对|完全|肯定)+(?:正规|合法|安全|可靠|靠谱)(?:的(?!注册|登记)|$|[，。！])",
        ),
        Promised.VERDICT: (
            r"(?:已经?|可以|我们)(?:定性|认定|判定)(?:为|是|成)?(?:诈骗|骗子|非法集资|犯罪|传销)",
            r"(?:已经?|我们)+(?:确认|核实|查明|查实|查清)(?:了)?[^。！？；，不]{0,8}(?:是|属于|为)(?:[^。！？；，]{0,3})(?:诈骗|骗子|骗局|非法集资|犯罪|传销)",
            r"(?:已经?|确实|显然|他们?|她们?|此人|对方|老板)(?:就|都)?(?:构成|触犯|犯了)[^。！？；，不]{0,4}(?:诈骗|集资诈骗|非法吸收|传销|犯罪)罪?(?!的?(?:可能|嫌疑|风险|条件|要))",
            r"(?:就是|肯定是|绝对是)(?:诈骗犯|犯罪分子|罪犯)",
            r"(?:[这那该](?:家|个|些|人|公司|平台|企业|项目|群|广告)+|他|她|对方)(?:们)?(?:就是|肯定是|绝对是|一定是|百分之?百是)"
            r"(?:在)?(?:个)?(?:诈骗|骗子|骗局|犯罪|非法集资|传销)",
        ),
    }.items()
    for pattern in patterns
)

_GET_BACK: Final = (
    r"(?:(?:get|have|recover|return|refund|repay|pay|give|bring)\w*(?: (?:you|it|all|back|of|your|the|full|every|penny"
    r"|money|loss|losses|savings|funds|in))*|(?:money|loss|losses|savings|funds)(?: (?:will|be|is|are|comes?))*"
    r" (?:back|returned|recovered|refunded|repaid)|refund|compensation|profits?|returns?|income|win)"
)
_REPAID: Final = r"(?:repaid|refunded|reimbursed|compensated|paid back|paid in full|made whole)"

ENGLISH: Final = tuple(
    (promised, re.compile(pattern))
    for promised, patterns in {
        Promised.MONEY: (
            rf"\b(?:guarantee|promise|assure|ensure|swear|make sure)\w*(?: (?:you|that|we|will|can|a|full|to|your|the|all|i|it|of"
            rf"|money|be|is))* {_GET_BACK}\b",
            rf"\b(?:certainly|definitely|surely|absolutely|for sure|without fail|100 ?%|no doubt)(?: (?:will|can|be|you|we|your"
            rf"|the|money|to|all))* {_GET_BACK}\b",
            rf"\b(?:guarantee|promise|assure|ensure|swear|make sure|my word|rest assured)\w*[^.!?;]{{0,40}}\b{_REPAID}\b",
            r"\b(?:guarantee|promise|assure|swear)\w*[^.!?;]{0,40}\b(?:recover|return|refund|repay|get|give)\w*\b[^.!?;]{0,20}"
            r"\b(?:cent|penny|money|funds|savings|pension|principal|loss(?:es)?)\b",
            r"\b(?:make sure|guarantee|promise|swear|my word)[^.!?;]{0,30}\b(?:(?:get|have|gets)\b[^.!?;]{0,20}\bback|be paid)\b",
            r"\b(?:rest assured|assure|promise|guarantee)\b[^.!?;]{0,30}\b(?:back|recovered|returned)\b",
            r"\byou(?:'ll| will)(?: \w+)? (?:get|have|receive) (?:a |your |the )?(?:full )?refund\b|\byou(?:'ll| will) get it (?:all )?back\b",
            r"\bevery (?:cent|penny|yuan)(?: of it)? (?:will|is|shall)[^.!?;]{0,12}\b(?:returned|back|recovered|repaid)\b",
            rf"\byou(?:'ll| will| are going to)(?: (?:definitely|certainly|surely|all|soon|fully))* be (?:fully |soon )?{_REPAID}\b",
            r"\byou(?:'ll| will)(?: (?:definitely|certainly|surely))? (?:get|have|receive) (?:all )?(?:of )?(?:your|the) "
            r"(?:money|savings|funds) back\b",
            r"\b(?:we|i)(?:'ll| will| can| could| shall|'re going to| are going to)(?: (?:definitely|certainly|surely))? "
            r"(?:get|have|recover|refund|return|bring) (?:you )?(?:all )?(?:of )?(?:your|the) (?:money|loss|losses|savings|funds)\b",
            r"\bwe(?:'ll| will| can| shall| are going to|'re going to) (?:compensate|reimburse|repay|refund)\b",
            r"\b(?:we|i)(?:'ll| will) recover every\b|\byou(?:'ll| will) (?:get|receive) your (?:money|savings|funds) (?:within|by|in|soon)\b",
            r"\bwe(?:'ll| will| shall) pay you\b(?! (?:the|your) reward)",
            r"\bthe (?:government|state|police|bank|county|city)(?:'ll| will| shall| is going to) "
            r"(?:compensate|reimburse|repay|refund|pay you|cover your|make good|(?:give|get) you your money)\b",
            r"\bloss(?:es)?(?: will be| are| is|'ll be)(?: fully)? (?:covered|compensated|made good|reimbursed)\b",
            r"\b(?:your|the) (?:money|savings|funds) (?:is|are|will be) (?:safe|guaranteed)\b",
            r"\byour (?:money|savings|funds|loss|losses) (?:will|is going to|are going to) (?:be )?"
            r"(?:returned|refunded|repaid|recovered|come back)\b",
            r"\b(?:every (?:cent|penny|yuan)|your (?:money|savings|funds)|the money|it all) (?:is|are) (?:all )?(?:coming|on its way|going to come) back\b",
            r"\b(?:sure|certain|bound) to (?:get|have|recover|receive)\b[^.!?;]{0,20}\b(?:money|funds|savings|back|refund)\b",
            r"\b(?:refund|repayment|recovery|return of your money) (?:is|are) (?:guaranteed|certain)\b",
        ),
        Promised.REWARD: (
            r"\breward (?:is|are) (?:guaranteed|certain)\b",
            r"\b(?:definitely|certainly|surely|guarantee\w*|for sure|promise|(?:sure|certain|bound) to)\b[^.!?;]{0,24}\brewards?\b",
        ),
        Promised.OUTCOME: (
            r"\b(?:definitely|certainly|surely|for sure|guarantee\w*|promise)\b[^.!?;]{0,20}\b"
            r"(?:arrested|caught|catch (?:him|her|them)|convicted|jailed|go to jail|go to prison)\b",
            r"\b(?:arrested|caught|convicted|jailed|jail|prison|punished)\b[^.!?;]{0,20}\b(?:i (?:can )?(?:promise|guarantee|swear)|my word|for sure)\b",
            r"\b(?:sure|certain|bound) to (?:be (?:arrested|caught|convicted|jailed)|go to (?:jail|prison)|catch)\b",
        ),
        Promised.OFFER: (
            r"\b(?:risk|loss)[ -]?free\b|\b(?:no|zero)[ -]risk\b|\byou (?:can't|cannot) go wrong\b"
            r"|\b(?:you|one) (?:cannot|can't|can not) lose\b|\ba sure (?:win|profit|thing)\b",
            r"\b(?:safe to invest|you can (?:safely )?invest|(?:platform|app|company|investment|product|fund) is "
            r"(?:(?:completely|perfectly|totally|absolutely|entirely|very|fully|quite) )?"
            r"(?:safe|legitimate|legit))\b",
        ),
        Promised.VERDICT: (
            r"\bwe (?:have |'ve )?(?:determined|established|ruled|concluded|found|confirmed|proved|proven|decided) (?:that )?"
            r"(?:it|he|she|they|(?:this|that|the|these)(?: \w+)?) (?:is|are|was|were) (?:an? )?(?:illegal|fraud(?:ulent)?|scam|crime|criminal)s?\b",
            r"\bthe (?:suspect|company|man|woman|boss|platform|seller)s? (?:is|are) (?:guilty|a criminal|criminals|fraudsters?|a fraud)\b",
            r"\b(?:he|she|they|it|this) (?:is|are) (?:definitely|certainly) (?:a )?(?:fraud|scam|criminal|swindler)s?\b",
        ),
    }.items()
    for pattern in patterns
)

_SHALL: Final = rf"(?:会(?!员|计|议|不会|上)|能(?!不能|否|力|源)|就(?!是|业|近|算)|将|[给替帮][您你]|负责|一定(?!要)|肯定|{_WITHIN})"
SOFT: Final = (
    re.compile(
        rf"{_SHALL}[^。！？；，不否没无]{{0,10}}(?:还钱|退钱|赔钱|见钱|还款(?!记录|凭证|计划|方案|日|能力|协议|明细)|退款(?!申请|流程|程序|手续|规则|记录|通道))"
    ),
    re.compile(
        rf"{_SHALL}[^。！？；，不否没无]{{0,8}}把[^。！？；，]{{0,4}}(?:钱|款|本金|损失)[^。！？；，]{{0,3}}(?:退|还|赔|[要追拿讨]回)"
    ),
    re.compile(r"(?:钱|本金|资金|积蓄)[^。！？；，不否没无]{0,4}(?:有着落|有指望|丢不了|少不了|跑不了)"),
    re.compile(
        r"(?:全权)?负责[您你]的?(?:全部|所有)?损失|报(?:个|了)?(?:案|警)就[^。！？；，不]{0,6}[要追拿讨]回"
    ),
    re.compile(r"(?:奖金|奖励)(?:已经?|都|我们)*(?:给|为|替)[您你](?:留|备|准备|申请)好了"),
    re.compile(
        r"人(?:肯定|一定|绝对)?(?:跑|逃)不(?:了|掉|甩)|(?:一定|肯定|都|也)能?(?:拉到|抓到|捉到|抓回来)"
    ),
    # when money is back, made good, or paid out
    re.compile(
        rf"(?<!奖励的)(?:钱|款|本金|资金)[^。！？；，不否没无]{{0,2}}{_WITHIN}[^。！？；，不否没无]{{0,3}}(?:回来|回到|到账|退|打给)|{_WITHIN}(?:钱|款|本金)[^。！？；，不否没无]{{0,3}}(?:回来|到账|打给)"
    ),
    re.compile(
        r"(?:亏|赔|损失|被骗)(?:了|掉)?的?(?:钱|款)?[^。！？；，不否没无]{0,3}(?:有人|公家|政府|国家|单位|我们)[^。！？；，不否没无]{0,2}(?:赔|补|还|垫|兜)|(?:国家|政府|公家)出钱"
    ),
    re.compile(
        r"(?:帮|替|给|为)[您你][^。！？；，不否没无]{0,4}(?:挽回|追回|要回|拿回|讨回)[^。！？；，]{0,4}(?:损失|钱|款|本金)"
    ),
    re.compile(
        rf"(?:退款|还款|退赔|赔款|赔偿金|赔偿款)(?:都|已经?)+(?:安排|定|批|落实)|(?:{_SURE}|法院会)[^。！？；，不否没无]{{0,6}}(?:兑付|偿付|清退|判[退赔还])"
    ),
    re.compile(
        r"(?:我们?|政府|国家|公家)(?:给|替|帮)(?:[您你]|大家)们?(?:兜|扛|顶|担)着|(?:[报举][了个]?[警案])钱就"
    ),
    re.compile(
        r"(?:奖金|奖励)(?:是|都|也)?(?:妥妥|稳稳|铁定|板上钉钉|到手)|(?:退|还|赔)(?:[您你]|全款)[^。！？；，不否没无]{0,6}(?:没有|毫无)悬念"
    ),
    re.compile(r"(?:尽管|大胆|只管)(?:去)?(?:投|买|存|转|交)(?!诉)"),
)
"""That money comes, said without a word of surety: “法院会判他们还钱”. Let through where the sentence leaves it open."""
HEDGED: Final = re.compile(
    r"要看|取决于|能否|能不能|可否|是否|有没有|如果|假如|要是|万一|若|尽力|争取|尽量|可能|也许|未必|不一定|依法|按照?规定|按比例|方案|程序|申请|吗|[?？]"
    r"|骗|声称|自称|承诺的|对方|他们说|有人说|谁|任何|当心|小心|谨防|不要信|别信|相信|套路|话术|先交|手续费|登记"
)
"""What leaves it open, asks, warns, or tells what others say."""
_WILL: Final = r"(?:will|'ll|shall|is going to|are going to|'re going to)(?: (?:soon|shortly|all|then|certainly|surely))*"
SOFT_ENGLISH: Final = (
    re.compile(
        rf"\b(?:money|funds|savings|deposit|loss|losses|principal|payment|investment|pension)\b(?: \w+){{0,2}}? ?{_WILL} (?:be |come )?"
        r"(?:back|returned|refunded|repaid|recovered|reimbursed|compensated|covered)\b"
    ),
    re.compile(
        rf"\b(?:government|state|police|bank|court|county|city|we|i)(?: |(?=')){_WILL} (?:cover|make up|make good|refund|repay|return|compensate|reimburse)\b"
    ),
    re.compile(rf"\byou(?: |(?=')){_WILL} (?:get|be) (?:paid|repaid|refunded|compensated|reimbursed)\b"),
    re.compile(
        r"\b(?:refund|repayment|money|reward) is (?:already )?(?:on its way|in the bag|as good as yours)\b"
        r"|\bfull (?:recovery|refund|repayment) is (?:certain|sure|assured)\b|\bmade good by the (?:state|government|police|bank)\b"
    ),
    re.compile(
        r"\b(?:we|i)(?:'re| are|'m| am) going to (?:bring|get|win|fetch) back\b|\byou (?:can't|cannot) go wrong\b"
        r"|\b(?:we|i)(?:'ll| will) (?:get|bring|win) (?:you )?(?:every|all|it|the)\b[^.!?;]{0,20}\bback\b"
        r"|\b(?:money|funds|savings|refund) will be (?:in|on) your (?:account|card|hands)\b"
    ),
    re.compile(
        r"\bno way (?:that )?you(?:'ll| will| can)? lose\b|\bpromise (?:you )?(?:a )?(?:full|complete) (?:compensation|refund|repayment)\b"
    ),
    re.compile(
        r"\b(?:broker|platform|company|firm|app|agent|adviser) is [^.!?;]{0,16}\b(?:safe|legit(?:imate)?)\b"
    ),
)
HEDGED_ENGLISH: Final = re.compile(
    r"\b(?:if|whether|may|might|could|depends?|depending|apply|unless|claim(?:s|ed)?|scam\w*|fraud\w*|beware|say|says|said|not|never|cannot"
    r"|nobody|no one|anyone|ask|decided by|subject to|possibly|perhaps)\b|(?<!do)n't\b|\bdon't (?!worry)|\?"
)

SPELT: Final = re.compile(
    r"(?:we|i)(?:will|shall|can|guarantee|promise)\w{0,24}(?:refund|repay|recover|compensate|moneyback)|guaranteed"
)
"""What is written letter by letter has no blanks between its words."""

CANTONESE: Final = (
    (re.compile("([我你佢])[哋地](?=[会会将能可一来负])|([我你佢])哋"), r"\1\2们"),
    (re.compile("佢"), "他"),
    (re.compile("攞"), "拿"),
    (re.compile("[俾畀]"), "给"),
    (re.compile("嘅"), "的"),
    (re.compile("唔"), "不"),
    (re.compile("好快"), "很快"),
    (re.compile("返(?!还|利|款|现|点|佣|钱|租|乡|程)"), "回"),
)
"""Words of Cantonese, and what the patterns know them as."""
