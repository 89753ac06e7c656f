"""Chinese family names: which characters may begin a person's name, and how sure that is.

The single ones follow the 百家姓 and the ministry's lists of the most frequent names; what is hardly ever one and nearly
always a common word (能, 后, 公, 有, 关于 …) is left out.
"""

from typing import Final

PLAIN: Final = frozenset(
    "王李张刘陈杨赵吴徐孙朱胡郭何罗梁宋郑韩唐冯董萧曹袁邓傅沈彭吕苏卢蒋蔡贾魏薛阎潘杜戴锺汪姜姚谭廖邹熊"
    "陆郝孔崔邱秦顾侯邵孟汤尹黎武乔贺赖龚庞樊殷洪翟倪严俞鲁葛韦伍岳庄辛蒙涂詹欧耿焦"
    "甘舒阮柯纪童凌毕裴霍冉翁芦骆游靳辜聂卜褚窦戚岑缪茅鲍喻祁滕屈饶牟艾尤穆卓晏臧闵苟"
    "邬卞姬仇栾隋刁沙巫寇郎甄丛仲虞敖巩佘邝冼揭匡逯郗鄢邸禹芮靖佟覃娄邢阙邰"
)
"""As a word by itself each is nearly always a name."""
ALSO_WORDS: Final = frozenset(
    "高林黄周马许余叶程田任石夏付于方丁邹金白钱万江常安文康史向贺毛时包单成年路季宁符钟连明华易温关水党宫费"
    "冷席卫桂全应池查麻苑迟商荣古吉司农简边景官空满平肖闫代郁展党游管燕竺权冀郏浦农别晁勾融鞠丰巢蒯相荆红"
    "曾祝莫尚谢齐段章左盛隆解牛龙雷兰梅柳柏柴桑苗蒲麦谷曲阳宗申施范江陶项"
    "乐于宿怀习闻莘翟贡劳逄扶堵宰雍却璩桑濮通边扈冀尚温庄晏瞿阎充慕连茹习宦艾鱼慎戈廖庾终暨衡耿满"
)
"""Also a common word or part of one: a name only where more says so."""
ALL: Final = PLAIN | ALSO_WORDS
COMPOUND: Final = (
    "欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "司空", "宇文", "长孙", "端木", "东方", "独孤",
    "南宫", "西门", "百里", "呼延", "东郭", "南门", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "轩辕",
    "钟离", "鲜于", "闾丘", "亓官", "拓跋", "赫连", "完颜", "纳兰", "叶赫", "爱新觉罗", "第五",
)  # fmt: skip
GIVEN: Final = frozenset(
    "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲建国华红梅辉玉琴珍凤云鹏飞波宇浩鑫丹萍颖琳雪莹婷慧晶倩"
    "佳怡欣悦雨涵梓轩子豪俊毅志永胜利民生春荣贵福祥祖德文武斌彬峰峻岩松柏林森海江河洪涌润泽清源龙虎麒麟鹤燕莺"
    "莲菊荷蓉薇菲莉蕾芬芝芸茜萱蓝青翠碧瑶琪琦瑾瑜璐珊珠宝金银铁钢锋钧铭锐鸣雷震霖霆霏晨曦晓旭昊昌晟晖暖曼"
    "仁义礼智信忠孝廉耻诚谦恭良善美淑贞娥姣妍媛嫣婉娇娴嘉卉立业成功进步前光耀照亮星辰月阳天宏伯仲叔季大小正中东南"
    "西北山川秋冬夏长元兴旺发达庆喜乐安宁康健寿全有才学思远博雅诗书琴画翔腾跃奔凯旋帅彪豹勤奋尚卫保护爱党社新星"
    "景贤哲睿聪颜彦若如意心怀远岚峥嵘炜炎焱煜熙然灿烨烽恒久恩惠懿"
)
"""Characters that given names are made of."""
