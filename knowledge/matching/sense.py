# ruff: noqa: E501  (tables read better in long lines; a Chinese character counts as two columns)
"""Who speaks, and to what end: read from turns of phrase in the normalised text."""

import itertools
import re
from dataclasses import dataclass

from knowledge.matching.dispute import is_dispute
from knowledge.matching.lawful_house import is_lawful_house
from knowledge.matching.quotation import Voice, voice_of
from knowledge.matching.result import Sense
from knowledge.matching.retelling import is_told

_OFFER: tuple[tuple[str, float], ...] = (
    (r"[+加]下?我|加微信|\+微信|微信[:：]|加(?:个)?好友|加v|加q|私信|私聊|私我|滴滴我|扫码(?:进群|加|添加|领)|主页联系|点击头像|联系方式|飞机[:：@]|@[a-z0-9_x]{5}", 1.0),
    (r"详询|咨询(?:热线|电话|微信)|欢迎(?:咨询|来电|致电|前来|各位|中介|来谈|洽谈|个人)|有(?:意向?|需要?)(?:者|的|请|可)?(?:请|可以|联系|加|私|来|找)|需要的?(?:联系|加|私|来|请|找)|如有需要|"
     r"感兴趣的?(?:私|加|联系)|想(?:了解|赚钱|要|做)的?(?:私|加|联系|来)|请(?:致电|来电|联系|保留|留号)|打扰(?:见谅|请|之处|敬请)|电询|速来|速联|赶紧来|的来$|来谈", 1.0),
    (r"专业(?:办理|代办|受理|做|承接|提供|为)|(?:代|可|均可|快速|长期|正规|诚信|协助|专门|帮您|帮你)办理?|为您(?:办理|申请|申办|解决|服务)|(?:可|能)(?:为|帮)[你您]|包(?:过|下|赔|回|赚|赢|会|装|你|您)|"
     r"都(?:能|可以?)(?:做|办|下|贷|接|操作)|均可(?:办|贷|申|做|操作)|来了就|有.{1,6}就(?:能|可|行|贷|拿|下)|无视|不看(?:征信|负债|流水)|承接|出售|代抓", 1.0),
    (r"名额|限量|仅限|最后\d*(?:天|席|个|轮)|满员|人满|满即|先到先得|抓紧|错过|机会(?:难得|不多)|火爆|最后一批|名额有限|手慢无", 0.7),
    (r"诚招|招(?:收|募|人|聘|代理|合作)|收(?:徒|卡|料|号|人)|邀(?:请|约)?.{0,8}(?:加入|进群|入群)|加(?:入|群)|进(?:群|qq)|入群|口令|群(?:主|内)(?:公布|推)|封群|建(?:立|仓)?群|开群|拉新|全国招|寻.{0,4}(?:合作|伙伴)|跟(?:我|着)(?:做|买|老师|下单)", 0.8),
    (r"日(?:结|赚|入|收|返|息|利润|收益)|月入|月息|月赚|年化|年收|收益(?:稳定|高|率|可观|无上限)|稳(?:赚|定收益|定盈利|定收)|躺赚|轻松(?:赚|日|月|拿|搞)|保本|零投资|0投资|零风险|0风险|无风险|利润|返利|分红|变现|赚(?:钱|到|差价|不停)", 0.8),
    (r"当天(?:放|下|拿|到|结|见|可)|秒(?:批|到|下|放|票)|最快|(?:天|小时|分钟|日)(?:内)?(?:放款|下款|下卡|到账|批)|放款快|下款快|下卡|额度(?:高|大|最高)|利息(?:低|地)|息低|低息|门槛低|手续(?:简|便)|"
     r"(?:免|无)(?:抵押|担保|手续费|门槛)|前期(?:无|不)|不成功不收|成功(?:再|后)付|先办后付|满意再付|零首付|随借随还|先息后本", 0.9),
    (r"退订|回复?td|回t|敬请(?:保留|留存)|请君保留|勿删|备用", 0.5),
    (r"(?:高价|大量|长期|现金|诚信)(?:收|回收|租|求购)|收购?(?:个人|闲置|企业)?(?:银行卡|对公|公户|手机卡|电话卡|微信号|qq号|u盾|四件套|实名号)|带单(?:老师|群|稳|保)|老师带单|保证(?:盈利|稳赚|翻倍)|出租|租借|买断|点位|车队|车费|路费|押金|佣金|提成|分润|费率", 0.8),
    (r"(?:热线|电话|手机|致电|来电|联系|加|询|微信|qq|q)[^，。\n]{0,6}(?:1[3-9x\d]|0\d|4\d\d|x{4}|0xx)", 0.6),
    (r"您(?:好)?[,，!！]?(?:我(?:是|处|行|公司|们)|本(?:公司|中心)|这里是)|客户您好|亲[,，~]|兄弟们|老铁|宝妈|家人们|朋友们", 0.4),
    (r"(?:请|需要|必须|立即|马上|尽快|赶紧)[^，。\n]{0,10}(?:转账|汇款|转到|缴纳|支付|交|点击|登录|下载|填写|提供|验证|认证|激活|配合)|验证码(?:告诉|发|给)|安全账户|共享屏幕|点击链接", 0.8),
)  # fmt: skip

