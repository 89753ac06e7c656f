// The chat page: shows the thread, sends what the citizen types, presses or photographs, and loses none of it.
"use strict";

const thread = document.getElementById("thread");
const choices = document.getElementById("choices");
const status = document.getElementById("status");
const words = document.getElementById("words");
const form = document.getElementById("answer");
const photos = document.getElementById("photos");
const scroller = document.querySelector("main");
const DRAFT = "qianshao.typed";
const UNSENT = "qianshao.unsent";
const BIG = "qianshao.big";
let last = 0;
let sending = false;
const pictures = new Map(); // message id → local preview, until the server's own copy can be shown

function newId() {
  return crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function say(text) { status.textContent = text; }

function picture(source, label) {
  const image = document.createElement("img");
  image.alt = label;
  image.src = source;
  return image;
}

function show(line) {
  if (line.seq <= last) return;
  last = line.seq;
  const message = line.cause.split(":").slice(1, -1).join(":");
  const waiting = line.mine ? thread.querySelector(`li[data-message="${CSS.escape(message)}"]`) : null;
  const item = waiting || document.createElement("li");
  item.className = (line.mine ? "mine" : "ours") + (line.urgent ? " urgent" : "");
  item.replaceChildren();
  if (line.text) item.append(line.text);
  for (const id of line.pictures || []) {
    const image = picture(pictures.get(message) || `/chat/api/photos/${encodeURIComponent(id)}`, "您发的照片");
    image.addEventListener("error", () => image.replaceWith("［照片已收到］"), { once: true });
    item.append(image);
  }
  thread.append(item); // a line that was waiting moves to where the server put it
  if (!line.mine) offer(line);
}

function offer(line) {
  const all = line.choices || [];
  const standing = line.standing || [];
  if (!all.length && !standing.length) return; // it only tells: the question before it is still open
  choices.replaceChildren();
  all.forEach((choice, index) => choices.append(option(choice, String(index + 1))));
  const row = document.createElement("div");
  row.className = "standing";
  for (const choice of standing) row.append(option(choice, choice.id === "human" ? "9" : "0"));
  if (standing.length) choices.append(row);
}

function option(choice, number) {
  const button = document.createElement("button");
  const digit = document.createElement("i");
  button.type = "button";
  digit.textContent = number + " ";
  button.append(digit, choice.label);
  button.addEventListener("click", () => {
    if (choice.id === "big" || choice.id === "ordinary") setBig(choice.id === "big"); // the page grows with the wording
    send({ choice: choice.id, label: choice.label }, choice.label);
  });
  return button;
}

function showAll(lines) {
  if (!lines.length) return;
  lines.forEach(show);
  toTheEnd();
}

function toTheEnd() { scroller.scrollTop = scroller.scrollHeight; }

// The options below, a picture that has loaded, a keyboard: whatever changes the room, the newest line stays in sight.
// Whoever has scrolled up to read is left where they are.
let following = true;
scroller.addEventListener("scroll", () => {
  following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
});
const room = new ResizeObserver(() => { if (following) toTheEnd(); });
room.observe(scroller);
room.observe(thread);

function hold(id, content) {
  const item = document.createElement("li");
  item.className = "mine waiting";
  item.dataset.message = id;
  item.append(content);
  thread.append(item);
  toTheEnd();
}

function unsent() {
  try { return JSON.parse(localStorage.getItem(UNSENT) || "[]"); } catch { return []; }
}

function keep(list) { localStorage.setItem(UNSENT, JSON.stringify(list)); }

async function post(path, body, headers) {
  const answer = await fetch(path, { method: "POST", body, headers: { "X-Qianshao": "1", ...headers } });
  if (answer.ok) return answer.json();
  const fault = new Error(answer.status);
  fault.status = answer.status;
  try { fault.text = (await answer.json()).detail; } catch { fault.text = ""; }
  throw fault;
}

// What cannot be sent now stays in the page's own store and goes out, in order, when the network is back.
async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let list = unsent(); list.length; list = unsent()) {
      const { shown, ...message } = list[0];
      try {
        const { lines } = await post("/chat/api/messages", JSON.stringify({ ...message, after: last }), { "Content-Type": "application/json" });
        keep(unsent().filter((other) => other.id !== message.id));
        wake();
        showAll(lines);
        say("");
      } catch (fault) {
        if (!fault.status || fault.status === 429 || fault.status >= 500) {
          say(fault.status === 429 ? fault.text : "网络不通，您写的话已留好，连上后会自动发出。");
          setTimeout(flush, 4000);
        } else {
          keep(unsent().filter((other) => other.id !== message.id));
          const item = thread.querySelector(`li[data-message="${CSS.escape(message.id)}"]`);
          if (item) item.className = "mine failed";
          wake();
          say(typeof fault.text === "string" && fault.text ? fault.text : "这一条没有发出去，请再试一次。");
          if (fault.status !== 401) continue;
        }
        return;
      }
    }
  } finally { sending = false; }
}

