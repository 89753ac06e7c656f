"""English, ordinary style: plain and warm, short words, nothing that a second-language reader must look up.

The house rules of `zh_hans` hold: “looks like” and “suspected”, never a verdict; no promise about money or outcome;
nothing asks for a card number, an identity number or a code.
It is long because a translator, and a test that compares the keys, want all of one language in one file.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_STANDING = {
    "label.back": "Back",
    "label.human": "A person",
    "label.menu": "Menu",
    "label.more": "Read on",
    "label.more_options": "Something else",
    "label.go_back": "Go back to where I was",
    "list.mark": "\n· ",
    "list.gap": "",
    "list.end": "",
    "list.comma": ", ",
    "more_options": "These too:",
}

_MENU = {
    "menu.welcome": (
        "Hello, this is Qianshao (“the outpost”), an automatic assistant.\n"
        "Seen a suspicious ad for loans, investments or “credit repair”? Send a photo and you have reported it. "
        "Not sure whether something is a scam? Ask first.\n"
        "Just reply with a number:"
    ),
    "menu.welcome_back": "Hello again. You left a report unfinished last time. I have kept it for you.",
    "menu.other_language": "（中文请发“简体”，繁體請發「繁體」。）",
    "menu.ask": "What would you like to do? Reply with a number:",
    "label.report": "Report a scam",
    "label.ask": "Ask: is this a scam?",
    "label.tips": "My reports",
    "label.quiz": "Scam quiz",
    "label.warnings": "Scam warnings",
    "label.big": "Large-print version",
    "label.ordinary": "Ordinary version",
    "label.help": "Show me how it works",
    "label.resume": "Go on with my report",
    "help.text": (
        "It is easy:\n"
        "· To report: tap “+” beside the text box and send a photo. I will ask you the rest step by step.\n"
        "· Not sure: type what they told you, or send a screenshot.\n"
        "· To choose, reply with its number. 0 goes one step back, 9 calls our staff ({hours}, phone {phone}).\n"
        "· Send “cancel” to stop, “restart” to begin again, “language” for 中文."
    ),
    "hint.menu": "Reply with the number in front of what you want, for example 1.",
    "reward.text": (
        "When the department in charge has checked and confirmed a report, it may give a reward under local rules. "
        "Whether and how much is for them to decide. Send “my reports” to see how yours stands."
    ),
    "money_back.text": (
        "Whether it can be recovered depends on the police's work; nobody can say. The sooner you call {police}, the better.\n"
        "If someone offers to get it back for a fee, that is most likely a scam too. Do not pay them."
    ),
    "angry.text": "This would upset anybody. Take your time, I am listening. To talk to a person, reply 9.",
    "hotlines.head": "Keep these numbers at hand:",
    "hotlines.line": "· {number}: {purpose}{when}",
    "hotlines.when": " ({when})",
    "hotlines.fallback": (
        "· {police}: you are being cheated now, or have just sent money\n"
        "· {antifraud}: a suspicious call, and you want to ask\n"
        "· {government}: anything else, when you do not know whom to ask"
    ),
    "privacy.text": (
        "You can feel safe:\n"
        "· Who reported is kept strictly secret. The people you report are never told.\n"
        "· Photos and words are used only to check the report, and go to the department in charge.\n"
        "· You need not give your name. We never ask for bank cards, ID numbers or codes.\n"
        "· What you have not handed in you can delete at any time. What you have handed in is kept as the law says."
    ),
    "label.erase": "Delete my data",
    "hello.in_between": "Hello, I am here. Let us go on.",
    "thanks": "You are welcome. Take care.",
    "style.now_big": "Done: fewer words, one thing at a time.",
    "style.already_big": "This is the large-print version already. The letters can be made larger in your phone’s settings.",
    "style.now_ordinary": "Back to the ordinary version.",
    "language.ask": "Which language suits you?",
    "language.now": "English from now on.",
    "stale": "That button was from earlier. Let us go on from here.",
    "missed.once": "I did not quite get that. Please say it again, or reply with a number.",
    "missed.once_in_words": "I did not quite follow. Please say it again.",
    "missed.again": (
        "I still did not get it, sorry. Reply 9 for our staff, or call {phone}. "
        "If this is a lot to read, there is a large-print version."
    ),
    "repeat.first": "No hurry, take your time.",
    "repeat.second": "Let us try once more. You can also reply 9 for our staff, or 0 to go back.",
    "edit.unplaced": "I cannot change what you said before. Please send it again as a new message.",
    "place.unasked": "I have your location, but do not need it for this step.",
    "unsupported.other": "I cannot open this. Please send a photo or type.",
    "unsupported.sticker": "Got your sticker. If you need something, type it or send a photo.",
    "unsupported.link": "Got the link. I will not open it, and please do not either. Send a screenshot, or type.",
    "refused.other": "This one did not arrive well. Please try another, or type. Everything so far is kept.",
    "refused.too_large": "This file is too big. Please send a screenshot of it. Everything so far is kept.",
    "refused.too_many_pixels": "This photo is too big. Please send a screenshot of it. Everything so far is kept.",
    "refused.not_a_picture": "This is not a photo. Please take a photo or a screenshot. Everything so far is kept.",
    "refused.truncated": "This photo came only in part. Please send it again. Everything so far is kept.",
    "refused.animated": "I cannot see moving pictures. Please send a screenshot. Everything so far is kept.",
    "refused.locked": (
        "This file has a password, so I cannot open it. Please send a screenshot of the page with the ad. "
        "Everything so far is kept."
    ),
    "refused.too_small": "This picture is too small to read. Please send a larger one. Everything so far is kept.",
    "warn.personal_numbers": (
        "A word of care: never send card numbers, ID numbers or codes, to me or to anyone. "
        "I have hidden it. Please take that message back if you can."
    ),
}

_SAID_BESIDE = {
    "said.wait": "No hurry. Take your time, I will be here.",
    "said.arrived": "Whatever you send does reach me.",
    "said.free": "It is free. Reporting and asking cost nothing; if anyone asks you for money in our name, do not pay.",
    "said.slip": "No harm done, let us go on. To go back a step, reply 0.",
    "said.who": "I am Qianshao, a helper that answers by itself: no person, and I never ask for money. To talk to a person, reply 9.",
    "said.slip_handed_in": "Never mind. To change what you have handed in, reply 9 and tell our staff.",
    "said.again": "Of course. Here it is once more; a number or a few words will do.",
    "said.no_typing": (
        "You need not type: a photo is enough, or tap the microphone on your phone's keyboard and your words are "
        "written down. To talk to a person, reply 9 or call {phone}."
    ),
    "said.unknown_command": (
        "I do not know that command. There are /tip to report, /ask, /mytips, /help, and /human for our staff."
    ),
    "said.police": (
        "I cannot call the police for you. If anyone is in danger or money has just gone, call {police} now; "
        "for an injury call {ambulance}."
    ),
}

_URGENT = {
    "urgent.stop_loss": (
        "Stay calm and do these two things right now:\n"
        "· Call {police} at once. Say whom the money went to and when. The anti-fraud line is {antifraud}. "
        "The sooner you call, the better the chance of stopping it.\n"
        "· Send no more money. Keep the chats, the transfer records, their phone and account numbers. Delete nothing."
    ),
    "urgent.noted": "Noted. Have you called {police}? Please call first, and send no more money. Then tell me more.",
    "urgent.called": (
        "Good that you called. Do what the police tell you, send no more money, and keep all records. "
        "Tell me more if there is more."
    ),
    "urgent.noted_more": "That is noted too. Go on if there is more; to report it, reply 1.",
    "urgent.scheme_steps": "Also:{steps}",
    "urgent.despair": (
        "I am very worried about you. Money can wait; you matter most.\n"
        "Please call {ambulance} or {police} right now. {comfort} is a line where someone will listen to you.\n"
        "Ask family or a neighbour to come and be with you. I have told our staff. "
        "If you like, talk to me here."
    ),
    "urgent.despair_again": (
        "I am here, take your time. Our staff have what you wrote.\n"
        "Please call {ambulance} or {police} now, or {comfort}: someone there will listen. Do not stay alone."
    ),
    "urgent.place": (
        "I have your location and have passed it to our staff. Please stay somewhere safe, call {ambulance} or {police} "
        "now, and tell them where you are."
    ),
    "urgent.media": (
        "I have passed it on to our staff. It takes a while until they see or hear it: please type where you are.\n"
        "Please call {ambulance} or {police} now. Do not stay alone."
    ),
}

_REPORT = {
    "report.ask_photo": (
        "Please send me a photo: on a wall, in a lift, a leaflet, a screenshot, and as many as you like. "
        "The phone number and the words should be readable. Do not go close, and do not alert them."
    ),
    "label.no_photo": "No photo, I will type",
    "report.has_media": "Photos and files so far: {count}. Send more if you have them.",
    "label.enough_media": "Enough, go on",
    "label.redo": "Drop them, send others",
    "report.ask_which": "You have an unfinished report ({summary}).",
    "label.merge": "Add to that report",
    "label.fresh": "Start a new one, drop that one",
    "report.left": "You began a report and did not finish it. It is kept for you. Finish it now, or leave it: both are fine.",
    "report.ask_place": (
        "Where did you see it? The name of a place will do, like “the market gate on such-and-such road”. "
        "You can also send your location."
    ),
    "label.online": "On my phone",
    "label.place.unknown": "I cannot say where",
    "report.place_online": "on a phone",
    "report.place_pinned": "the location you sent",
    "report.place_none": "not said",
    "report.place_noted": "Location noted.",
    "report.place_joined": "I have put the place down as “{place}”.",
    "report.medium_noted": "All right: {medium}. And where was that? Which street, which estate?",
    "report.ask_medium": "What kind of place was the ad in?",
    "report.other_medium": "(seen at: {where})",
    "note.identity_hidden": "(ID number taken out)",
    "note.card_hidden": "(card number taken out, it ends with {last})",
    "note.hidden": "(taken out)",
    "report.ask_topic": "What is it about? You can also simply tell me.",
    "label.topic.anti_collection": "“Stop debt collectors”",
    "label.topic.credit_repair": "“Repair your credit”",
    "label.topic.high_return": "Investments, high returns",
    "label.topic.other": "Something else",
    "report.ask_what": (
        "What did you see or hear? One sentence will do, and several messages are fine. "
        "Shop names, phone numbers and WeChat names help."
    ),
    "report.ask_words": "Anything to add? For example the phone number on it, or the interest they named.",
    "report.more_words": "Noted. Go on if there is more.",
    "report.more_words_again": "Noted too. When you have said it all, reply 1.",
    "report.words_kept": "I have your words. Anything to add?",
    "report.ask_new_words": "Please say it again; the earlier words will be dropped.",
    "label.no_words": "No, go on",
    "label.said_all": "That is all, go on",
    "label.keep_words": "Keep what I wrote",
    "report.ask_paid": "Have you or your family paid them anything?",
    "label.paid.no": "No",
    "label.paid.yes": "Yes, we paid",
    "label.paid.unknown": "Not sure",
    "report.noted": "I have noted your words.",
    "report.told_instead": "Noted. You can report without a photo; if you have one, send it at any time. Go on if there is more, and reply 1 when that is all.",
    "report.told_place": "I have noted the place. You can report without a photo; if you have one, send it at any time.",
    "report.paid_not": "Noted: nothing was paid.",
    "report.medium_is": "Noted: {medium}.",
    "report.corrected": "Put right.",
    "report.added": "Added.",
    "report.one_sentence": "One thing is missing: please say in a sentence what you saw, or send a photo.",
    "report.nothing_to_go_on": "The photo did not arrive. Please send it again, or type a sentence.",
    "report.got_picture": "Got it, I am looking at it. Photos so far: {count}. You can send more.",
    "report.got_voice": "Your voice message is kept for our staff. I cannot understand voice: please type what matters.",
    "report.got_video": "Got the video; our staff will see it.",
    "report.got_file": "Got the file; our staff will see it.",
    "report.media_full": "A report takes 9 pieces, which is plenty. The rest was not kept.",
    "report.readback_head": "Let me read it back to you:",
    "report.readback_media": "· Photos and files: {count}",
    "report.readback_place": "· Place: {place}",
    "report.readback_medium": "· The ad was: {medium}",
    "report.readback_words": "· You say: {words}",
    "report.readback_paid_yes": "· Money was paid",
    "report.readback_paid_no": "· No money was paid",
    "report.readback_thin": "(If you have a shop name, a phone number or a photo, send it now. Without is fine too.)",
    "report.readback_end": "Just what you saw and heard; an honest mistake is no problem. Shall I hand it in?",
    "label.submit": "Yes, hand it in",
    "label.edit": "Change something",
    "report.ask_edit": "What shall we change?",
    "label.edit.media": "The photos",
    "label.edit.place": "The place",
    "label.edit.medium": "Where the ad was",
    "label.edit.words": "My words",
    "label.edit.paid": "Whether money was paid",
    "report.in_it": "We are in the middle of a report. Let us go on.",
    "report.resumed": "All right, let us go on.",
    "report.restarted": "All right, from the beginning. What came before does not count.",
    "report.summary_media": "photos: {count}",
    "report.receipt": (
        "It is handed in. Thank you!\n"
        "Receipt: {receipt}\n"
        "It goes to the department in charge to be checked; what they find is what counts. I will tell you the news, "
        "and you can send “my reports” at any time.\n"
        "Please remember: do not go there, do not add them as a contact, send no money, and delete no chats."
    ),
    "report.passphrase": "Password: {passphrase} (shown only once; write it on paper, a reward needs it)",
    "label.report_again": "Report another",
    "report.not_submitted": "It could not be handed in just now. It is not your fault, and everything is kept.",
    "label.submit_again": "Try again",
    "hint.report": "Just answer the question, or choose a number. To stop, send “cancel”.",
    "hint.report.photo": (
        "Tap “+” beside the text box, then the camera or your album, choose the photo and send it, as original or as a file if you can. "
        "If that is hard, reply 1 and type instead."
    ),
    "hint.report.place": "A few words on where you saw it, like “by the market on Main Road”. If you cannot say, reply 2.",
    "hint.report.medium": "See which one fits, and reply with its number.",
    "hint.report.words": "Type whatever comes to mind; a few words will do. Nothing to add? Reply 1.",
    "hint.report.what": "Type whatever comes to mind, like “someone downstairs offers to repair credit for 3000”.",
    "hint.report.topic": "See which one fits, and reply with its number; or just type.",
    "hint.report.confirm": "See whether I got it right. If so, reply 1; if not, reply 2.",
    "hint.report.edit": "Reply with the number of what is wrong.",
}

_ASK = {
    "ask.open": "Go ahead: type what they told you, or send a photo or a screenshot. I will see whether it looks like a scam.",
    "ask.go_on": "I am listening, please go on. When you have said it all, reply 1.",
    "ask.say_more": (
        "That is too little to tell yet. What did they say, and what do they want you to do? "
        "Go on, and reply 1 when you have said it all."
    ),
    "label.heard_all": "That is all, have a look",
    "ask.looking": (
        "Got it. I am looking at it and will tell you in a minute or two. "
        "Until then: send no money, scan no code, open no link."
    ),
    "ask.still_looking": "I am still looking at the photo and will tell you right away. Send no money yet.",
    "ask.cannot_hear": "I cannot understand voice or video. Please type in a few words what they said.",
    "ask.likely": "This looks very much like a known scheme. Suspected: {scheme}.",
    "ask.possible": "This looks a little like {scheme} (suspected). It is not certain.",
    "ask.same": "Noted. It still looks like {scheme} (suspected). Send no money. Tell me more if there is more.",
    "ask.surer": "With this it looks even more like {scheme} (suspected). Send no money. Tell me more if there is more.",
    "ask.same_none": "Noted. All together I still see no scheme that I know. Do not hurry to pay, and go on if there is more.",
    "ask.together": "Together with what you said before:",
    "ask.unclear": (
        "In this alone I see no scheme that I know, which does not mean it is safe. If you still mean what you told me before:"
        " that is suspected {scheme}, send no money. If it is something else, tell me a little more and I will look."
    ),
    "ask.changed": "Together with what you said before it looks more like {scheme} (suspected).",
    "ask.why": "Because:{why}",
    "why.reads_like": "it reads like what such people usually say",
    "why.mentions": "it mentions “{word}”",
    "why.called": "“{word}” is what such people call it",
    "ask.now": "What you can do now:{now}",
    "ask.not_ours": "Whether it is one is for the department in charge to say. If unsure, call {antifraud} and ask.",
    "ask.none": (
        "From this alone I see no scheme that I know, but that does not mean it is safe.\n"
        "If anyone wants money first, a code, or a transfer to a private account: stop, talk to your family, "
        "or call {antifraud}.\n"
        "Tell me more, or send a screenshot, and I will look again."
    ),
    "ask.demand": (
        "I do not know which scheme this is, but one thing is wrong: {demand}\n"
        "Stop, send no money, talk to your family, or call {antifraud}.\n"
        "Tell me more, or send a screenshot, and I will look again."
    ),
    "ask.meaning": (
        "{name}: {about}\nRemember: {plain}\n"
        "If anyone came to you like that, type their own words or send a screenshot, and I will have a look."
    ),
    "demand.code": "codes and passwords are for nobody. No real bank or police will ask for them.",
    "demand.screen": "who wants you to share your screen wants to see your passwords.",
    "demand.secrecy": "who wants you to hide it from your family fears that somebody will stop you.",
    "demand.kin": "a relative or friend suddenly needs money? Call their own old number first.",
    "demand.pay_first": "you are to pay before you have seen anything for it.",
    "demand.person": "nothing proper is paid into a person's own account.",
    "ask.dispute": (
        "This looks like a dispute with a bank or an insurer, so it need not be reported here. You can:\n"
        "· Call the company's official line first. Say what you want, and note the time and the clerk's number.\n"
        "· If that fails, call {institutions}, or ask for mediation. Both are free.\n"
        "If someone offers to do it for a fee, do not believe them yet."
    ),
    "ask.what_next": "What next? You can also tell me more, or send more photos.",
    "ask.acknowledged": "All right.",
    "ask.passing": (
        "By the way: what you asked about earlier looks like {scheme} (suspected). Send no money. For the details, send “ask” "
        "later. Let us go on where we were: just answer."
    ),
    "ask.passing_none": (
        "By the way: I looked at what you asked about earlier and saw no scheme that I know, but do not hurry to pay. "
        "Let us go on where we were: just answer."
    ),
    "ask.tip_seen": (
        "I looked at the photos you handed in. They look like {scheme} (suspected). It is noted in your report for our staff. "
        "Send them no money."
    ),
    "ask.cut_off": "Some words run off the edge of the photo. If it is no trouble, please send another.",
    "ask.last": "About what you asked last:",
    "label.tip": "Report it",
    "label.tip_anyway": "Report it anyway",
    "label.tip_paid": "Report this",
    "label.judge": "See what scam it looks like",
    "label.paid": "I have sent money",
    "label.again": "Ask something else",
    "hint.ask": "Type what they told you, in a few words. You can send a screenshot of messages and chats.",
    "loose.pictures": "Photos received: {count}. I am looking at them. What would you like to do?",
    "loose.media": (
        "Files received: {count}. (Voice and video I cannot understand; they are kept for our staff.) "
        "What would you like to do?"
    ),
    "loose.noted": "Noted.",
    "label.loose_report": "Report it",
    "label.loose_ask": "Ask: is this a scam?",
    "label.loose_merge": "Add to my unfinished report",
    "hint.loose": "To report it, reply “report”. To ask whether it is a scam, reply “ask”.",
}

_PRIVATE = {
    "private.identity_card": "One moment: {count} of the photos you sent may show an identity card or another of your papers.",
    "private.bank_card": "One moment: {count} of the photos you sent may show a bank card.",
    "private.selfie": "One moment: {count} of the photos you sent may show a person, not an ad.",
    "private.several": "One moment: {count} of the photos you sent may show cards or people.",
    "private.ask": (
        "That is private, and a report rarely needs it. If not, I delete it now; if it does belong to the matter, "
        "send it all the same, and our staff keep it to themselves."
    ),
    "label.private.drop": "Do not send, delete it",
    "label.private.keep": "Send it all the same",
    "private.dropped": "Deleted. Our staff cannot see it. Everything else is still here.",
    "private.kept": "All right, our staff get it. ID and card numbers on it are covered.",
    "private.too_late": (
        "A day has passed and our staff may have seen it, so I cannot delete it here. Reply 9 for our staff."
    ),
    "hint.private": "To keep that photo to yourself, reply 1; to send it all the same, reply 2.",
}

_TIPS = {
    "tips.none_yours": (
        "You have not handed in a report here. If you did so elsewhere, send me its receipt (it begins with QS)."
    ),
    "tips.not_found": "I find no such receipt. Please compare: it begins with QS, and every letter counts.",
    "tips.no_receipt": "That does not look like a receipt.",
    "tips.lost_receipt": "Without the code I cannot show what was handed in elsewhere. What you handed in here is under “my reports”; else reply 9.",
    "tips.ask_receipt": "Please send me the receipt. It begins with QS, like QS-ABCD-EFGH-J.",
    "tips.list": "Your latest {count} reports. Which one?",
    "tips.row": "{day}: {state}",
    "tips.row_asked": "{day}: {state} (a question for you)",
    "tips.day": "{month} {day}",
    "tips.card": "Report {receipt}\nHanded in on {day}. Now: {state}",
    "tips.state.submitted": "received, waiting",
    "tips.state.need_more": "we need more from you",
    "tips.state.accepted": "accepted",
    "tips.state.routed": "passed to the department",
    "tips.state.verifying": "being checked",
    "tips.state.recognised": "checked and confirmed",
    "tips.state.not_recognised": "checked, not confirmed",
    "tips.state.merged": "joined with another",
    "tips.state.screened_out": "not a matter for us",
    "tips.state.closed": "closed",
    "tips.result": "Result: {result}",
    "tips.result.recognised": "The department in charge has checked and confirmed it. Thank you.",
    "tips.result.not_recognised": (
        "The department in charge has checked it and did not confirm it. An honest mistake is no problem; "
        "thank you for looking out."
    ),
    "tips.result.merged": "It is about the same thing as an earlier report. They are handled together.",
    "tips.result.screened_out": "It is outside what this service can take on.",
    "tips.reward": "Reward: {reward}",
    "tips.reward.proposed": "Whether there is a reward is being looked at under the local rules.",
    "tips.reward.approved": "A reward is approved. Please register at the service desk with your receipt. {never}",
    "tips.reward.notified": (
        "A reward is approved. Please register at the service desk with your receipt by {month} {day}. {never}"
    ),
    "tips.reward.news": (
        "A reward is approved. Please register at the service desk with your receipt within {days} {counted} "
        "of this message. {never}"
    ),
    "tips.reward.never": "We never ask for your card number or a code in this chat.",
    "tips.reward.claimed": "You have registered; it is waiting to be paid.",
    "tips.reward.paid": "The reward has been paid.",
    "tips.reward.lapsed": "The time to claim the reward has passed.",
    "tips.days.working": "working days",
    "tips.days.calendar": "days",
    "tips.asked": "Our staff ask you: {asked}",
    "tips.answer": "Our staff ask you: {asked}\nType your answer, or send a photo.",
    "tips.answer_more": "Noted. Send more if there is more.",
    "tips.answered": "Passed to our staff. Thank you.",
    "tips.not_taken": "This needs no answer any more, thank you. I will tell you when there is news.",
    "tips.news": "News of your report:",
    "tips.department": "Passed to: {department}",
    "tips.said": "Our staff say: {said}",
    "tips.answer_later": "(When you are done here, send “my reports” to answer.)",
    "label.answer": "Answer now",
    "label.others": "See another",
    "label.by_receipt": "Look up a receipt",
    "label.send_answer": "Done, pass it on",
    "hint.tips": "Reply with the number of the one you want, or send a receipt.",
    "hint.tips_answer": "Type a few words to answer, or send a photo. When you are done, reply 1.",
}

_LEARNING = {
    "quiz.open": "A few questions to sharpen your eye. Which kind?",
    "quiz.daily_done": "You have answered today's question. There is a new one tomorrow.",
    "quiz.empty": "The questions are being prepared. Please come back in a few days.",
    "quiz.daily": "Today's question:\n{question}",
    "quiz.number": "Question {number} of {of}:\n{question}",
    "quiz.right": "Right! {why}",
    "quiz.unknown": "Never mind. It is “{answer}”. {why}",
    "quiz.wrong": "Not quite. It is “{answer}”. {why}",
    "quiz.go_on": "Next question?",
    "quiz.result": "{right} of {of} right. {cheer}",
    "quiz.cheer_all": "All of them: a sharp eye!",
    "quiz.cheer_some": "Remember the ones you missed, and it was worth it.",
    "label.quiz.daily": "Today's question",
    "label.quiz.round": "Five questions",
    "label.quiz.go_on": "Go on with my round",
    "label.quiz_again": "Another round",
    "label.next": "Next",
    "hint.quiz": "Reply with the number of the one you think is right. A wrong answer is no problem.",
    "warnings.list": "Watch out for these. Which one?",
    "warnings.none": "There are no new warnings now.",
    "warnings.page": "{title}\n{body}\nRemember:{steps}",
    "label.other_warnings": "See other warnings",
    "hint.warnings": "Reply with the number of the one you want to read.",
}

_PEOPLE = {
    "human.called": (
        "I have called our staff. Their hours: {hours}. If it is urgent, call {phone}.\n"
        "Type here whatever you want to say; they can all see it."
    ),
    "human.called_closed": (
        "I have left word for our staff. {closed}; they are back {back} and will see it then.\n"
        "If it is urgent, call {government}. If you are being cheated right now, call {police}. "
        "You can type here meanwhile."
    ),
    "human.closed": "They are off duty now",
    "human.closed_holiday": "Today is a day off ({holiday})",
    "human.morning": "{hour}{minutes} am",
    "human.afternoon": "{hour}{minutes} pm",
    "human.back_today": "today at {time}",
    "human.back_tomorrow": "tomorrow at {time}",
    "human.back_on": "on {month} {day} at {time}",
    "human.picture_passed_on": "Passed on to our staff. If it shows your own ID or bank card, I ask you before they see it. Go on writing if there is more.",
    "human.file_passed_on": "Passed on to our staff; they can open it. Go on writing if there is more.",
    "human.files_taken": "What you sent our staff is now part of your tip {receipt}.",
    "human.files_opened": "What you sent our staff has become a tip.\nReceipt: {receipt}\nSend “my reports” at any time to see how it goes.",
    "label.report_too": "Report it too",
    "human.passed_on": "Passed on. Our staff will answer when they see it ({hours}). Type more if there is more.",
    "human.passed_on_more": "That is passed on too. You need not wait here: the answer comes to this chat.",
    "human.answered": "Our staff answer:\n{text}",
    "human.answer_back": "To say more to them, reply 9.",
    "human.place": "[Sent a location] {label} (latitude {latitude}, longitude {longitude})",
    "human.sent_media": "[Sent a {kind}]",
    "human.kind_picture": "picture",
    "human.kind_voice": "voice message",
    "human.kind_video": "video",
    "human.kind_file": "file",
    "human.sent_picture": "Our staff sent you a picture.",
    "human.withheld": "Our staff have looked at this and would like to explain it to you. Please call {phone}.",
    "human.some_hours": "daytime on working days",
    "hint.human": "Type what you want to say; our staff will see it. To go back to where you were, reply 1.",
    "leaving.left": "All right, we stop here. Come back whenever you like.",
    "leaving.ask_draft": "All right, we stop here. What you wrote is not handed in yet. Shall I keep it for you?",
    "label.keep": "Keep it for later",
    "label.drop": "No, delete it",
    "leaving.kept": "It is kept. Come back when you want to go on.",
    "leaving.dropped": "It is deleted.",
    "leaving.ask_erase": (
        "Delete all your data here? Drafts and chats go for good. Reports you have handed in are kept as the law says."
    ),
    "label.erase.yes": "Delete everything",
    "label.erase.no": "Not now",
    "leaving.not_erased": "All right, nothing was deleted.",
    "leaving.erased": "It is done; your data will be deleted. If you need us again, just send a message.",
    "hint.leaving": "Just reply with a number, for example 1.",
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