_SCRIPT: tuple[tuple[str, float], ...] = (
    (r"(?:您好|你好|喂|女士|先生|尊敬的)[^。]{0,16}(?:我|这里|这边|我们)(?:是|们是)?[^。，,]{0,22}(?:公安|警察|民警|警官|检察|法院|客服|专员|客户经理|快递|监管|社保局|通信管理|疾控|办案|工作人员|财务部)", 0.8),
    (r"(?:请|需要|麻烦|必须)[您你]?(?:立即|尽快|马上|现在|先|务必)?(?:配合|提供|下载|添加|转[入账到]|缴纳?|支付|打开|共享|验证|核实|按照?我)", 0.6),
    (r"我们?(?:发现|注意到|检测到|接到|查到)了?(?:举报)?[^。]{0,6}[您你]|[您你](?:名下|的?(?:账户|银行卡|身份证|社保卡|包裹|快递|订单|会员|征信|白条|额度))[^。]{0,24}(?:涉嫌|洗钱|洗黑钱|异常|违规|冒用|盗用|被盗|丢失|丢了|影响征信|扣费|到期|注销)", 0.8),
    (r"(?:涉嫌|涉及)[^。]{0,12}(?:洗钱|洗黑钱|诈骗案|贩毒|案件|违法)[^。]{0,30}(?:配合|调查|转|账户|资金|保密)|逮捕令|拘捕令|通缉令|资金清查|安全账户|保护账户|取保候审|保释金|自证清白|不要告诉(?:任何人|家人|别人)|切勿告知他人|一级机密", 1.2),
    (r"共享屏幕|屏幕共享|桌面共享|(?:云)?会议(?:软件|app)|瞩目|展讯通|云视讯|zoom|远程(?:协助|操作|控制)|把?(?:收到的)?验证码(?:发|告诉|念|报|提供)|备用金|认证金|解冻(?:金|费)|刷流水|验证(?:还款能力|资金)", 0.9),
    (r"(?:积分|额度|网银|网上银行|密码器|动态口令|手机银行|账户|etc)[^。]{0,24}(?:兑换?[^。]{0,8}(?:现金|元)|失效|停用|冻结|升级维护|实名补|可提高|核实认证)[^。]{0,40}(?:登[录陆入]|点击|http|www)|(?:登[录陆入]|点击)[^。]{0,24}(?:http|www)[^。]{0,40}(?:冻结|失效|升级|激活|认证|核实|领取|兑换)|"
     r"(?:账户|银行卡|信用卡|积分|网银|etc|社保|医保)[^。]{0,16}(?:异常|冻结|过期|失效|停用)[^。]{0,12}(?:点击|打开|访问)[^。]{0,6}(?:http|链接|www)", 1.3),
    (r"(?:不(?:注销|关闭|取消|处理|配合|还))[^。]{0,12}(?:影响征信|自动扣|扣费|上征信|拘留|抓|曝光|上门)|(?:三倍|双倍|假一赔)[^。]{0,4}(?:赔|理赔)|理赔(?:专员|通道)|客户?理赔|退款通道", 0.8),
)  # fmt: skip
"""What a swindler reads out on the phone: who he claims to be, what is said to be wrong, what must be done at once."""
_CLAIM = re.compile(
    f"{_SCRIPT[0][0]}|{_SCRIPT[2][0]}|^(?:喂|您好|你好)[^。]{{0,30}}(?:公安|警察|警官|反诈|社保局|法院)"
)
"""He says who he is, or what is said to be wrong with you: an office's warning speaks about such people, not as one."""
_ADVICE = re.compile(
    r"警惕|谨防|防范|切勿(?!告)|不要轻信|不轻信|请勿|(?:都|就|均|全|肯定)是(?:诈|骗|假|违法)|不会(?:通过|要求|电话|打电话)|不存在所谓|骗局|骗子|套路|反诈(?:小课堂|提示|提醒)"
)
"""What makes a text with a swindler's words in it a warning after all."""

