"""Words of someone who may end their life, told from ways of speaking in which nobody dies. Total and pure.

Better heard once too often than once too seldom: what another person near is said to be about to do counts too, and so do
hints (“我走了以后，你们照顾我妈”). But “笑死我了” is no cry, and who is answered there as if it were does not believe the
answer when it counts. An insult (“他骂我怎么不去死”) and what happened to others long ago are told, not felt.
"""

import re
from typing import Final

from bot.conversation.likeness import LIKE, likeness
from bot.conversation.sounds_alike import written_out
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
            # one's own death spoken of: what comes after it, how it is done, whom it pays
            "(?:我|俺|等我|如果我|要是我|万一我)(?:就|都|要是|真)*死(?:了|咗|掉|后|以后)(?!也不|都不|也不会|心)|(?:怎么|怎样|点样|如何)(?:去)?死(?!的|了的|账|机|期|磕)|死(?:才|就|都|会)?不?(?:疼|痛|难受)(?!了)",
            "死了?.{0,6}(?:能不能|是不是能?|能|可以|够不够)?赔.{0,6}(?:还债|还钱|还上|抵债)|死了?.{0,4}(?:债|账).{0,3}(?:清|没)了|(?<!他们的)(?:我|老|这)(?:条|的)?命.{0,2}(?:赔|抵|还)(?:给|了)?(?:他|你|您|债)",
            # a life that is regretted
            "(?:后悔|错|多余|痛苦|折磨|煎熬|负担).{0,5}(?:就是|是)?(?:还)?(?:活着|活到|生下来|出生)|(?:活着|生存).{0,6}(?:不如|后悔|多余|痛苦|折磨|煎熬|是个?错|负担|累赘)",
            "(?:为什么|为啥|为何|点解|不知道?为)(?:我)?(?:还|仲|要|还要|仲要)+(?:活(?!动|跃)|生存)|(?:没|没有|冇)(?:什么|啥)?牵挂了",
            "(?:想|要|愿)(?:就)?(?:这样|永远|彻底)?消失(?!的|在朋友|在群)|不想?(?:再)?[见看]到?.{0,4}明天(?:的)?(?:太阳)?(?=$|[，。！])|(?:走|死)了(?:就|才|倒)?(?:干净|清净)|我消失(?:好|算)了|(?:不如|还不如).{0,3}埋了|埋了算",
            "(?:吃|吞|服)(?:了|下|咗)(?:[二两三四五六七八九]十|[一几]百|几十|[2-9]\\d|\\d{3})[多几]?(?:片|颗|粒)|地下(?:团圆|相见|陪)|(?:坐|躺|站|趴)(?:在|到)铁轨上(?!的|拍|贴)",
            "给(?:我|俺)(?:多|少)?(?:烧.{0,3}纸|收尸|上坟|上香|立碑)|(?:儿子|女儿|闺女|孩子|娃|老婆|老公|老伴|宝贝)[，,！!].{0,14}(?:妈|爸|我|爷爷|奶奶)(?:先)?走了(?=$|[，。！,.!])",
            "对(?:不|唔)(?:起|住).{0,8}(?:[妈爸爹娘我]|爷爷|奶奶)先走(?!了?一步?[,，]?(?:明天|回头|有空|改天))",
            # ways of doing it
            "刀(?:子|片)?.{0,6}(?:手腕|脖子|喉咙|胸口|心口|脉)|(?:手上|手里|手边|桌上|床头)(?:就)?(?:有|放着|摆着)?(?:一|两|半|几|整)?[瓶把包盒根](?:农药|百草枯|敌敌畏|老鼠药|安眠药|绳子|药片)",
            "(?:门|自己)(?:反?锁|关).{0,8}(?:煤气|农药|烧炭|不吃不喝|药)|煤气.{0,4}(?:拧开|打开|开着不关)",
            "自杀(?!式)|自尽|轻生|寻短见|走绝路|(?:走|逼)上绝路|走投无路|了结(?:我)?自己(?!的)|了断(?:我)?自己(?!的)|(?:了[结断]|结束)(?:我|自己|我自己)的?(?:命|性命|生命|一生|人生|余生|痛苦|一切|残生)",
            "结束(?:我?自己的?|我的)?生命(?!周期)|结束自己(?!的)|结束这一切|想不开了|(?:我|真|老|都)想不开(?!户|账|店|门|票|发|公司|卡|机)",
            "跳楼(?!价|大?甩卖|大?处理|大?促|清仓|机)|跳(?:进|下|落|入)?(?:河|江|桥|海|轨|长江|黄河|珠江|湘江|水库|池塘|鱼塘|大桥|铁轨)|投河(?!南|北|源|池)|投江(?!苏|西|门|阴|浙|北|南|宁|都|油)|投井",
            "割手?腕|卧轨|割脉|(?:去|想|要|准备)烧炭(?!烤|火)|烧炭(?:自|算|死|走)|上吊(?!牌|绳|灯|顶|扇|桥|车|坠)|吊死(?!鬼)",
            "从.{0,4}(?:楼|桥|窗|阳台|天台).{0,3}跳(?:下|出)|(?:想|要)(?:从(?:这|那|呢|嗰).{0,4})?跳下去|跳(?:下|落)去(?:算|得了|就)",
            "(?:站|爬|坐|企|我)(?:咗|了)?(?:在|到|上|喺)了?.{0,2}(?:桥|楼顶|顶楼|天台|江边|河边|海边|阳台|窗台|栏杆|铁轨).{0,8}(?:跳(?!舞|广场|绳|操|健|蚤|槽)|不想|唔想|活(?!动|鱼|水|期|络)|回头|死|命(?!令|名)|[下落]去(?![菜地年买坐搭拿对旁])|风(?!险|投|景|筝|扇)|抖(?!音)|最后一?次(?!机会|活动|优惠))",
            "^(?:我|人)(?:已经|都|而家|现在)*(?:站|爬|坐|企)(?:咗|了)?(?:在|到|上|喺)了?.{0,2}(?:桥|楼顶|顶楼|天台|江边|河边|海边|窗台|栏杆|铁轨)(?:上|边|外|度|面)*(?:了|喇)?$",
            "(?:喝|吃|吞|饮|食)(?:了|下|咗|晒|光)*(?:半|一|整|两|成|大半|好多|好几|啲|点)*[瓶樽盒包把碗口杯]?(?:农药|百草枯|敌敌畏|老鼠药|耗子药)|"
            "(?:吞|吃|食|服)(?:了|下|咗|晒|光)+(?:一|整|好几|一大|成|两)[把瓶盒樽]药(?!效|膳|丸铺|没效|不管)|(?:食|吃)(?:晒|光)(?:啲|了)?安眠药|"
            "(?:农药|百草枯|敌敌畏)(?:就?在|拿在)?(?:我)?手(?:里|上)",
            "想(?:要)?结束一切|自我了[断结]|一起死(?!磕)|睡死过去|把药(?:都|全)(?:吃|喝)了|(?:想|要)离开(?:这个)?世界|^喝药$|喝药去?(?:死|算|自|了断|走(?!路))",
            "(?:想|就|去|准备)喝药(?!酒|膳)",
            "(?:买|备|准备)(?:好|下|了|咗)+(?:一|瓶|包|半)*(?:百草枯|敌敌畏|老鼠药|耗子药|安眠药)|准备(?:好|了)+(?:一|瓶|半)*农药",
            "农药.{0,3}喝(?:完|下|光|掉)|吃药(?:走(?!路|着)|死|自|了断|解脱)",
            "一根绳子?(?:算|了|吊)|绳子?.{0,3}(?:准备|买|系|挂|绑)(?:好|了)+|(?:安眠药|农药|百草枯).{0,3}(?:吃|喝|吞|食)(?:了|下|咗)(?:很多|好多|不少|(?:半|一|整|两|几|大半)?[瓶把盒板])|把安眠药|安眠药.{0,3}(?:吃(?:光|完|下去|一把|整)|吞)",
            "(?:吞|(?:想|准备|打算|就|去)(?:吃|食)|[吃食](?:了|下|光|咗)?(?:一|整|成|半|两|好多|很多|所有|全部)).{0,3}安眠药",
            "(?:就|想|要|今晚|等下).{0,3}从.{0,4}(?:桥|天台|楼顶|窗户?|阳台)(?:上|口|边)?(?:跳|下去(?!就是|右|左|拿|买|接|往|看)|翻?出去(?=$|[，。！了]))",
            "(?:捅|刺|砍|割|弄死|淹死|烧死|毒死|伤害)(?:了|死)?(?:我)?自己(?!的)|开(?:了|着)?煤气.{0,8}(?:走|死|算)|(?:一家人|全家|带(?:着|上)?孩子).{0,3}(?:走算|上路|去死|寻死)",
            "死(?:了|咗|掉)?(?:都|也|反而|倒)?比活|活(?:着|起)?(?:都|还|真)?不如死",
            # taking leave
            "离开(?:这个)?人世|(?:写|留)(?:好|下|了|咗|一|个|封)*遗书|以死(?:谢罪|明志|抵债)|用命(?:来)?[赔抵还]|攞条命嚟[赔抵还]",
            "(?:没|冇)(?:什么|啥|嘢|有)*(?:好|可|值得我?)留恋|(?:不|唔)想(?:再)?[见看]到?(?:明天|听日)|遗书.{0,3}(?:写|留)|交[代待]后事",
            "^(?:我的?|这是我?的?|给.{1,6}的)?(?:遗书|绝笔[书信]?|绝命书|诀别[书信])\\d*$",
            f"(?:我|自己).{{0,6}}后事.{{0,3}}(?:交[代待]|安排|准备)(?:好|了)|{_I}(?:走|死|不在)了?(?:以后|之后|后)?.{{0,6}}(?:照顾|照看|托付)",
            "(?:来世|来生|下辈子|下世)再(?!也不(?:信|上当|碰|买|贪|投|借))|(?<![你他她])(?<!为了.)(?<!为了..)(?<!为了..[,，])命(?:也|都)?(?:不要了|唔要)|永别了?|留(?:了|下)?(?:一)?封信.{0,4}走了",
            "我.{0,4}走了.{0,2}(?:别|不要|不用|唔好)(?:再|来)?找我|我走了.{0,2}(?:你们|孩子|娃|大家).{0,4}(?:好好|保重)|分了吧.{0,3}我先?走",
            "孩子.{0,6}先走一步|[爸妈爷奶]先走一步|(?:不|唔)想(?:再)?[拖连]累.{1,6}(?:早点走|走了|死|去了)|我(?:要|想|去)了断(?!这|那|此|债|关系|和|跟|同|与)",
            "(?:想|要|去)(?:去|下去)?(?:找|陪|跟)(?:我)?(?:死去|过世|去世|走了|死了|地下)的?(?:老伴|老头|老婆|老公|爱人|丈夫|妻子|爸|妈|爹|娘|儿|女|孩|父|母)",
            "想跟(?:他|她|老伴|老头子)(?:一起)?(?:去|走)了",
            "(?:就|要|先)走.{0,4}(?:谁|你们|大家)(?:也|都)?(?:别|不要|唔好)(?:再)?(?:来)?找我",
            f"等{_I}(?:走|死|不在)了.{{0,4}}(?:麻烦|拜托|请|求|帮|替|你们)",
            # asking how it feels, or how much it takes
            f"(?:{_DEED}|烧炭|割腕|安眠药|农药).{{0,8}}(?:疼[吗不]|会不会(?:很|太)?(?:疼|痛|难受|痛苦)|痛[吗不]|(?:多少|几)[片颗粒瓶口].{{0,3}}死|多久.{{0,3}}死|死得(?:了|掉|快))",
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
            "kill(?:ing)? my ?self|(?:want to|wanna|gonna|going to|might|should) (?:kms|unalive)",
            f"suicid(?:e|al)|end(?:ing)? (?:my|this) {_LIFE}|tak(?:e|ing) my (?:own )?{_LIFE}",
            "end(?:ing)? it (?:all|tonight|for good)|want to die|wanna die|feel like (?:dying|ending it)|wish i (?:was|were) dead",
            "rather (?:die|be dead)(?! than (?!live|go on))|better off dead|better off without me|(?:nobody|no one) (?:would|will) miss me",
            "(?:do not|don't|dont) (?:want|wish) to (?:exist|be here any ?more|go on living|wake up)",
            "no (?:reason|point) (?:to|in|of) (?:live|living|going on)|reason to (?:keep|go on|continue) (?:living|going)|nothing to live for",
            "life (?:is|was)(?: not|n't) worth(?: living)?",
            f"not worth living(?! (?:there|here|in))|tired of (?:living|{_LIFE})|point (?:of|in) (?:living|going on)|never wake up|go to sleep and not wake",
            f"can(?:not|'t|t) (?:go on{_NO_STEP}|live (?:any ?more|any ?longer|like this|with (?:this|it|myself)))",
            "jump(?:ing)? (?:from|off) (?:a|the|my) (?:building|bridge|roof|window|balcony)|jump(?:ing)? out (?:of )?(?:a|the|my) window",
            "(?:bridge|roof|ledge|(?:at|on|by|from) (?:a |the |my )?window)\\b.{0,24}\\bjump(?:ing)?(?! ropes?)",
            "(?:want|going|ready) to end it|should (?:just )?die|let me die|end my own life|hang(?:ing)? my ?self|drown myself|shoot myself",
            "(?:no longer|do not|don't|dont|didn't) (?:want|wanna|wish) (?:to )?(?:live|be alive)",
            "(?:nothing|no reason|any reason)(?: \\w+){0,3} to live(?: for)?|cut(?:ting)? my wrists?|slit my wrists?|overdose",
            "(?:kill|hang|drown|shoot)(?:ing)? (?:him|her|them)sel(?:f|ves)|(?:only|no) way out (?:but|is|except) (?:death|to die|dying)|see no way out",
            "(?:swallow|take|took|drink|drank) (?:all )?(?:the |my |some )?(?:sleeping pills|pesticide|poison)",
            "(?:swallow(?:ed)?|took|taken|take) (?:(?:the|my|a|whole|full) )*(?:bottle of|too many|handful of)(?: \\w+)? ?pills",
            "(?:took|taken|swallowed) all (?:of )?(?:my|the) (?:\\w+ )?(?:pills|tablets|medicine)|ready to die|about to jump",
            f"(?:bought|got|have) (?:a|the) rope|goodbye\\b.{{0,20}}ending it|(?:done|finished|fed up) with (?:(?:my )?{_LIFE}|living)|hate my {_LIFE}",
            "take care of my (?:kids|children|family|mother|mum|mom|wife|husband|son|daughter)\\b.{0,20}\\bgone",
            "\\bgone\\b.{0,20}take care of my (?:kids|children|family)",
            "(?:goodbye|bye|farewell)\\b.{0,40}\\bmy last (?:message|words|night|day)|my last (?:night|day) (?:alive|on earth|here)",
            "(?:got|have|holding) (?:the |my |a )?(?:\\w+ )?(?:pills|rope|noose|razor|pesticide)\\b"
            ".{0,20}(?:right here|ready|with me|in front of me|next to me)",
            "left (?:a|his|her|their) (?:note|letter)\\b.{0,40}(?:goodbye|gone|farewell|sorry)",
            "said (?:his|her|their)? ?(?:goodbye|farewell)s?\\b.{0,12}(?:everyone|everybody|us all|the family)",
            "(?:unalive|off) (?:my ?self|him ?self|her ?self)",
            "(?:gun|knife|rope|pills)\\b.{0,16}\\bend it\\b|(?:standing|sitting|lying) on the (?:train |railway )?tracks",
            "ending (?:things|everything|it)(?: all)? (?:tonight|today|now)|(?:on|off) (?:the|a) (?:roof|bridge|ledge)\\b.{0,30}\\bjump",
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
            "(?:笑|尬|尴尬|无聊|饿|馋|热|冷|痒)(?:到|得)(?:我|人)?(?:都|真|就)?(?:想|要)死",
            f"{_DEED}(?:的|这种|之类的?)?(?:新闻|传闻|帖子|视频|报道|剧情|电影)",
            "死缠烂打|死皮赖脸|死活|死心|死板|死机|死账|卡死|该死|想死(?:我|你|他|她)们?(?!自己)|不想活得",
            f"(?:没|不会|不是|不|别)(?:要|想|去|打算|可能)?(?:{_DEED}|想死|想不开)",
            "(?<!我)自杀(?:赔不赔|也?不赔|赔吗|免责|免赔|条款|的?理赔)|老板[^我]{0,5}说要(?:跳楼|自杀)",
            "走投无路(?:的|就|都|可以|请|欢迎)*来?(?:找我|联系|加我|加微信)",
            # the name or the slogan of somebody's
            '(?:叫|名为|写着?|印着?|上面是|口号|标语|广告语?|标题)(?:是|说|为|叫|:)*[“「『"][^”」』"]{1,20}[”」』"]',
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


