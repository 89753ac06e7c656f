// Sending: one message after the other, in order, each until it has arrived or been taken back. Every message has an id
// of its own, so that one which was sent twice (the answer was lost, the page was loaded anew) counts once.
import { drop, keep, waiting } from "./kept.js";
import { upload } from "./photos.js";
import { language, say } from "./speaking.js";

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 15000;
const PATIENCE = 30000;

export const State = { waiting: "waiting", sending: "sending", sent: "sent", failed: "failed" };

let turns = 0;
let isBusy = false;
let pause = FIRST_PAUSE;
let timer = 0;
let hasRenewed = false;
const refused = new Set(); // ids that the server would not take: only their writer can set them going again
const underway = new Map(); // id → AbortController
let hooks = null;

/** `after()` is the last line shown; `show(lines)`, `tell(message, state, share)`, `say(text)`, `online(is)`. */
export function connect(page) { hooks = page; }

export function newMessage(content) {
  const id = crypto.randomUUID
    ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  return { id, at: Date.now(), turn: ++turns, ...content };
}

/** Keeps the message in this browser; from then on it survives a reload. */
export async function add(message) {
  await keep(message);
  flush();
}

/** Whether something is still to be sent by itself; what was refused waits for its writer alone. */
export async function isPending() {
  return (await waiting()).some((message) => !refused.has(message.id));
}

/** Messages that were seen in the thread need not be sent again, though their answer may have been lost. */
export async function arrived(ids) {
  for (const id of ids) await drop(id);
}

export async function takeBack(id) {
  refused.delete(id);
  await drop(id);
  underway.get(id)?.abort();
}

export function tryAgain(id) {
  refused.delete(id);
  pause = FIRST_PAUSE;
  flush();
}

export async function flush() {
  clearTimeout(timer);
  if (isBusy) return;
  isBusy = true;
  try {
    for (;;) {
      const next = (await waiting()).find((message) => !refused.has(message.id));
      if (!next || !(await sendOne(next))) return;
    }
  } finally {
    isBusy = false;
  }
}

async function sendOne(message) {
  const control = new AbortController();
  underway.set(message.id, control);
  hooks.tell(message, State.sending, 0);
  try {
    const { lines } = await deliver(message, control.signal);
    await drop(message.id);
    pause = FIRST_PAUSE;
    hasRenewed = false;
    hooks.online(true);
    hooks.tell(message, State.sent);
    hooks.show(lines);
    hooks.say("");
    return true;
  } catch (fault) {
    return await noteFault(message, fault, control.signal.aborted);
  } finally {
    underway.delete(message.id);
  }
}

async function noteFault(message, fault, isCancelled) {
  if (isCancelled) return true;
  const status = fault.status || 0;
  if (status === 401 && !hasRenewed) {
    // The visitor's cookie is gone: the page hands out a new one, and what was written goes out under it.
    hasRenewed = true;
    if (await fetch(location.pathname + location.search).then((answer) => answer.ok, () => false)) return true;
  }
  if (status === 0 || status === 401 || status === 429 || status >= 500) {
    hooks.tell(message, State.waiting);
    if (status === 0) hooks.online(false);
    else if (status === 429) hooks.say(words(fault) || say("too_fast"));
    else if (status === 401) hooks.say(say("no_cookie"));
    else hooks.say(say("busy"));
    timer = setTimeout(flush, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    return false;
  }
  refused.add(message.id);
  hooks.tell(message, State.failed);
  hooks.say(words(fault) || say("not_taken"));
  return true;
}

const words = (fault) => (typeof fault.text === "string" ? fault.text : "");

async function deliver(message, signal) {
  if (message.photo) {
    const form = new FormData();
    form.set("id", message.id);
    form.set("after", String(hooks.after()));
    form.set("photo", message.photo, "photo");
    return upload("/chat/api/photos", form, {
      signal,
      onProgress: (share) => hooks.tell(message, State.sending, share),
    });
  }
  const { id, text, choice, label, start } = message;
  const late = new AbortController();
  const patience = setTimeout(() => late.abort(), PATIENCE);
  signal.addEventListener("abort", () => late.abort(), { once: true });
  try {
    const answer = await fetch("/chat/api/messages", {
      method: "POST",
      body: JSON.stringify({ id, text, choice, label, start, after: hooks.after() }),
      headers: { "Content-Type": "application/json", "X-Qianshao": "1", "Accept-Language": language() },
      signal: late.signal,
    });
    if (answer.ok) return await answer.json();
    const said = await answer.json().catch(() => ({}));
    throw { status: answer.status, text: said.detail };
  } finally {
    clearTimeout(patience);
  }
}