_OFFICE = re.compile(
    r"^[^。！？\n]{0,24}(?:(?:警方|公安|民警|反诈|派出所|法院|检察院?|监管(?:总)?局|市监|央行|人民银行|金融办|处非办|居委会|社区|消协|银行)[^。！？，\n]{0,8}(?:提示|提醒|提请|告诫|警示|辟谣|通报|声明|温馨提示)|以案(?:说|释)|"
    r"(?:风险|消费|安全|防骗|反诈)(?:提示|提醒|警示)|(?:典型)?案例[:：])|(?:本报|新华社|据[^。]{1,12})(?:讯|报道|消息)"
)
"""An office or a newspaper introduces itself: what it quotes in between, or tells of a victim, is its warning."""
_FOR_AN_OFFICE = 1.6
_LAWFUL = 1.5
"""What it adds to the licensed voice that a house advertises as the law allows."""

_SALES_QUESTION = re.compile(
    r"(?:[您你亲]|请问)[^。？?\n]{0,16}(?:需要|需求|想要?|缺)[^。？?\n]{0,12}[吗？?]|缺钱吗|急用钱[吗？?]|(?:还在|是否)[^。？?\n]{0,14}(?:发愁|困扰|烦恼|缺钱|着急)[^。？?\n]{0,4}[吗？?]|"
    r"(?:需要|想|要)(?:贷款|办卡|资金|赚钱|做|理财)[^。？?\n]{0,4}[吗？?]|[？?](?=[^？?]{0,12}(?:找我|加我|联系|就来|来找))|要不要来(?:[^,。?]{0,3}\?)?|"
    r"(?:缺钱|负债|上岸|没钱花|急需用钱|资金紧张|周转不开)[^。?怎么吗]{0,8}\?"
)
"""Questions that sell: 您需要贷款吗？ is no customer's question."""
_DOUBT = re.compile(
    r"是?真的(?:吗|假的)|靠谱吗|可信吗|能信吗|可靠吗|是不是(?:骗|诈骗|传销|真)|(?:骗人|骗子|骗局|诈骗|正规|合法)的?[吗？?]|有没有问题|真假|能点吗|能交吗|该不该"
)
"""The question that this whole project exists for."""

_QUESTION: tuple[tuple[str, float], ...] = (
    (r"吗[?？。!！~]*$|吗[?？]|呢[?？]|[?？]$|[?？]", 1.0),
    (r"怎么(?!不来)|怎样|如何(?!才能月入)|为什么|为何|为啥|咋|能不能|可不可以|是不是|有没有|会不会|要不要|是否|多久|几天|几点|什么时候|哪里|在哪|啥|几时|多少(?:钱|天|啊|呢)|什么(?:原因|意思|情况|时间)|怎么办", 1.0),
    (r"靠谱吗|是真的吗|可信吗|合法吗|是不是骗|是骗(?:人|子)的?吗|请问|想问|问一?下|我想(?:知道|问|提前|了解一下)|帮我看看|求助|求解", 1.0),
    (r"^(?:我的?|我想|我要|我现在|我今天|我昨天|你好,?我|花呗|借呗|微粒贷|蚂蚁)[^,，。]{2,}(?:了|不了|不到|失败|没有|不能)", 0.6),
)  # fmt: skip

