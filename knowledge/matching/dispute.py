"""A quarrel with a licensed institution: a bank took too much, an insurer will not pay. No tip; the door is 12378.

Three things make one: a licensed house is named, something is held against it, and nobody poses as it or
offers to settle it for money. Names are common knowledge and by no means all; most are known by how they end.
"""

import re
from typing import Final

HOUSE: Final = re.compile(
    r"银行|[工农中建交招]行(?!业|动|情|为|车|走)|农商行|农信社|信用社|邮储|信用卡(?:中心|客服|部|催收)|"
    r"保险公司|[一-鿿]{2}(?:人寿|财险|产险|养老险|健康险|寿险)|(?:太平洋|平安|泰康|新华|众安|大地|阳光|太平|华夏|百年|大家|友邦|中华|国寿|人民|天安|永安|安盛|[一-鿿]{2})保险|人保|国寿|中国(?:平安|太平|人寿|太保)|太保|友邦|平安普惠|"
    r"消费金融|(?:马上|捷信|招联|中邮|中银|兴业|杭银|海尔|哈银|长银)(?:消费|金融)|招联|捷信|安逸花|好期贷|小贷公司|汽车金融|融资租赁公司|"
    r"证券|券商|国泰君安|中信建投|中金财富|东方财富|期货公司|[一-鿿]{2}基金|基金公司|"
    r"支付宝|财付通|微信(?:支付|零钱|钱包)|云闪付|拉卡拉|银联|随行付|翼支付|[一-鿿]{2}(?:支付|月付)|花呗|借呗|网商贷|白条|金条|微粒贷|度小满|有钱花|360(?:借条|数科)|分期乐|拍拍贷|放心借|陆金所"
)
"""A house that is licensed, or calls itself so."""
_QUARREL: Final = re.compile(
    r"投诉|申诉|有[^,。!?\n]{0,6}(?:纠纷|争议|矛盾)|(?:闹|发生)[^,。!?\n]{0,4}(?:纠纷|争议|矛盾)|扯皮|打官司|(?:讨|要)个?说法|"
    r"要求[^,。!?\n]{0,8}(?:退|赔|解释|道歉|返还|补偿|更正|恢复)|我要(?:举报|维权|告)"
)
"""Somebody quarrels, in so many words."""
_WRONG: Final = re.compile(
    r"(?:乱|多|重复|擅自|强行|无故|偷偷|私自|随意|违规|莫名)(?:地)?(?:收|扣|划|记|计|调|冻|平仓|开通|开了|降|涨)|不(?:赔|理赔|给(?!力)|肯|退|认账?|承认|解封|解冻|处理|受理|同意|作为|管|解决|返|改|放行)|不让[^,。]{0,4}(?:取|退|销|还|提)|"
    r"拒(?:赔|保|绝|不)|没按|没有?通知|(?:未经|没经过?)[^,。]{0,6}同意|误导|推诿|推卸|敷衍|踢皮球|拖(?:着|了|延|欠)|(?:算|记|收|弄|报)错|态度[^,。]{0,6}(?:恶劣|差|不好)|骂人|通讯录|暴力催收|骚扰|"
    r"催收[^,。]{0,12}(?:电话|骂|威胁|单位|同事)|太高|太低|超过[^,。]{0,4}(?:24|36)%?|冻结(?:了)?我|捆绑|搭售|强制|没人(?:理|管|接)|系统[^,。]{0,6}(?:故障|崩)|登不上|差太多|迟迟|忽悠|盗刷|"
    r"(?:说好|答应|承诺)[^。]{0,20}(?:结果|却|不|没)|结果[^,。]{0,8}(?:收|扣|要|亏)"
)
"""What is held against the house."""
_POSES: Final = re.compile(
    r"冒充|假冒|自称|打着|声称|所谓|谎称|骗子|被骗|受骗|诈骗|骗(?:了|走|我|取)|说(?:自己)?是[^,。]{0,14}(?:客服|工作人员|经理|专员|业务员|的)|是[^,。]{0,10}(?:客服|专员|信贷部|放款部)[,。]|"
    r"[让叫要]我(?:先)?[^,。]{0,8}(?:转(?!接)|汇|打钱|下载|共享|验证码|填)|先交|交(?:了)?[^,。]{0,6}(?:保证金|解冻|验证金|包装费|押金)|解冻费|私人账户|个人账户|链接|拉黑|联系不上|中介|内部渠道|内部消息"
)
"""Somebody poses as the house, or stands between it and the customer."""
_OFFERS: Final = re.compile(
    r"加[我v微vq群]|\+(?:v|微信)|联系我|找我|私信|私聊|专业|代理(?!人)|代[办写协]|帮[你您]|教[你您人]|反催收|(?:维权|投诉)(?:群|团队|老师|代理)|包(?:退|过|赔)|不成功|成功(?:后|再|收|率)|收费\d|接单|团队|咨询(?:电话|热线|微信)|名额|"
    r"(?<!\d)1[3-9][0-9x]{9}|x{5}|https?:|微信[: ]*[a-z0-9_]{4}|退订|[您亲](?!好)|[五三四]五分|分成"
)
"""Somebody sells, or speaks to customers."""
_ASKS: Final = re.compile(r"为什么|为何|怎么(?!办)|吗|呢|能不能|是不是|可以.{0,8}[?？]|多久|什么时候|[?？]")


def is_dispute(text: str) -> bool:
    """Whether the writer of a normalised text quarrels with a licensed institution."""
    if not HOUSE.search(text) or _POSES.search(text) or _OFFERS.search(text):
        return False
    if _QUARREL.search(text):
        return True
    wrong = {found[0] for found in _WRONG.finditer(text)}
    return len(wrong) >= (2 if _ASKS.search(text) else 1)
