// The thread as it is seen and heard: lines in order, what one sent with how far it got, and the options below.
import { State } from "./sending.js";
import { say } from "./speaking.js";

const room = document.getElementById("room");
const log = document.getElementById("log");
const thread = document.getElementById("thread");
const choices = document.getElementById("choices");

const AGAIN_AFTER_MS = [2000, 4000, 10000, 30000, 120000];

let last = 0;
const previews = new Map(); // message id → a small picture, until the server's own copy can be shown

export const lastSeen = () => last;

export function preview(id, blob) {
  if (blob) previews.set(id, URL.createObjectURL(blob));
}

function made(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

function empty(element) { // `replaceChildren` is of 2020, which many a telephone is not
  element.textContent = "";
  return element;
}

/** The lines of a text, each a paragraph of its own: they stand further apart than what a line is broken into. */
function parts(text) {
  return text.split("\n").map((line) => made("span", "part", line));
}

function picture(source, label) {
  const image = document.createElement("img");
  image.alt = label;
  image.src = source;
  image.addEventListener("error", () => wait(image, source, label), { once: true });
  return image;
}

/** A word instead of a picture that cannot be shown yet: the copy of what a browser does not open is made by the server. */
function wait(image, source, label) {
  const word = made("span", "", say("photo"));
  image.replaceWith(word);
  const attempt = (turn) => {
    if (turn === AGAIN_AFTER_MS.length || !source.startsWith("/")) return;
    setTimeout(() => {
      const next = document.createElement("img");
      next.alt = label;
      next.addEventListener("load", () => word.replaceWith(next), { once: true });
      next.addEventListener("error", () => attempt(turn + 1), { once: true });
      next.src = source;
    }, AGAIN_AFTER_MS[turn]);
  };
  attempt(0);
}

const lineOf = (id) => thread.querySelector(`li[data-message="${CSS.escape(id)}"]`);

// ---- what arrived ---------------------------------------------------------------------------------

/** Shows what is new, and returns the ids of the citizen's own messages among it: these have arrived. */
export function showAll(lines) {
  const fresh = lines.filter((line) => line.seq > last);
  for (const line of fresh) show(line);
  if (fresh.length) toTheAnswer();
  return fresh.filter((line) => line.mine).map(idOf);
}

const idOf = (line) => line.cause.split(":").slice(1, -1).join(":");

function show(line) {
  last = line.seq;
  const id = idOf(line);
  const held = line.mine ? lineOf(id) : null;
  const item = held || document.createElement("li");
  item.className = line.mine ? "mine sent" : line.urgent ? "ours urgent" : "ours";
  if (line.mine) item.dataset.message = id;
  empty(item).append(made("span", "hidden", say(line.mine ? "you" : "we")));
  if (line.text) item.append(...parts(line.text));
  for (const photo of line.pictures || []) {
    item.append(picture(previews.get(id) || `/chat/api/pictures/${encodeURIComponent(photo)}`, say("your_photo")));
  }
  if (line.picture) {
    item.append(picture(`/chat/api/pictures/${encodeURIComponent(line.picture)}`, say("staff_picture")));
  }
  if (line.mine) item.append(made("span", "state", say("sent")));
  // What is still on its way stays below: it will be answered after this.
  thread.insertBefore(item, thread.querySelector("li.mine:not(.sent)"));
  if (!line.mine) offer(line);
}

// ---- what is on its way ---------------------------------------------------------------------------

/** Shows a message that is kept in this browser, with what its writer can still do about it. */
export function hold(message, { onTakeBack, onTryAgain }) {
  if (lineOf(message.id)) return;
  const item = made("li", "mine waiting", made("span", "hidden", say("you")));
  item.dataset.message = message.id;
  if (message.photo) {
    const source = previews.get(message.id);
    item.append(source ? picture(source, say("photo_to_send")) : say(message.photo.type === "application/pdf" ? "file" : "photo"));
    const bar = made("progress", "");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", say("progress"));
    item.append(bar);
  } else {
    item.append(...parts(message.text || message.label));
  }
  const act = (label, on) => {
    const button = made("button", "", label);
    button.type = "button";
    button.addEventListener("click", on);
    return button;
  };
  const again = act(say("again"), () => onTryAgain(message.id));
  again.dataset.act = "again";
  const back = act(say(message.photo ? "cancel" : "take_back"), () => {
    item.remove();
    document.getElementById("words").focus();
    onTakeBack(message.id);
  });
  item.append(made("span", "state", say("waiting")), made("span", "acts", again, back));
  thread.append(item);
  toTheEnd();
}

export function tell(message, state, share) {
  const item = lineOf(message.id);
  if (!item) return;
  item.className = `mine ${state}`;
  const said = item.querySelector(".state");
  const bar = item.querySelector("progress");
  const percent = Math.round((share || 0) * 100);
  if (bar && state === State.sending) bar.value = percent;
  if (said) said.textContent = say(state) + (bar && state === State.sending && percent ? ` ${percent}%` : "");
}

// ---- the options ----------------------------------------------------------------------------------

let onChoice = () => {};
export function whenChosen(act) { onChoice = act; }

function offer(line) {
  const all = line.choices || [];
  const standing = line.standing || [];
  if (!all.length && !standing.length) return; // it only tells: the question before it is still open
  const hadFocus = choices.contains(document.activeElement);
  empty(choices).append(...all.map((choice, index) => option(choice, String(index + 1))));
  if (standing.length) {
    choices.append(made("div", "standing", ...standing.map((choice) => option(choice, choice.id === "human" ? "9" : "0"))));
  }
  // Whoever goes by keyboard stays where the new options are, and does not begin at the top of the page again.
  if (hadFocus) choices.focus({ preventScroll: true });
}

function option(choice, number) {
  const button = made("button", "", made("i", "", `${number} `), choice.label);
  button.type = "button";
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") !== "true") onChoice(choice);
  });
  return button;
}