_VICTIM: tuple[tuple[str, float], ...] = (
    (r"(?:我|我妈|我爸|老人|家里人|朋友|父母|奶奶|爷爷|老伴|同事|母亲|父亲)[^。！？\n]{0,16}(?:被骗|上当|被套|受骗|被坑|被诈骗|中招)", 1.5),
    (r"骗(?:了|走|去)(?:我|他|她|老人|我妈|我爸|我们)|钱(?:要不回|拿不回|追不回|没了|打了水漂)|血本无归|提不(?:出来|了现)|不(?:让|能|给)提现|把我拉黑|联系不上(?:了|他|人)|跑路了|退不(?:了|回)钱", 1.3),
    (r"我(?:已经|就|先|又|前后|一共|总共)?[^。！？\n]{0,8}(?:转|打|汇|投|交|充)(?:了|给|过去|进去)[^。！？\n]{0,8}(?:元|块|万|千|钱)", 1.0),
    (r"(?:对方|他们?|她|客服|有人|老师|陌生人|那人|自称[^，。]{1,14}|电话里|群里)(?:就|还|又|先|突然)?(?:说|让|叫|要求|称|教|骗|通知|发来)[^。！？\n]{0,40}(?:我|老人|妈|爸|转|交|下载|扫|点|填|屏幕|验证码)", 0.7),
    (r"(?:接到|收到)(?:了)?(?:一?个)?(?:电话|短信|消息|视频)[^。！？\n]{0,10}(?:说|称|让|要)", 0.7),
    (r"(?:报了?警|去派出所|报案)(?:了|说|也)|后悔|怎么追回|能追回|还能要回", 0.8),
)  # fmt: skip

_WARNING: tuple[tuple[str, float], ...] = (
    (r"警惕|谨防|严防|当心|防范|提高警觉|风险提示|特此(?:提示|公告|提醒)|以案(?:说|释)|切勿|勿(?:轻信|信|点)|不要(?:轻信|相信|转账|泄露)|不轻信|请勿(?:轻信|向)|远离|识别(?!二维码|图中|下方)|天上不会掉|守好|看好自己的钱袋|提防|提醒(?:一下)?[您你咱]?(?:的|家里|家中|身边的?)?(?:父母|老人|爸妈|长辈|家人|亲友|亲戚)|(?:不要|别|甭)(?:理|听)(?:他|她|那)", 1.2),
    (r"记者|讯[(（]|^本报讯|通讯员|据(?:悉|了解|介绍|报道)|新闻|(?:日|晚)报(?:记者|讯)|新华社|发布会|召开|会议|领导小组|联席会议|专项(?:整治|行动|排查)|宣传(?:月|日|活动|教育)|依法(?:打击|查处|处置)|公安(?:机关|局|部)(?!的?(?:警官|民警|人员))|法院|判处|刑事拘留|犯罪嫌疑人|涉案|案件", 1.0),
    (r"非法集资(?:案|活动|犯罪|风险|行为|陷阱|宣传|线索|举报|专项)|(?:打击|处置|举报|整治|遏制|防止|预防)[^。\n]{0,8}(?:非法|诈骗|传销|套路贷)|反诈|拨打(?:110|96110)|举报(?:电话|奖励|有奖)|属于(?:诈骗|非法)|就是骗|都是(?:诈)?骗|一律是|凡是[^。！？\n]{0,60}(?:都|均|一律|全)(?:是|属)|涉嫌(?:违法|犯罪|诈骗|非法)", 1.1),
)  # fmt: skip

_NOTICE: tuple[tuple[str, float], ...] = (
    (r"尾号\w{3,4}|您(?:的)?账户|账户\d{4}|可用余额|活期余额|交易金额|交易[￥\d]|消费(?:人民币|rmb)|支取|atm|入账|扣款成功|电子(?:对账|账)单|本期(?:账单|应还)|最低还款|还款日|代发工资|转入|动账", 1.2),
    (r"验证码(?:[:：]|为|是)?\s*\d{4,8}|(?:\d{4,8}|\))[^。]{0,8}验证码|请勿(?:告知|泄露|将验证码)|泄露有风险|动态密码", 1.2),
    (r"(?:签收|快递|包裹|取件|派送|出库|航班|车次|订单(?:号|已|编号)|预约(?:成功|挂号)|就诊|挂号|停水|停电|物业|家长)", 0.8),
    (r"(?:生日|节日|新年|春节|中秋|端午|元宵)快乐|恭祝|祝您|祝福", 0.8),
)  # fmt: skip

_RETAIL: tuple[tuple[str, float], ...] = (
    (r"满\d*.{0,4}(?:减|送|赠|返|立减)|\d(?:\.\d)?折|折(?:起|上折|扣|优惠)|优惠券|抵(?:用|扣)券|积分(?:兑|当|换|翻|加倍)|双倍积分|礼(?:包|品|券)|抽奖|特价|秒杀|专柜|商场|百货|超市|旗舰店|门店|新品|会员日|全场|换购|代金券|现金券", 0.9),
    (r"(?:开盘|楼盘|洋房|高层|别墅|公馆|户型|售楼|精装|毛坯|平米|㎡|元/平|均价|学区|地铁(?:口|旁)|样板|认筹|旺铺|商铺|现房|尾盘|车位|学位|园林|独栋|电梯房|二手房|出租房)", 0.9),
    (r"流量|套餐|宽带|话费|彩铃|4g|5g(?!项目)|营业厅|充值(?:送|有礼)|移动公司|中国(?:移动|联通|电信)|10086|10010|10000", 0.9),
    (r"(?:火锅|餐饮|自助餐|美容|健身|影院|酒店|旅游|驾校|培训班|课程|招生|学校|装修|家具|服装|婚纱|体检|牙|整形|幼儿园|洗车|租车)", 0.5),
)  # fmt: skip