_HINTS: Final = tuple(
    re.compile(hint)
    for hint in (
        # what it is done with, at hand
        f"(?<![卖代])药(?:{_I}|都|也|已经?|全)*(?:买|备|准备)(?:好|齐|来)|(?:买|备|准备)(?:好|了|齐)+(?:药|绳子?|刀|炭|汽油)(?!店|厂|品|材|费)"
        "|(?:有|拿着?|拿了|拿起|剩|就在)(?:一|两|半|几)?(?:瓶|把|盒|包|根|条)?(?:安眠药|农药|百草枯|绳子)(?!店|厂)|煤气.{0,3}开",
        # where it is done
        f"{_I}.{{0,4}}(?:站|坐|爬|跑)(?:咗|了)?(?:在|到|上|喺)了?.{{0,4}}(?:楼顶|顶楼|天台|窗台|阳台|栏杆|铁轨|桥|河边|江边|海边)(?!.{{0,8}}(?:拍|看|贴|晒|发传单|等车|等人|钓|散步|跳舞|乘凉))",
        # taking leave
        "(?<!不)(?:想|要)走了(?=$|[，。！,.!])|(?:别|不要|不用|唔使|唔好)(?:再)?(?:来|嚟)?(?:管|理|找|搵|救|劝)(?:我|俺)|(?:今晚|今天|明天|今日|听日|等下|一会)就(?:走|去|上路)(?!看|跑|买|拿|接|上班|银行|派出所|办|报)"
        "|永别|来生|下辈子|(?:最后|最尾)一(?:条|次|个)?(?:消息|短信|信息|发|跟你)|给你们?发的?(?:这条)?(?:消息|信息|短信)|对(?:不|唔)(?:起|住)(?:大家|你们|孩子|老婆|爸妈|家人|屋企)",
        # nothing left
        "(?:日子|生活).{0,3}(?:过不下去|没法过|没盼头)|(?:血汗|养老|棺材|救命|全部|所有|一辈子)(?:的)?(?:钱|积蓄|本).{0,6}(?:没|冇|光|完)|(?:钱|乜)都(?:没|冇)(?:了|晒|咗)|倾家荡产|家破人亡|还不(?:清|起|上)",
    )
)
"""None of these is a cry by itself, two of different kinds in one message are: “药买好了，别管我”."""
_LEAST_HINTS: Final = 2