/** While an answer is on its way its options rest; they come back, or others do, with the reply. Not `disabled`: that
 *  would throw away the place of whoever goes by keyboard. */
export function rest(isResting) {
  for (const button of choices.querySelectorAll("button")) {
    if (isResting) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

/** From now on what arrives is read out; the old thread was not. */
export function readAloud() { log.setAttribute("aria-live", "polite"); }

// ---- keeping the newest line in sight -------------------------------------------------------------

/** What scrolls: the room, or the whole page where there is too little height for a room of its own. */
const scroller = () => (getComputedStyle(room).overflowY === "visible" ? document.scrollingElement : room);

function toTheEnd() {
  following = true;
  room.scrollTop = room.scrollHeight;
  document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
}

/** To the beginning of the newest answer where it and its options do not fit into the room: “call 110” stands at its top. */
export function toTheAnswer() {
  let first = thread.lastElementChild;
  while (first?.previousElementSibling?.classList.contains("ours") && first.classList.contains("ours")) first = first.previousElementSibling;
  const box = scroller();
  const above = first ? first.getBoundingClientRect().top - (box === room ? room.getBoundingClientRect().top : 0) : 0;
  if (!first?.classList.contains("ours") || box.scrollHeight - (above + box.scrollTop) <= box.clientHeight) { toTheEnd(); return; }
  following = false;
  box.scrollTop += above - 8;
  placed = room.scrollTop;
}

// The options, a picture that has loaded, a keyboard: whatever changes the room, the newest line stays in sight.
// Whoever has scrolled up to read is left where they are.
let following = true;
let placed = -1; // where the page itself has put the beginning of an answer
room.addEventListener("scroll", () => {
  if (Math.abs(room.scrollTop - placed) < 1) return;
  placed = -1;
  following = room.scrollHeight - room.scrollTop - room.clientHeight < 32;
});
const watched = new ResizeObserver(() => { if (following) toTheEnd(); });
for (const part of [room, thread, choices]) watched.observe(part);