_LICENSED: tuple[tuple[str, float], ...] = (
    (r"(?:基金|证券|银行|保险|人寿|期货)[】\]]$|[【\[][^】\]]{0,8}(?:基金|证券|银行|人寿|期货|财产险)[】\]]|财付通|(?:我|本)行(?:将|于|已|为|信用卡|理财|网点|手机)|证监会|基金(?:经理|合同|份额|募集|转换|净值)|招募说明书|券商|指数基金|沪深|央行|收盘|大盘|利好|涨幅|财经?早|理财产品.{0,12}(?:起售|发行|销售|募集)", 0.9),
    (r"仅供参考|投资(?:者)?(?:需|须)?谨慎|市场有风险|投资有风险|以(?:公告|合同|审批|官网|页面).{0,4}为准|不构成", 0.4),
    (r"(?:客户经理|网点|柜台|官网|官方(?:网站|app|微信|客服|渠道)|手机银行|网上银行|网银|掌上生活|955\d\d|登录(?:手机|网上|个人))", 0.6),
    (r"(?:当地|就近|附近|各|到|去|赴|携[^，。\n]{0,12}|详询[^，。\n]{0,4})(?:银行)?(?:网点|柜台|支行|营业厅)|(?:工商|农业|建设|交通|邮储|招商|农商|商业)银行[^，。\n]{0,8}[：:】]|农信社|存款保险", 0.8),
    (r"根据(?:合同|规定|监管)|合同(?:约定|到期)|不会(?:收取|要求)[^。]{0,12}(?:费用|转账|保证金)|国家助学贷款|正规渠道|请到(?:银行|柜台|窗口)|免费(?:查询|申请)信用报告", 0.7),
)  # fmt: skip

_DISPUTE: tuple[tuple[str, float], ...] = (
    (r"(?:银行|信用卡中心|保险公司|消费金融|客服|业务员|小贷公司|支付宝|平台)[^。！？\n]{0,24}(?:乱扣|多扣|乱收费|不给(?:我|咱|他)?(?:们)?(?:退|办|理赔|开)|拒(?:绝|赔)|不理赔|误导|骚扰|不处理|不作为|强制搭售|捆绑)", 1.2),
    (r"(?:我要?|想)(?:投诉|申诉)(?:银行|保险|信用卡|客服|业务员|它|他们)|(?:跟|和|与)(?:银行|保险公司)(?:协商|打官司|有纠纷|扯皮)|合同纠纷|扣了我(?:利息|手续费|年费|保费)", 1.2),
)  # fmt: skip

_NEGATION: tuple[tuple[str, float], ...] = (
    (r"(?:我|本人|我们)(?:从?不|没有?|不需要|不想|拒绝|再也不)(?:贷款|借钱|办|做这|投资|买|炒股|参与|接)|别(?:再)?(?:发|打|给我)|不要再(?:发|打)|不感兴趣|已(?:退订|拉黑)", 1.2),
)  # fmt: skip

_TABLES = {
    "offer": _OFFER, "script": _SCRIPT, "question": _QUESTION, "victim": _VICTIM, "warning": _WARNING, "notice": _NOTICE, "retail": _RETAIL,
    "licensed": _LICENSED, "dispute": _DISPUTE, "negation": _NEGATION,
}  # fmt: skip
VOICES = tuple(_TABLES)
"""The voices that are listened for. Notice, retail and licensed are lawful everyday senders."""
_COMPILED = {
    name: tuple((re.compile(p, re.MULTILINE), w) for p, w in table) for name, table in _TABLES.items()
}
_OWN = frozenset({"offer", "script"})
"""Voices that count only in what the writer stands by; a denied or quoted offer is none."""
_DENIED = 0.3
"""The share of a text that is denied, from which on it is a denial where it offers nothing else."""
_LONG = 80
"""Characters from which one question among many sentences, of which one offers, does not make a question of it all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How strongly each voice sounds (0 and up; 1 is one clear sign), and the sense that wins."""

    strength: dict[str, float]
    sense: Sense
    doubt: bool
    """True where the writer asks whether something is a swindle."""
    told: bool = False
    """True where somebody tells of what another said, and has lost nothing by it."""
    said: str = ""
    """The text, as long as it was, with blanks for what its writer denies, or quotes to warn of it."""


