"""Words of someone who may end their life, told from ways of speaking in which nobody dies. Total and pure.

Better heard once too often than once too seldom: what another person near is said to be about to do counts too, and so do
hints (“我走了以后，你们照顾我妈”). But “笑死我了” is no cry, and who is answered there as if it were does not believe the
answer when it counts. An insult (“他骂我怎么不去死”) and what happened to others long ago are told, not felt.
"""

import re
from typing import Final

from bot.conversation.understanding import fold, plain

_I: Final = "(?:我|俺|咱|侬|偶)"
_DEED: Final = "(?:跳楼|跳河|跳江|跳桥|自杀|轻生|寻死|寻短见|上吊|喝农药|喝药|去死)"
_NONE: Final = "(?:没有?|没得|没啥|没什么|莫得?|冇乜?|木有|有(?:什么|啥|么子|甚|乜)|还有(?:什么|啥|甚))"

_DESPAIR = re.compile(
    "|".join(
        (
            # wishing to be dead
            "(?:想|只能|打算|准备|宁愿|不如)去?死(?!你|我|他|她|当|的人|心|板|缠|磕)|想要死|去死了算|我去死|让我死|死给|死的心|一死了之|寻死",
            "(?:不|唔)(?:想|愿)(?:意)?(?:再|继续)+活(?!动|得|络|泼|跃|用|捉)|(?:不|唔)想活(?!动|得|络|泼|跃|用|捉)|不愿活|(?:不|唔)想(?:再)?在(?:这个)?(?:世上|世界上|人世|世间)|(?:不|唔)想做人|唔想生",
            "没法活|活(?:不|唔)(?:下|落)去|活不成|活不起|活不了(?!几|多)|不活了|活够了|活腻|(?:撑|熬|挺)不下去了?",
            "活得(?:太累|没意思|没劲|没盼头|没意义|窝囊|憋屈)",
            f"活(?:着|起|倒)(?:真|实在|也|都|又|就|太|好|简直)*{_NONE}(?:意思|意义|劲|用|盼头|奔头|价值|想头|味)",
            "活(?:着|起|倒)(?:真|也|都|又|就|还|太|好)*(?:干啥|干什么|干嘛|做什么|做啥|累|受罪|遭罪|丢人)",
            "(?:没|没有|没得|莫得|冇|木有)(?:得)?(?:活头|活路|活下去的|活着的(?:意义|理由|必要))|没脸(?:活|见(?:人|孩子|儿女|家里|爹娘))",
            "(?:勇气|理由|意义)活(?:下去|着)|活下去的?(?:勇气|理由|念头|意义)|生无可恋|生不如死|人间不值得",
            "不如(?:一头)?(?:撞)?死|一头撞死|死(?:了|咗|掉)(?:就|才|倒|还|也)*(?:算|得了|干净|清净|清静|好|解脱|轻松|痛快|拉倒|一了)|一了百了",
            "(?:老天爷?|阎王爷?|菩萨).{0,5}(?:收了?|收走|带走)我|睡过去.{0,6}(?:不醒|别醒|不要醒)|再也不(?:要|想)?醒|长睡不醒|不想醒(?:来|过来)",
            # ways of doing it
            "自杀|自尽|轻生|寻短见|走绝路|(?:走|逼)上绝路|走投无路|了结(?:我)?自己|了断(?:我)?自己|结束(?:我|自己)的?(?:命|一生)",
            "结束(?:我?自己的?|我的)?生命(?!周期)|结束自己|结束这一切|想不开了|(?:我|真|老|都)想不开(?!户|账|店|门|票|发|公司|卡|机)",
            "跳楼(?!价|大?甩卖|大?处理|大?促|清仓|机)|跳河|跳江|跳桥|跳海|投河|投江|投井|割手?腕|卧轨|割脉|烧炭自|上吊(?!牌|灯|顶|扇|桥|车|坠)|吊死(?!鬼)",
            "从.{0,4}(?:楼|桥|窗|阳台|天台).{0,3}跳(?:下|出)|(?:想|要)跳下去|跳下去(?:算|得了|就)",
            "(?:站|爬|坐)(?:在|到|上)了?(?:桥|楼顶|天台|江边|河边|阳台|窗台|栏杆|铁轨).{0,8}(?:跳|不想|活|回头|死|命|下去)",
            "(?:喝|吃|吞)(?:了|下)?(?:农药|百草枯|敌敌畏|老鼠药|耗子药)|(?:农药|百草枯|敌敌畏)(?:就?在|拿在)?(?:我)?手(?:里|上)|想(?:要)?结束一切|自我了断|(?:想|要)离开(?:这个)?世界|^喝药$|喝药(?:死|算|自|了断|走)|(?:想|就|去|准备)喝药(?!酒|膳)",
            "(?:买|备|准备)(?:好|下|了)+(?:一|瓶|包|半)*(?:百草枯|敌敌畏|老鼠药|耗子药|安眠药)|吃药(?:走|死|自|了断|解脱)|一根绳子?(?:算|了|吊)",
            "安眠药.{0,3}(?:吃(?:光|完|下去|一把|整)|吞)|(?:吞|(?:想|准备|打算|就)吃|吃(?:了|下|光)?(?:一|整|半|两|好多|很多|所有|全部)).{0,3}安眠药",
            # taking leave
            f"离开(?:这个)?人世|(?:写|留)(?:好|下|了|一|个|封)*遗书|遗书.{{0,3}}(?:写|留)|交代后事|{_I}(?:走|死|不在)了?(?:以后|之后|后)?.{{0,6}}(?:照顾|照看|托付)",
            "(?:来世|来生|下辈子)再|(?:条|老|我)命(?:也|都)?不要了",
        )
    )
)
_DESPAIR_ENGLISH = re.compile(
    r"\b(?:"
    + "|".join(
        (
            "kill(?:ing)? myself|suicid(?:e|al)|end(?:ing)? (?:my|this) life|tak(?:e|ing) my (?:own )?life",
            "end(?:ing)? it (?:all|tonight|for good)|want to die|wanna die|feel like (?:dying|ending it)|wish i (?:was|were) dead",
            "rather (?:die|be dead)(?! than (?!live|go on))|better off dead|better off without me|(?:nobody|no one) (?:would|will) miss me",
            "(?:do not|don't|dont) (?:want|wish) to (?:live|be alive|be here any ?more|go on living|wake up)",
            "no (?:reason|point) (?:to|in|of) (?:live|living|going on)|nothing to live for|life (?:is|was)(?: not|n't) worth(?: living)?",
            "not worth living|tired of (?:living|life)|point (?:of|in) (?:living|going on)|never wake up|go to sleep and not wake",
            "can(?:not|'t|t) (?:go on (?:living|any ?more|like this)|live (?:any ?more|any ?longer|like this))",
            "jump(?:ing)? off (?:a|the) (?:building|bridge|roof)|(?:bridge|roof|ledge|window)\\b.{0,24}\\bjump|hang(?:ing)? myself",
            "(?:want|going|ready) to end it|should (?:just )?die|let me die|end my own life|kill my self|hang my self",
            "(?:no longer|do not|don't|dont|didn't) (?:want|wanna|wish) (?:to )?(?:live|be alive)|dont wanna live|don't wanna live",
            "(?:nothing|no reason|any reason)(?: \\w+){0,3} to live(?: for)?|can(?:not|'t|t) go on|drown myself|shoot myself",
            "jump(?:ing)? (?:from|off) (?:a|the) (?:building|bridge|roof)|cut(?:ting)? my wrists?",
            "slit my wrists?|overdose|(?:swallow|take|took|drink|drank) (?:all )?(?:the |my |some )?(?:sleeping pills|pesticide|poison)",
        )
    )
    + r")\b"
)
_NO_DESPAIR = re.compile(
    "|".join(
        (
            "(?:笑|累|热|冷|饿|困|烦|忙|急|气|吵|渴|疼|馋|美|乐|高兴|羡慕|吓|坑|丑|晒|闷|堵|挤|愁)死",
            "死缠烂打|死皮赖脸|死活|死心|死板|死机|死账|卡死|该死|想死(?:我|你|他|她)们?(?!自己)|不想活得",
            f"(?:没|不会|不是|不|别)(?:要|想|去|打算|可能)?(?:{_DEED}|想死|想不开)",
            f"(?:新闻|听说|电影|电视|小说).{{0,8}}{_DEED}",
            f"(?:上个?月|去年|前年|以前|上周|前几天|前阵子|当年|那年)[^我俺]{{0,8}}{_DEED}|[^我俺]{{2,8}}(?:去年|上个?月|前年)[^我俺]{{0,8}}{_DEED}",
            # somebody else's abuse or blackmail
            "(?:他|她|对方|人家|催债的?|催收的?|骗子|客服|老板)们?(?:就|都|还|又|总|老|天天)*(?:说|骂|叫|让|咒|喊).{0,10}?去死",
            f"(?:骗子|对方|客服|业务员|老板|他|她)们?.{{0,2}}(?:威胁|吓唬|扬言).{{0,6}}{_DEED}|骗子.{{0,3}}说.{{0,6}}{_DEED}",
            "(?:not|never|n't|isn't|am not) (?:suicidal|going to kill myself|thinking of suicide)",
            "suicide (?:prevention|hotline|squad)|(?:do not|don't|dont) want to die|(?:told|tells?|telling) me to (?:kill myself|die)",
        )
    )
)
"""Ways of speaking in which nobody dies. They are taken out before anything is looked for."""


def says_despair(text: str) -> bool:
    """Whether someone speaks of ending a life, in either kind of characters, in some dialects, or in English."""
    # 著 is its own simplified form (著名), but in “活著” it stands for 着. The marks stay while ways of speaking are
    # taken out, and may divide: “想死，我好累” is not “想死我”.
    folded = fold(text.replace("\n", "，")).replace("活著", "活着")
    marked = _NO_DESPAIR.sub("", "".join(folded.split()))
    english = _NO_DESPAIR.sub("", fold(text).replace("’", "'"))
    return (
        _DESPAIR.search(marked) is not None
        or _DESPAIR.search(plain(marked)) is not None
        or _DESPAIR_ENGLISH.search(english) is not None
    )
