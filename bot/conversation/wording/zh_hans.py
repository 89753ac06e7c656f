"""Simplified Chinese, ordinary style.

House rules: 您; verbs that people use (“拍张照”, not “上传附件”); 疑似 and 线索, never a verdict; no promise
about money or outcome; nothing asks for a card number, an identity number or a code.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_STANDING = {
    "label.back": "返回",
    "label.human": "人工",
    "label.menu": "回菜单",
    "label.more": "接着看",
    "label.more_options": "还有别的",
    "label.go_back": "接着刚才的",
    "list.mark": "\n· ",
    "list.gap": "",
    "list.end": "",
    "list.comma": "，",
    "more_options": "还有这几个：",
}

_MENU = {
    "menu.welcome": (
        "您好，这里是“前哨”，是自动回复的助手。\n"
        "看到可疑的贷款、理财、修征信广告，拍张照发过来就能举报；拿不准是不是骗局，也可以先问一问。\n"
        "回复数字就行："
    ),
    "menu.welcome_back": "您好，又见面了。您上次有一条还没报完，给您留着呢。",
    "menu.other_language": "（繁體請發「繁體」。For English, send “English”.）",
    "menu.ask": "您想做什么？回复数字就行：",
    "label.report": "我要举报",
    "label.ask": "问一问，是不是骗局",
    "label.tips": "我的举报",
    "label.quiz": "防骗小测验",
    "label.warnings": "风险提示",
    "label.big": "换成大字版",
    "label.ordinary": "换回普通版",
    "label.help": "不会用，教教我",
    "label.resume": "接着上次没报完的",
    "help.text": (
        "很简单：\n"
        "· 想举报：点输入框边上的“+”，拍张照发来，我一步一步问您。\n"
        "· 拿不准：把对方说的话、短信打给我，或者截图发来。\n"
        "· 选哪个，就回哪个数字；回 0 退一步，回 9 找工作人员（{hours}，电话 {phone}）。\n"
        "· 不想弄了，发“算了”；想从头来，发“重来”；换繁體、English，发“语言”。"
    ),
    "hint.menu": "想做哪一样，就回前面的数字，比如回 1。",
    "reward.text": (
        "核实认定以后，按当地的办法给奖励；给不给、给多少，由负责的部门定。发“我的举报”能看到进展。"
    ),
    "money_back.text": (
        "能不能追回，要看公安查办的情况，谁也说不准。越早打 {police}，越有可能拦住。\n"
        "有人说交钱就能帮您把钱追回来，那多半又是骗局，千万别再给。"
    ),
    "angry.text": "碰上这种事，谁都着急。您慢慢说，我听着；想直接跟人说，就回 9。",
    "hotlines.head": "记住这几个电话：",
    "hotlines.line": "· {number}：{purpose}{when}",
    "hotlines.when": "（{when}）",
    "hotlines.fallback": (
        "· {police}：正在被骗、刚转了钱\n"
        "· {antifraud}：接到可疑电话，问一问\n"
        "· {government}：别的事不知道找谁"
    ),
    "privacy.text": (
        "您放心：\n"
        "· 谁举报的，严格保密，不会告诉被举报的人。\n"
        "· 照片、话只用来核实线索，交给负责的部门。\n"
        "· 不用留姓名也能举报。我们不会问您要银行卡号、身份证号、验证码。\n"
        "· 没交的内容，您随时可以删；已经交的线索按规定保存。"
    ),
    "label.erase": "删掉我的资料",
    "hello.in_between": "您好，我在。咱们接着来。",
    "thanks": "不客气，您多留心。",
    "style.now_big": "换好了，字少些，一次问一样。",
    "style.already_big": "已经是大字版了。还看不清，可以在手机的“设置”里把字调大。",
    "style.now_ordinary": "换回普通版了。",
    "language.ask": "您看哪种字方便？",
    "language.now": "好，以后都用简体字。",
    "stale": "那个按钮是前面的了，咱们从这儿接着来。",
    "missed.once": "我没太听明白，您再说一遍，或者回个数字。",
    "missed.once_in_words": "我没太听明白，您再说一遍。",
    "missed.again": ("还是没弄明白，怪我。您回 9 找工作人员，或者打 {phone}。字多看着累，也可以换成大字版。"),
    "repeat.first": "不着急，咱们慢慢来。",
    "repeat.second": "咱们再来一遍。也可以回 9 找工作人员，回 0 退一步。",
    "edit.unplaced": "您改了前面的话，那一句我这边改不了。要改的，直接再发一条给我就行。",
    "place.unasked": "位置收到了，这一步先用不上。",
    "unsupported.other": "这个我打不开。您发照片或者打字就行。",
    "unsupported.sticker": "收到您的表情了。有事您打字或者发照片就行。",
    "unsupported.link": "链接我收到了，我不会点开，您也别点。请截个图发来，或者打字说说。",
    "refused.other": "这张没收好，麻烦换一张，或者打字说。前面的都给您留着。",
    "refused.too_large": "这个文件太大了，麻烦截个图再发。前面的都给您留着。",
    "refused.too_many_pixels": "这张照片太大了，麻烦截个图再发。前面的都给您留着。",
    "refused.not_a_picture": "这个不像是照片，麻烦拍张照或者截个图发来。前面的都给您留着。",
    "refused.truncated": "这张照片没传完，麻烦再发一次。前面的都给您留着。",
    "refused.animated": "会动的图我看不了，麻烦截个图发来。前面的都给您留着。",
    "refused.locked": "这个文件设了密码，我打不开。麻烦把有广告的那一页截个图发来。前面的都给您留着。",
    "refused.too_small": "这张图太小，上面的字看不清，麻烦发张大点的。前面的都给您留着。",
    "warn.personal_numbers": (
        "提醒一下：卡号、身份证号、验证码不用发给我，也别发给别人。我已经把它隐去了，您最好把那条消息撤回。"
    ),
}

_SAID_BESIDE = {
    "said.wait": "不着急，您慢慢来，我在这儿等着。",
    "said.arrived": "您发来的，我都能收到。",
    "said.free": "不要钱。举报、问一问都不收费；谁以我们的名义跟您要钱，都别给。",
    "said.slip": "没关系，接着来就行；想退回上一步，回 0。",
    "said.who": "我是“前哨”，自动回复的助手，不是真人，也不会跟您要钱。想跟真人说话，回 9。",
    "said.slip_handed_in": "没关系。已经交上去的要改，回 9 告诉工作人员就行。",
    "said.again": "好，我再说一遍，您回个数字或者照着打字就行。",
    "said.no_typing": (
        "不会打字没关系：拍张照片发来就行；也可以点手机键盘上的话筒，说的话会变成字。"
        "想直接跟人说，回 9，或者打 {phone}。"
    ),
    "said.unknown_command": "这个命令我不认识。常用的：/tip 举报、/ask 问一问、/mytips 我的举报、/help 怎么用、/human 找工作人员。",
    "said.police": "我不能替您报警。人有危险、钱刚转出去，请您现在就打 {police}；受伤了打 {ambulance}。",
}

_URGENT = {
    "urgent.stop_loss": (
        "先别急，这两件事马上做：\n"
        "· 现在就打 {police}，说清楚钱转给了谁、什么时候转的；反诈专线是 {antifraud}。"
        "越早打，越有可能拦住。\n"
        "· 别再转一分钱。聊天记录、转账记录、对方的电话和账号都留着，别删。"
    ),
    "urgent.noted": "记下了。{police} 打了没有？先打电话，别再转钱。还有就接着说。",
    "urgent.called": "打了就好。听警察的安排，别再转钱，记录都留着。还有就接着说。",
    "urgent.noted_more": "这句也记下了。还有就接着说；想报上来，就回 1。",
    "urgent.scheme_steps": "还要做的：{steps}",
    "urgent.despair": (
        "听您这么说，我很担心您。钱的事可以慢慢来，您的平安最要紧。\n"
        "请您现在就打 {ambulance} 或者 {police}，心里难受也可以打 {comfort}，那边有人听您说。\n"
        "身边有家人、邻居，叫他过来陪陪您。我已经告诉工作人员了。您愿意的话，就在这儿跟我说说。"
    ),
    "urgent.despair_again": (
        "我在，您慢慢说，您写的工作人员都能看到。\n"
        "请您现在就打 {ambulance}、{police} 或者 {comfort}，那边有人听您说。别一个人待着。"
    ),
    "urgent.place": (
        "您的位置收到了，已经转给工作人员。请您待在安全的地方，现在就打 {ambulance} 或者 {police}，跟他们说您在哪儿。"
    ),
    "urgent.media": (
        "收到了，已经转给工作人员。照片和语音要过一会儿才看得到，请您打字说一句：您现在在哪儿？\n"
        "请现在就打 {ambulance} 或者 {police}，别一个人待着。"
    ),
}

_REPORT = {
    "report.ask_photo": (
        "请拍张照片发给我：墙上的、电梯里的、传单、手机截图都行，可以发好几张。"
        "拍清楚电话和字就好，别走近，别惊动对方。"
    ),
    "label.no_photo": "没有照片，用文字说",
    "report.has_media": "现在有 {count} 份照片或文件。还要加就接着发。",
    "label.enough_media": "够了，下一步",
    "label.redo": "都不要，重新发",
    "report.ask_which": "您上次有一条还没报完（{summary}）。",
    "label.merge": "合到上次那条里",
    "label.fresh": "报新的，上次那条不要了",
    "report.left": "您有一条还没报完，给您留着呢。现在接着报也行，先放着也行。",
    "report.ask_place": "是在哪里看到的？写个地名就行，比如“某某路菜场门口”；发个定位也可以。",
    "label.online": "在手机上看到的",
    "label.place.unknown": "说不清在哪儿",
    "report.place_online": "手机上",
    "report.place_pinned": "您发的定位",
    "report.place_none": "没说",
    "report.place_noted": "位置记下了。",
    "report.place_joined": "地方记成“{place}”了。",
    "report.medium_noted": "好，是{medium}。那是在什么地方？哪条路、哪个小区？",
    "report.ask_medium": "这广告是在哪种地方看到的？",
    "report.other_medium": "（看到的地方：{where}）",
    "note.identity_hidden": "（身份证号已隐去）",
    "note.card_hidden": "（卡号已隐去，尾号{last}）",
    "note.hidden": "（已隐去）",
    "report.ask_topic": "是哪种事？直接说给我听也行。",
    "label.topic.anti_collection": "说能停催收、少还钱",
    "label.topic.credit_repair": "说能修征信、洗白",
    "label.topic.high_return": "拉人投钱，说利息高",
    "label.topic.other": "别的事，我来说",
    "report.ask_what": "您看到了什么、听到了什么？一句话也行，可以分几条发。有店名、电话、微信号，也写上。",
    "report.ask_words": "还有要说的吗？比如上面的电话、说给多少利息。可以分几条发。",
    "report.more_words": "记下了。还有就接着说。",
    "report.more_words_again": "这句也记下了。说完了就回 1。",
    "report.words_kept": "您说的话都记着。还有要说的吗？",
    "report.ask_new_words": "请重新说一遍，前面的话就不要了。",
    "label.no_words": "没有了，下一步",
    "label.said_all": "说完了，下一步",
    "label.keep_words": "不改了，还用原来的",
    "report.ask_paid": "您或者家里人，给他们交过钱吗？",
    "label.paid.no": "没有",
    "label.paid.yes": "交过",
    "label.paid.unknown": "不清楚",
    "report.noted": "话我记下了。",
    "report.told_instead": "话我记下了。没有照片也能报；有照片，随时发来。还有就接着说，说完了就回 1。",
    "report.told_place": "地方记下了。没有照片也能报；有照片，随时发来。",
    "report.paid_not": "记下了，没交过钱。",
    "report.medium_is": "记下了，是{medium}。",
    "report.corrected": "改好了。",
    "report.added": "补上了。",
    "report.one_sentence": "还差一点：请说一句您看到了什么，或者发张照片。",
    "report.nothing_to_go_on": "照片没有收好，麻烦再发一张；没有照片，就打字说一句。",
    "report.got_picture": "收到，正在看您的照片，现在有 {count} 张了，还能接着发。",
    "report.got_voice": "语音给您留着，工作人员会听；我听不懂语音，要紧的请打几个字。",
    "report.got_video": "视频收到了，留给工作人员看。",
    "report.got_file": "文件收到了，留给工作人员看。",
    "report.media_full": "一条线索收 9 份，已经够用了，多的没有留。",
    "report.readback_head": "我念一遍，您看对不对：",
    "report.readback_media": "· 照片和文件：{count} 份",
    "report.readback_place": "· 地方：{place}",
    "report.readback_medium": "· 广告在：{medium}",
    "report.readback_words": "· 您说：{words}",
    "report.readback_paid_yes": "· 交过钱",
    "report.readback_paid_no": "· 没交过钱",
    "report.readback_thin": "（有店名、电话或照片的话，现在发来更好；没有也能交。）",
    "report.readback_end": "都是您看到听到的就行，记错了没关系。现在交上去吗？",
    "label.submit": "对，提交",
    "label.edit": "改一下",
    "report.ask_edit": "改哪一样？",
    "label.edit.media": "照片",
    "label.edit.place": "地方",
    "label.edit.medium": "广告在哪儿看到的",
    "label.edit.words": "我说的话",
    "label.edit.paid": "有没有交钱",
    "report.in_it": "咱们正在报呢，接着来。",
    "report.resumed": "好，接着来。",
    "report.restarted": "好，从头来，刚才的都不算。",
    "report.summary_media": "{count} 份照片",
    "report.receipt": (
        "交上了，谢谢您！\n"
        "回执号：{receipt}\n"
        "这条线索会转给负责的部门核实，结果以他们认定的为准。有消息我告诉您；您也可以随时回“我的举报”来看。\n"
        "请记住：别去现场，别再加对方，别转钱；聊天记录别删。"
    ),
    "report.passphrase": "口令：{passphrase}（只显示这一次，请抄在纸上，领奖励要用）",
    "label.report_again": "再报一条",
    "report.not_submitted": "这会儿没交成，不怪您。写好的都给您留着。",
    "label.submit_again": "再交一次",
    "hint.report": "照着问的回答就行，选数字也行。不想弄了就发“算了”。",
    "hint.report.photo": "点输入框边上的“+”，再点“拍摄”或“相册”，能勾“原图”就勾上，再点发送。实在不会，回 1，用文字说。",
    "hint.report.place": "打几个字说在哪儿看到的就行，比如“人民路菜场门口”。说不清，就回 2。",
    "hint.report.medium": "看看下面哪一个像，回它前面的数字。",
    "hint.report.words": "想到什么打什么，几个字也行。没有要说的，就回 1。",
    "hint.report.what": "想到什么打什么，几个字也行，比如“楼下有人说能修征信，收三千”。",
    "hint.report.topic": "看看下面哪一个像，回它前面的数字；也可以直接打字说。",
    "hint.report.confirm": "看看我念的对不对。对，就回 1；哪儿不对，回 2。",
    "hint.report.edit": "哪一样不对，就回它前面的数字。",
}

_ASK = {
    "ask.open": "您说吧：把对方说的话、短信打给我，或者发张照片、截图。我帮您看看像不像骗局。",
    "ask.go_on": "嗯，我听着，您接着说。说完了就回 1。",
    "ask.say_more": "嗯，光这几个字还看不出来。对方怎么说的、要您做什么，您接着说；说完了就回 1。",
    "label.heard_all": "说完了，帮我看看",
    "ask.looking": "收到，我正在看，一两分钟就告诉您。这会儿先别转钱，别扫码，别点链接。",
    "ask.still_looking": "照片还在看，看好了马上告诉您。先别转钱。",
    "ask.cannot_hear": "语音、视频我看不懂，麻烦您打几个字，说说对方讲了什么。",
    "ask.likely": "这很像一种套路，疑似“{scheme}”。",
    "ask.possible": "这有点像“{scheme}”（疑似），还不能肯定。",
    "ask.same": "记下了。看着还是像“{scheme}”（疑似）。先别转钱。还有就接着说。",
    "ask.surer": "加上这句，更像“{scheme}”了（疑似）。先别转钱。还有就接着说。",
    "ask.same_none": "记下了。连着前面一起看，还是没看出我认得的套路。先别急着转钱，还有就接着说。",
    "ask.together": "连着您前面说的一起看：",
    "ask.unclear": (
        "光看这一句，没看出我认得的套路，但不等于没问题。您要是还在说前面那件，那件疑似“{scheme}”，先别转钱。要是另一件，多说几句，我再看看。"
    ),
    "ask.changed": "连着您前面说的一起看，更像“{scheme}”（疑似）。",
    "ask.why": "因为：{why}",
    "why.reads_like": "和这种套路常用的说法很像",
    "why.mentions": "里面提到“{word}”",
    "why.called": "“{word}”是这种套路常用的叫法",
    "ask.now": "现在您可以：{now}",
    "ask.not_ours": "是不是，要由负责的部门认定。拿不准就打 {antifraud} 问。",
    "ask.none": (
        "光看这些，没看出我认得的套路，但不等于没问题。\n"
        "谁让您先交钱、给验证码、转到个人账户，都先停一停，跟家里人商量，或者打 {antifraud} 问。\n"
        "您也可以多说几句，或者发张截图，我再看看。"
    ),
    "ask.demand": (
        "没认出是哪一种套路，可有一样不对：{demand}\n"
        "先停下，别转钱，跟家里人商量，或者打 {antifraud} 问。\n"
        "您也可以多说几句，或者发张截图，我再看看。"
    ),
    "ask.meaning": (
        "“{name}”是这么回事：{about}\n记住：{plain}\n"
        "要是有人这样找过您，把他的原话打给我，或者发张截图，我帮您看看。"
    ),
    "demand.code": "验证码、密码跟谁都不能说，真的银行、公安不会问您要。",
    "demand.screen": "叫您共享屏幕、让人远程操作手机的，是想看您的密码。",
    "demand.secrecy": "叫您瞒着家里人的，就是怕有人拦住您。",
    "demand.kin": "说是您的亲人、熟人急着要钱的，先打他本人原来的号码问一声。",
    "demand.pay_first": "东西、钱都还没见着，就先要您交钱，多半有问题。",
    "demand.person": "办正经事不会叫您把钱打到个人的账户。",
    "ask.dispute": (
        "这更像是跟银行、保险公司之间的纠纷，不用走举报。您可以这样：\n"
        "· 先打这家机构的官方客服，说清楚您的要求，记下时间和工号。\n"
        "· 谈不拢，再打 {institutions} 反映，也可以要求调解，都不收费。\n"
        "有人说交钱就能替您办，先别信。"
    ),
    "ask.what_next": "接下来您想做什么？也可以接着说，或者再发照片。",
    "ask.acknowledged": "好嘞。",
    "ask.passing": (
        "顺便说一声：您刚才问的那个看好了，疑似“{scheme}”，先别转钱。想细看，一会儿发“问一问”。"
        "咱们接着刚才的，直接回就行。"
    ),
    "ask.passing_none": (
        "顺便说一声：您刚才问的那个看过了，没看出我认得的套路，但还是别急着转钱。咱们接着刚才的，直接回就行。"
    ),
    "ask.tip_seen": "您交的照片看过了，疑似“{scheme}”，已经写进线索，给工作人员参考。先别跟对方转钱。",
    "ask.cut_off": "照片边上的字没拍全。方便的话再拍一张发来，不方便也不要紧。",
    "ask.last": "您上次问的，我看是这样：",
    "label.tip": "举报它",
    "label.tip_anyway": "还是想举报",
    "label.tip_paid": "把这事报上来",
    "label.judge": "看看像哪种骗局",
    "label.paid": "我已经转钱了",
    "label.again": "再问一件",
    "hint.ask": "对方怎么跟您说的，您照着打几个字就行；短信、聊天可以截图发来。",
    "loose.pictures": "收到 {count} 张照片，正在看。您想做什么？",
    "loose.media": "收到 {count} 份文件（语音、视频我看不懂，给工作人员留着）。您想做什么？",
    "loose.noted": "话也记下了。",
    "label.loose_report": "举报它",
    "label.loose_ask": "问一问，是不是骗局",
    "label.loose_merge": "加到没报完的那条里",
    "hint.loose": "要举报就回“举报”，想问是不是骗人的就回“问一问”。",
}

_PRIVATE = {
    "private.identity_card": "等一下：您发的照片里，有 {count} 张像是身份证之类的证件。",
    "private.bank_card": "等一下：您发的照片里，有 {count} 张像是银行卡。",
    "private.selfie": "等一下：您发的照片里，有 {count} 张像是拍的人，不是广告。",
    "private.several": "等一下：您发的照片里，有 {count} 张像是证件、银行卡或者人。",
    "private.ask": "这是私人的东西，举报一般用不着。不发的话，我马上删掉；真跟这事有关，也可以照样发，工作人员会保密。",
    "label.private.drop": "不发，把它删掉",
    "label.private.keep": "照样发",
    "private.dropped": "删掉了，工作人员看不到。别的都还在。",
    "private.kept": "好，照样发给工作人员。上面要是有证件号、卡号，会遮住。",
    "private.too_late": "已经过了一天，工作人员可能看过了，我这里删不了。要删请回 9 找工作人员。",
    "hint.private": "不想让人看到那张照片，就回 1；要照样发，回 2。",
}

_TIPS = {
    "tips.none_yours": "您在这儿还没有交过线索。要是在别处交过，把回执号发给我（QS 开头，交完时给您的）。",
    "tips.not_found": "没查到这个回执号。麻烦对一对，QS 开头，一个字都不能错。",
    "tips.no_receipt": "这不像回执号。",
    "tips.lost_receipt": "没有回执号，在这儿就查不了别处交的，我们不能随便给人看。在这儿交的，发“我的举报”就有；别的回 9 找工作人员。",
    "tips.ask_receipt": "请把回执号发给我，QS 开头，像 QS-ABCD-EFGH-J 这样。",
    "tips.list": "您交过的，最近有这 {count} 条。看哪一条？",
    "tips.row": "{day}交的：{state}",
    "tips.row_asked": "{day}交的：{state}（有问题问您）",
    "tips.day": "{month}月{day}日",
    "tips.card": "线索 {receipt}\n{day}交的，现在：{state}",
    "tips.state.submitted": "已收到，等待查看",
    "tips.state.need_more": "需要您补充",
    "tips.state.accepted": "已受理",
    "tips.state.routed": "已转主管部门",
    "tips.state.verifying": "主管部门核实中",
    "tips.state.recognised": "已核实属实",
    "tips.state.not_recognised": "经核实未予认定",
    "tips.state.merged": "与已有线索合并处理",
    "tips.state.screened_out": "不属于受理范围",
    "tips.state.closed": "已办结",
    "tips.result": "结果：{result}",
    "tips.result.recognised": "主管部门已核实并认定。谢谢您。",
    "tips.result.not_recognised": "主管部门核实后未予认定。记错没关系，谢谢您留心。",
    "tips.result.merged": "与一条已有线索是同一件事，已合在一起办理。",
    "tips.result.screened_out": "不属于本系统受理的范围。",
    "tips.reward": "奖励：{reward}",
    "tips.reward.proposed": "正在按当地办法审核是否奖励。",
    "tips.reward.approved": "奖励已批准。请凭回执号到受理窗口登记领取，{never}",
    "tips.reward.notified": "奖励已批准。请在 {month} 月 {day} 日前凭回执号到受理窗口登记领取，{never}",
    "tips.reward.news": "奖励已批准。请在收到本消息后 {days} 个{counted}内凭回执号到受理窗口登记领取，{never}",
    "tips.reward.never": "我们不会在聊天里要您的银行卡号和验证码。",
    "tips.reward.claimed": "已登记领取，等待发放。",
    "tips.reward.paid": "奖励已发放。",
    "tips.reward.lapsed": "奖励已过领取期限。",
    "tips.days.working": "工作日",
    "tips.days.calendar": "自然日",
    "tips.asked": "工作人员想问您：{asked}",
    "tips.answer": "工作人员想问您：{asked}\n您打字说，或者发照片，都行。",
    "tips.answer_more": "记下了。还有就接着发。",
    "tips.answered": "交给工作人员了，谢谢您。",
    "tips.not_taken": "这一条现在不用回答了，谢谢您。有新消息我告诉您。",
    "tips.news": "您的线索有新消息：",
    "tips.department": "转给了：{department}",
    "tips.said": "工作人员说：{said}",
    "tips.answer_later": "（手上的事弄完，发“我的举报”就能回答。）",
    "label.answer": "现在回答",
    "label.others": "看别的",
    "label.by_receipt": "用回执号查别的",
    "label.send_answer": "说完了，交给他们",
    "hint.tips": "想看哪一条，就回它前面的数字；有回执号，直接发来也行。",
    "hint.tips_answer": "问您什么，您打几个字回答就行；有照片也可以发。说完了回 1。",
}

_LEARNING = {
    "quiz.open": "做几道题，练练眼力。来哪种？",
    "quiz.daily_done": "今天的题您答过了，明天再来一道。",
    "quiz.empty": "题目正在准备，过几天再来。",
    "quiz.daily": "今天这一题：\n{question}",
    "quiz.number": "第 {number} 题，一共 {of} 题：\n{question}",
    "quiz.right": "答对了！{why}",
    "quiz.unknown": "不知道没关系。应该是“{answer}”。{why}",
    "quiz.wrong": "差一点。应该是“{answer}”。{why}",
    "quiz.go_on": "接着答下一题？",
    "quiz.result": "{of} 题答对 {right} 题。{cheer}",
    "quiz.cheer_all": "全对，眼力真好！",
    "quiz.cheer_some": "记住错的那几道，就不白答。",
    "label.quiz.daily": "今天这一题",
    "label.quiz.round": "连答五题",
    "label.quiz.go_on": "接着上次的答",
    "label.quiz_again": "再来一轮",
    "label.next": "下一题",
    "hint.quiz": "觉得哪个对，就回它前面的数字。答错也没关系。",
    "warnings.list": "最近要当心这些，想看哪一条？",
    "warnings.none": "现在没有新的风险提示。",
    "warnings.page": "{title}\n{body}\n记住：{steps}",
    "label.other_warnings": "看别的提示",
    "hint.warnings": "想看哪一条，就回它前面的数字。",
}

_PEOPLE = {
    "human.called": (
        "已经叫工作人员了。他们上班时间：{hours}；着急就打 {phone}。\n有什么话，直接打在这里，他们都能看到。"
    ),
    "human.called_closed": (
        "已经给工作人员留了话。{closed}，{back}上班，上了班就能看到。\n"
        "着急就打 {government}；正在被骗，马上打 {police}。有什么话，也可以先打在这里。"
    ),
    "human.closed": "这会儿他们下班了",
    "human.closed_holiday": "今天放假（{holiday}）",
    "human.morning": "上午{hour}点{minutes}",
    "human.afternoon": "下午{hour}点{minutes}",
    "human.back_today": "今天{time}",
    "human.back_tomorrow": "明天{time}",
    "human.back_on": "{month}月{day}日{time}",
    "human.picture_passed_on": "收到，转给工作人员了。照片上要是有您自己的证件、银行卡，会先问您再给他们看。还有话就接着打。",
    "human.file_passed_on": "收到，转给工作人员了，他们能看能听。还有话就接着打。",
    "human.files_taken": "您发给工作人员的材料，已经加到线索 {receipt} 里。",
    "human.files_opened": "您发给工作人员的材料，已经记成一条线索。\n回执号：{receipt}\n随时发“我的举报”就能看到进展。",
    "label.report_too": "也举报它",
    "human.passed_on": "转给工作人员了，他们看到就回您（{hours}）。还有话就接着打。",
    "human.passed_on_more": "这句也转过去了。您不用守着，回话会发到这里。",
    "human.withheld": "这件事工作人员看过了，想直接跟您说清楚，请打 {phone}。",
    "human.answered": "工作人员回复您：\n{text}",
    "human.answer_back": "还有话要说，回 9。",
    "human.place": "【发来位置】{label}（纬度 {latitude}，经度 {longitude}）",
    "human.sent_media": "【发来{kind}】",
    "human.kind_picture": "照片",
    "human.kind_voice": "语音",
    "human.kind_video": "视频",
    "human.kind_file": "文件",
    "human.sent_picture": "工作人员给您发来一张图。",
    "human.some_hours": "工作日白天",
    "hint.human": "把您想说的打在这里就行，工作人员会看到。想回到刚才那一步，回 1。",
    "leaving.left": "好，不弄了。什么时候想弄，随时来。",
    "leaving.ask_draft": "好，先不弄了。刚才写的还没交上去，给您留着吗？",
    "label.keep": "留着，以后接着弄",
    "label.drop": "不要了，都删掉",
    "leaving.kept": "给您留着了，想弄的时候回来就行。",
    "leaving.dropped": "都删掉了。",
    "leaving.ask_erase": (
        "要把您在这儿的资料都删掉吗？没交的草稿、聊天都会删，删了找不回来。已经交的线索按规定要保存。"
    ),
    "label.erase.yes": "都删掉",
    "label.erase.no": "先不删",
    "leaving.not_erased": "好，没有删。",
    "leaving.erased": "已经办了，您的资料会删掉。以后要用，直接发消息就行。",
    "hint.leaving": "回前面的数字就行，比如回 1。",
}

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_STANDING,
        **_MENU,
        **_SAID_BESIDE,
        **_URGENT,
        **_REPORT,
        **_ASK,
        **_PRIVATE,
        **_TIPS,
        **_LEARNING,
        **_PEOPLE,
    }
)
