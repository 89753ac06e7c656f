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
            "(?:想|只能|打算|准备|宁愿|不如)去?死(?!你|我|他|她|当|的人|心|板|缠|磕|等|守|扛|记|盯|胡同)|想要死|去死了算|我去死(?!胡同)|让我死|死给|死的心|一死了之|寻死",
            "(?:不|唔)(?:想|愿)(?:意)?(?:再|继续)*[苟偷]?活(?!动|期|得|络|泼|跃|用|捉)|(?:不|唔)想(?:再)?在(?:这个|呢个)?(?:世上|世界|人世|世间)",
            "(?:不|唔)想(?:再)?做人(?!家|质|情|口|力)|唔想生|不配活|(?:大家|家里|孩子|屋企人?|不如)(?:没了?|没有|冇咗)我",
            f"做人(?:真|真系|都|也|好|已经)*{_NONE}(?:意思|意义|用|盼头)|生存落去{_NONE}|(?:一睡|长眠)不(?:起|醒)|永远(?:睡着|睡过去|睡下去|闭上|不醒)",
            "闭上眼.{0,6}不.{0,3}睁|活到头|瞓到(?:唔使|唔)醒",
            "没法活(?!动|络)|活(?:不|唔)(?:下|落)去|活不成|活不起|活不了(?!几|多)|不活了|活够了|活腻|(?:撑|熬|挺)不下去了?",
            "(?:撑|熬|捱)[不唔]住了?(?=$|[，。！,.!])|[不唔]想(?:再)?(?:撑|熬|捱)(?:了|落去|下去|$)",
            "活得(?:太累|没意思|没劲|没盼头|没意义|窝囊|憋屈)",
            f"活(?:着|起|倒)(?:真|实在|也|都|又|就|太|好|简直)*{_NONE}(?:意思|意义|劲|用|盼头|奔头|价值|想头|味)",
            "活着.{0,2}(?:遭|受)(?:这|那|呢)(?:个|些|份)?(?:罪|苦)",
            "活(?:着|起|倒)(?:真|也|都|又|就|还|太|好|是|只是)*(?:干啥|干什么|干嘛|做什么|做啥|累|受罪|遭罪|丢人)",
            "(?:没|没有|没得|莫得|冇|木有)(?:得)?(?:活头|活路|活下去的|活着的(?:意义|理由|必要)|(?:必要|理由|勇气|力气|心思)(?:再|继续)*活(?!动))",
            "没脸(?:活|见(?:人|孩子|儿女|家里|家人|爹娘|父母|老伴|老婆|老公|祖宗))|还?活(?:个|得)(?:什么|啥|甚)(?:劲|意思|头)?",
            "(?:只有|只剩|就剩|得)(?:一死|死路|死这条路)|除了(?:去)?死(?!者|人|忠|期)",
            "(?:我|就|只|真)(?:想|要|求)(?:早点|快点|早日|要|个)*(?:解脱(?!这|那|债|出|贷|套|合)|(?:永远|彻底)*消失)",
            "(?:死|不在|消失)了.{0,2}(?:谁|也?没人|都没人|没有人|冇人)(?:也|都)*(?:不会|会)?(?:在意|在乎|难过|伤心|知道)",
            "死(?:了|咗|掉)就(?:乜|什么|啥)?(?:都|也)|我死(?:了|咗).{0,4}(?:不用|唔使|就不)(?:再)?还",
            "(?:没有?了?|冇咗)我.{0,4}(?:大家|他们|你们|家里|孩子|屋企).{0,4}(?:好过|轻松|更好|安生|清静)",
            "(?:勇气|理由|意义)(?:活(?:下去|着)|生存)|人生(?:已经|都|再也)*(?:没有?|冇)(?:了)?(?:希望|意义|意思|盼头|指望)",
            "活下去的?(?:勇气|理由|念头|意义)|生无可恋|生不如死|人间不值得",
            "不如(?:一头)?(?:撞)?死|一头撞死|死(?:了|咗|掉)(?:就|才|倒|还|也)*(?:算|得了|干净|清净|清静|好|解脱|轻松|痛快|拉倒|一了)|一了百了",
            "(?:老天爷?|阎王爷?|菩萨).{0,5}(?:收了?|收走|带走)我|睡过去.{0,6}(?:不醒|别醒|不要醒)|再也不(?:要|想)?醒|长睡不醒",
            "(?:不|唔)(?:想|愿)(?:再)?醒(?!悟|酒|目)",
            # ways of doing it
            "自杀|自尽|轻生|寻短见|走绝路|(?:走|逼)上绝路|走投无路|了结(?:我)?自己(?!的)|了断(?:我)?自己(?!的)|(?:了[结断]|结束)(?:我|自己|我自己)的?(?:命|性命|生命|一生|人生|余生|痛苦|一切|残生)",
            "结束(?:我?自己的?|我的)?生命(?!周期)|结束自己(?!的)|结束这一切|想不开了|(?:我|真|老|都)想不开(?!户|账|店|门|票|发|公司|卡|机)",
            "跳楼(?!价|大?甩卖|大?处理|大?促|清仓|机)|跳(?:进|下|落|入)?(?:河|江|桥|海|轨|长江|黄河|珠江|湘江|水库|池塘|鱼塘|大桥|铁轨)|投河(?!南|北|源|池)|投江(?!苏|西|门|阴|浙|北|南|宁|都|油)|投井",
            "割手?腕|卧轨|割脉|(?:去|想|要|准备)烧炭(?!烤|火)|烧炭(?:自|算|死|走)|上吊(?!牌|绳|灯|顶|扇|桥|车|坠)|吊死(?!鬼)",
            "从.{0,4}(?:楼|桥|窗|阳台|天台).{0,3}跳(?:下|出)|(?:想|要)跳下去|跳下去(?:算|得了|就)",
            "(?:站|爬|坐|企|我)(?:咗|了)?(?:在|到|上|喺)了?.{0,2}(?:桥|楼顶|顶楼|天台|江边|河边|海边|阳台|窗台|栏杆|铁轨).{0,8}(?:跳(?!舞|广场|绳|操|健|蚤|槽)|不想|唔想|活(?!动|鱼|水|期|络)|回头|死|命(?!令|名)|[下落]去(?![菜地年买坐搭拿对旁])|风(?!险|投|景|筝|扇)|抖(?!音)|最后一?次(?!机会|活动|优惠))",
            "^(?:我|人)(?:已经|都|而家|现在)*(?:站|爬|坐|企)(?:咗|了)?(?:在|到|上|喺)了?.{0,2}(?:桥|楼顶|顶楼|天台|江边|河边|海边|窗台|栏杆|铁轨)(?:上|边|外|度|面)*(?:了|喇)?$",
            "(?:喝|吃|吞|饮|食)(?:了|下|咗)?(?:农药|百草枯|敌敌畏|老鼠药|耗子药)|(?:农药|百草枯|敌敌畏)(?:就?在|拿在)?(?:我)?手(?:里|上)",
            "想(?:要)?结束一切|自我了[断结]|一起死(?!磕)|睡死过去|把药(?:都|全)(?:吃|喝)了|(?:想|要)离开(?:这个)?世界|^喝药$|喝药去?(?:死|算|自|了断|走(?!路))",
            "(?:想|就|去|准备)喝药(?!酒|膳)",
            "(?:买|备|准备)(?:好|下|了|咗)+(?:一|瓶|包|半)*(?:百草枯|敌敌畏|老鼠药|耗子药|安眠药)|准备(?:好|了)+(?:一|瓶|半)*农药",
            "农药.{0,3}喝(?:完|下|光|掉)|吃药(?:走(?!路|着)|死|自|了断|解脱)",
            "一根绳子?(?:算|了|吊)|绳子?.{0,3}(?:准备|买|系|挂|绑)(?:好|了)+|把安眠药|安眠药.{0,3}(?:吃(?:光|完|下去|一把|整)|吞)",
            "(?:吞|(?:想|准备|打算|就|去)(?:吃|食)|[吃食](?:了|下|光|咗)?(?:一|整|成|半|两|好多|很多|所有|全部)).{0,3}安眠药",
            # taking leave
            "离开(?:这个)?人世|(?:写|留)(?:好|下|了|咗|一|个|封)*遗书|以死(?:谢罪|明志|抵债)|用命(?:来)?[赔抵还]|攞条命嚟[赔抵还]",
            "(?:没|冇)(?:什么|啥|嘢|有)*(?:好|可|值得我?)留恋|(?:不|唔)想(?:再)?[见看]到?(?:明天|听日)|遗书.{0,3}(?:写|留)|交[代待]后事",
            f"(?:我|自己).{{0,6}}后事.{{0,3}}(?:交[代待]|安排|准备)(?:好|了)|{_I}(?:走|死|不在)了?(?:以后|之后|后)?.{{0,6}}(?:照顾|照看|托付)",
            "(?:来世|来生|下辈子|下世)再(?!也不(?:信|上当|碰|买|贪|投|借))|(?:条|老|我)命(?:也|都)?(?:不要了|唔要)|永别了?|留(?:了|下)?(?:一)?封信.{0,4}走了",
            "我.{0,4}走了.{0,2}(?:别|不要|不用|唔好)(?:再|来)?找我|我走了.{0,2}(?:你们|孩子|娃|大家).{0,4}(?:好好|保重)|分了吧.{0,3}我先?走",
            "孩子.{0,6}先走一步|[爸妈爷奶]先走一步|(?:不|唔)想(?:再)?[拖连]累.{1,6}(?:早点走|走了|死|去了)|我(?:要|想|去)了断(?!这|那|此|债|关系|和|跟|同|与)",
            "(?:想|要|去)(?:去|下去)?(?:找|陪|跟)(?:我)?(?:死去|过世|去世|走了|死了|地下)的?(?:老伴|老头|老婆|老公|爱人|丈夫|妻子|爸|妈|爹|娘|儿|女|孩|父|母)",
            "想跟(?:他|她|老伴|老头子)(?:一起)?(?:去|走)了",
        )
    )
)
_LIFE: Final = "life(?! (?:insurance|assurance|savings|polic(?:y|ies)|annuity|cover|plan))"
_NO_STEP: Final = (
    "(?! (?:to (?:the|a|your)|on|the|your|wechat|telegram|facebook|line|my (?:phone|computer)|with (?:this|the|my) "
    "(?:report|form|quiz|questions?|chat|registration|payment))\\b)"
)
"""“I can't go on the website”, “to the next step”: it is the page that goes on no more."""
_DESPAIR_ENGLISH = re.compile(
    r"\b(?:"
    + "|".join(
        (
            f"kill(?:ing)? myself|suicid(?:e|al)|end(?:ing)? (?:my|this) {_LIFE}|tak(?:e|ing) my (?:own )?{_LIFE}",
            "end(?:ing)? it (?:all|tonight|for good)|want to die|wanna die|feel like (?:dying|ending it)|wish i (?:was|were) dead",
            "rather (?:die|be dead)(?! than (?!live|go on))|better off dead|better off without me|(?:nobody|no one) (?:would|will) miss me",
            "(?:do not|don't|dont) (?:want|wish) to (?:exist|be here any ?more|go on living|wake up)",
            "no (?:reason|point) (?:to|in|of) (?:live|living|going on)|reason to (?:keep|go on|continue) (?:living|going)|nothing to live for",
            "life (?:is|was)(?: not|n't) worth(?: living)?",
            f"not worth living(?! (?:there|here|in))|tired of (?:living|{_LIFE})|point (?:of|in) (?:living|going on)|never wake up|go to sleep and not wake",
            f"can(?:not|'t|t) (?:go on{_NO_STEP}|live (?:any ?more|any ?longer|like this|with (?:this|it|myself)))",
            "jump(?:ing)? (?:from|off) (?:a|the|my) (?:building|bridge|roof|window|balcony)|jump(?:ing)? out (?:of )?(?:a|the|my) window",
            "(?:bridge|roof|ledge|(?:at|on|by|from) (?:a |the |my )?window)\\b.{0,24}\\bjump(?:ing)?(?! ropes?)",
            "(?:want|going|ready) to end it|should (?:just )?die|let me die|end my own life|kill my self|hang(?:ing)? my ?self|drown myself|shoot myself",
            "(?:no longer|do not|don't|dont|didn't) (?:want|wanna|wish) (?:to )?(?:live|be alive)",
            "(?:nothing|no reason|any reason)(?: \\w+){0,3} to live(?: for)?|cut(?:ting)? my wrists?|slit my wrists?|overdose",
            "(?:kill|hang|drown|shoot)(?:ing)? (?:him|her|them)sel(?:f|ves)|(?:only|no) way out (?:but|is|except) (?:death|to die|dying)|see no way out",
            "(?:swallow|take|took|drink|drank) (?:all )?(?:the |my |some )?(?:sleeping pills|pesticide|poison)",
            "(?:swallow(?:ed)?|took|taken|take) (?:(?:the|my|a|whole|full) )*(?:bottle of|too many|handful of)(?: \\w+)? ?pills",
            "(?:took|taken|swallowed) all (?:of )?(?:my|the) (?:\\w+ )?(?:pills|tablets|medicine)|ready to die|about to jump",
            f"(?:bought|got|have) (?:a|the) rope|goodbye\\b.{{0,20}}ending it|(?:done|finished|fed up) with (?:(?:my )?{_LIFE}|living)|hate my {_LIFE}",
            "take care of my (?:kids|children|family|mother|mum|mom|wife|husband|son|daughter)\\b.{0,20}\\bgone",
            "\\bgone\\b.{0,20}take care of my (?:kids|children|family)",
            "hope i (?:don't|dont|do not|never) wake|death is the only|world\\b.{0,20}better without me|(?:want to|wanna|could just) disappear",
            "want (?:it|this) to be over",
            "(?:pills|rope|noose|poison|pesticide|razor|blade) in my hands?|(?:goodbye|farewell) (?:note|letter)(?! from)",
            "wish i (?:was|were|had|'d) never (?:been )?born",
            "i just want (?:it|this|everything)(?: all)? to (?:end|be over)|want (?:it all|everything) to (?:end|be over)",
            "goodbye\\b.{0,40}(?:won't|wont|will not) be here",
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
            "(?<!我)自杀(?:赔不赔|也?不赔|赔吗|免责|免赔|条款|的?理赔)|老板[^我]{0,5}说要(?:跳楼|自杀)",
            "走投无路(?:的|就|都|可以|请|欢迎)*来?(?:找我|联系|加我|加微信)",
            "(?:没活路|走投无路|走绝路|活不下去)的(?:公司|企业|老板|骗子|平台|商家|店|厂)",
            f"(?:新闻|听说|电影|电视|小说).{{0,8}}{_DEED}",
            f"(?:上个?月|去年|前年|以前|上周|前几天|前阵子|当年|那年)[^我俺]{{0,8}}{_DEED}|[^我俺]{{2,8}}(?:去年|上个?月|前年)[^我俺]{{0,8}}{_DEED}",
            # somebody else's abuse or blackmail
            "(?:他|她|对方|人家|催债的?|催收的?|骗子|客服|老板)们?(?:就|都|还|又|总|老|天天)*(?:说|骂|叫|让|咒|喊).{0,10}?去死",
            f"(?:骗子|对方|客服|业务员|老板|他|她)们?.{{0,2}}(?:威胁|吓唬|扬言).{{0,6}}{_DEED}|骗子.{{0,3}}说.{{0,6}}{_DEED}",
            "(?:not|never|n't|isn't|am not) (?:suicidal|going to kill myself|thinking of suicide)",
            "suicide (?:prevention|hotline|squad|clause|exclusion)|(?:pays?|cover\\w*|paid) (?:out )?(?:for )?suicide|threat\\w* to kill (?:him|her)self",
            "(?:do not|don't|dont) want to die|(?:told|tells?|telling) me to (?:kill myself|die)",
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