def read_sense(text: str) -> Reading:
    """Reads a normalised text. Repeats of one sign count little; different signs add up."""
    voice = voice_of(text)
    asked = _SALES_QUESTION.sub("。", text)
    own = _OWN | {"warning"} if voice.poses else _OWN
    strength: dict[str, float] = {}
    for name, table in _COMPILED.items():
        total = 0.0
        source = asked if name == "question" else voice.text if name in own else text
        for pattern, weight in table:
            hits = sum(1 for _ in itertools.islice(pattern.finditer(source), 3))
            total += weight * (0.0, 1.0, 1.3, 1.5)[hits]
        strength[name] = total
    if strength["offer"] and is_lawful_house(text):
        strength["licensed"] += _LAWFUL
    harmed = strength["victim"] >= 0.7 and not voice.office
    posing = strength["script"] >= 1.2 and bool(_CLAIM.search(text)) and not _ADVICE.search(text)
    if posing:
        strength["warning"] *= 0.3
    office = not posing and not voice.poses and _warns(text, voice, strength)
    if office:
        strength["warning"] += _FOR_AN_OFFICE
    doubt = bool(_DOUBT.search(text))
    told = is_told(voice.text)
    sense = Sense.WARNING if office else _decide(strength, text, voice, posing, doubt, told)
    if sense is Sense.NEGATION:
        strength["negation"] = max(strength["negation"], 1.2)
    if sense is Sense.DISPUTE:
        strength["dispute"] = max(strength["dispute"], 1.2)
    told = told and _only_told(sense, strength, doubt)
    return Reading(strength, sense, doubt, told, text if harmed else voice.text)


def _warns(text: str, voice: Voice, strength: dict[str, float]) -> bool:
    """An office, or anybody who quotes an offer to call it a swindle."""
    if _OFFICE.search(text) and (voice.warns or _ADVICE.search(text) or strength["warning"]):
        return True
    return voice.warns and voice.office


def _only_told(sense: Sense, strength: dict[str, float], doubt: bool) -> bool:
    """Whether a witness speaks, who has lost nothing, and neither warns nor advertises."""
    if sense in (Sense.WARNING, Sense.DISPUTE, Sense.NEGATION) or doubt:
        return False
    return strength["victim"] < 1.0 and strength["offer"] < 2.5 and strength["warning"] < 1.2


def _decide(
    strength: dict[str, float], text: str, voice: Voice, posing: bool, doubt: bool, tells: bool
) -> Sense:
    offer = strength["offer"]
    if posing and strength["script"] >= 1.4 and strength["victim"] < 1.0:
        return Sense.OFFER
    told = strength["victim"]
    if doubt and told < 1.3 and strength["question"] >= 1.0:
        return Sense.QUESTION  # nothing is lost yet
    if told < 1.3 and is_dispute(text):
        return Sense.DISPUTE
    if told >= 0.7 and told >= offer * 0.5 and told >= 0.6 * strength["warning"]:
        return Sense.VICTIM
    if strength["dispute"] >= 1.0 and offer < 2.5:
        return Sense.DISPUTE
    # Whoever tells of a caller from 公安局 names an office, and warns nobody.
    named = tells and strength["warning"] < 1.5 and not _ADVICE.search(text)
    if strength["warning"] >= 1.0 and strength["warning"] > offer * 0.6 and not named:
        return Sense.WARNING
    if (strength["negation"] >= 1.0 and offer < 1.5) or (voice.denied >= _DENIED and offer < 0.7):
        return Sense.NEGATION
    sells = len(text) > _LONG and offer >= 0.7 and strength["question"] < 2.0
    if strength["question"] >= 1.0 and offer < 1.6 + 0.4 * (len(text) > 60) and not sells:
        return Sense.QUESTION
    if offer >= 0.7:
        return Sense.OFFER
    return Sense.QUESTION if strength["question"] >= 0.6 else Sense.OTHER