_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def despair_in_names(*names: str | None) -> str:
    """The first name of a file, a card or the like that speaks of ending a life, as it is read; empty where none does."""
    read = (_ENDING.sub("", name).replace("_", " ").replace("-", " ").strip() for name in names if name)
    return next(filter(says_despair, read), "")


def says_despair(text: str) -> bool:
    """Whether someone speaks of ending a life, in either kind of characters, in some dialects, or in English: in words that
    are known for it, or much like those in which others did."""
    return says_plainly(text) or likeness(text) >= LIKE


def says_plainly(text: str) -> bool:
    """Whether it is said in words that are known for it."""
    # 著 is its own simplified form (著名), but in “活著” it stands for 着. The marks stay while ways of speaking are
    # taken out, and may divide: “想死，我好累” is not “想死我”.
    folded = written_out(fold(text.replace("\n", "，")).replace("活著", "活着"))
    marked = _NO_DESPAIR.sub("", "".join(folded.split()))
    english = _NO_DESPAIR.sub("", fold(text).replace("’", "'"))
    return (
        sum(hint.search(marked) is not None for hint in _HINTS) >= _LEAST_HINTS
        or _DESPAIR.search(marked) is not None
        or _DESPAIR.search(plain(marked)) is not None
        or _DESPAIR_ENGLISH.search(english) is not None
    )