// While an answer is on its way its options rest; they come back, or others do, with the reply.
function rest() { for (const button of choices.querySelectorAll("button")) button.disabled = true; }
function wake() { for (const button of choices.querySelectorAll("button")) button.disabled = false; }

function send(message, shown) {
  const id = newId();
  if (shown) hold(id, shown);
  keep([...unsent(), { id, ...message, shown }]);
  rest();
  return flush();
}

// A phone's photo is often larger than we take: the page makes it smaller only then, so that small ones arrive as they are.
const MOST_BYTES = 9.5 * 1024 * 1024;
async function fitted(file) {
  if (file.size <= MOST_BYTES || !window.createImageBitmap) return file;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file; // a format that this browser does not draw, or a document
  const scale = Math.min(1, 3000 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", 0.9));
}

async function sendPhoto(file) {
  const id = newId();
  const preview = URL.createObjectURL(file);
  pictures.set(id, preview);
  hold(id, picture(preview, "正在发送的照片"));
  say("正在发送照片…");
  const body = new FormData();
  body.set("id", id);
  body.set("after", String(last));
  for (let turn = 0; ; turn += 1) {
    try {
      body.set("photo", await fitted(file), "photo");
      const { lines } = await post("/chat/api/photos", body, {});
      showAll(lines);
      say("");
      return;
    } catch (fault) {
      if (turn < 5 && (!fault.status || fault.status === 429 || fault.status >= 500)) {
        say("照片还没发出去，正在再试…");
        await new Promise((later) => setTimeout(later, 2000 * (turn + 1)));
        body.set("after", String(last));
        continue;
      }
      thread.querySelector(`li[data-message="${CSS.escape(id)}"]`)?.classList.add("failed");
      say(typeof fault.text === "string" && fault.text ? fault.text : "照片没有发出去，请再发一次。");
      return;
    }
  }
}

async function listen() {
  for (let pause = 1000; ; ) {
    try {
      const answer = await fetch(`/chat/api/thread?after=${last}&wait=20`);
      if (!answer.ok) throw new Error(answer.status);
      showAll((await answer.json()).lines);
      pause = 1000;
    } catch {
      await new Promise((later) => setTimeout(later, pause));
      pause = Math.min(pause * 2, 15000);
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (!text) { words.focus(); return; }
  words.value = "";
  localStorage.removeItem(DRAFT);
  grow();
  send({ text }, text);
  words.focus();
});

function grow() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}

words.addEventListener("input", () => { localStorage.setItem(DRAFT, words.value); grow(); });
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
document.getElementById("camera").addEventListener("click", () => photos.click());
photos.addEventListener("change", async () => {
  const chosen = [...photos.files].slice(0, 9);
  photos.value = "";
  rest();
  for (const file of chosen) await sendPhoto(file);
  wake();
});

const bigButton = document.getElementById("big");
function setBig(on) {
  document.documentElement.classList.toggle("big", on);
  bigButton.setAttribute("aria-pressed", String(on));
  localStorage.setItem(BIG, on ? "1" : "");
}
bigButton.addEventListener("click", () => {
  const on = bigButton.getAttribute("aria-pressed") !== "true";
  setBig(on);
  send({ text: on ? "大字版" : "普通版" }, on ? "大字版" : "普通版");
});

(async function begin() {
  setBig(localStorage.getItem(BIG) === "1");
  words.value = localStorage.getItem(DRAFT) || "";
  grow();
  try {
    const answer = await fetch("/chat/api/thread?after=0");
    if (answer.ok) showAll((await answer.json()).lines);
  } catch { say("网络不通，连上后会自动继续。"); }
  for (const message of unsent()) if (message.shown) hold(message.id, message.shown);
  if (unsent().length) await flush();
  if (!last) await send({ start: true }, "");
  listen();
})();
window.addEventListener("online", flush);
