// The chat page: takes what the citizen types, presses or photographs, shows what is answered, and loses none of it.
import * as kept from "./kept.js";
import { ready } from "./photos.js";
import * as sending from "./sending.js";
import { say as wording, speak } from "./speaking.js";
import * as thread from "./thread.js";

const status = document.getElementById("status");
const offline = document.getElementById("offline");
const words = document.getElementById("words");
const form = document.getElementById("answer");
const bigButton = document.getElementById("big");
const MOST_PHOTOS = 9;
const isEmbedded = document.documentElement.classList.contains("embedded");

// ---- what the rest of the page is told ------------------------------------------------------------

function say(text) { status.textContent = text; }

function online(is) {
  offline.textContent = is ? "" : wording("offline");
}

async function showLines(lines, isBig, tag) {
  if (tag) speak(tag);
  await sending.arrived(thread.showAll(lines));
  const isPending = await sending.isPending();
  thread.rest(isPending);
  if (isBig !== undefined && lines.length && !isPending) setBig(isBig);
}

function tell(message, state, share) {
  thread.tell(message, state, share);
  if (state === sending.State.failed) thread.rest(false); // the question is still open, and can be answered otherwise
}

sending.connect({ after: thread.lastSeen, show: showLines, tell, say, online });

async function send(content) {
  const message = sending.newMessage(content);
  if (message.text || message.label || message.photo) thread.hold(message, acts);
  thread.rest(true);
  await sending.add(message);
}

const acts = {
  onTakeBack: async (id) => {
    await sending.takeBack(id);
    thread.rest(await sending.isPending());
    say("");
  },
  onTryAgain: sending.tryAgain,
};

// ---- words ----------------------------------------------------------------------------------------

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = words.value.trim();
  words.focus();
  if (!text) return;
  words.value = "";
  grow();
  await send({ text });
  kept.remember("typed", words.value); // only now: until it was kept as a message it was kept as a draft
});

function grow() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}

words.addEventListener("input", () => { kept.remember("typed", words.value); grow(); });
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});

thread.whenChosen((choice) => {
  if (choice.id === "big" || choice.id === "ordinary") setBig(choice.id === "big"); // the page grows with the wording
  send({ choice: choice.id, label: choice.label });
});

// ---- photos ---------------------------------------------------------------------------------------

async function takePhotos(files) {
  const chosen = [...files].filter((file) => !file.type || file.type === "application/pdf" || file.type.startsWith("image/"));
  if (chosen.length > MOST_PHOTOS) say(wording("most_photos", { most: MOST_PHOTOS }));
  for (const file of chosen.slice(0, MOST_PHOTOS)) {
    const { photo, preview } = await ready(file);
    const message = sending.newMessage({ photo: photo || file });
    thread.preview(message.id, preview);
    thread.hold(message, acts);
    thread.rest(true);
    await sending.add(message);
  }
}

for (const [button, input] of [["camera", "taken"], ["album", "photos"]]) {
  const files = document.getElementById(input);
  document.getElementById(button).addEventListener("click", () => files.click());
  files.addEventListener("change", () => {
    const chosen = [...files.files];
    files.value = "";
    takePhotos(chosen);
  });
}
words.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) { event.preventDefault(); takePhotos(event.clipboardData.files); }
});

// ---- large letters --------------------------------------------------------------------------------

function setBig(is) {
  document.documentElement.classList.toggle("big", is);
  bigButton.setAttribute("aria-pressed", String(is));
  kept.remember("big", is ? "1" : "");
  grow();
}

bigButton.addEventListener("click", () => {
  const is = bigButton.getAttribute("aria-pressed") !== "true";
  setBig(is);
  send({ choice: is ? "big" : "ordinary", label: wording(is ? "big" : "ordinary") });
});

// ---- listening ------------------------------------------------------------------------------------

async function listen() {
  for (let pause = 1000; ; ) {
    try {
      const answer = await fetch(`/chat/api/thread?after=${thread.lastSeen()}&wait=20`);
      if (!answer.ok) throw new Error(answer.status);
      const { lines, big, language: tag } = await answer.json();
      online(true);
      await showLines(lines, big, tag);
      pause = 1000;
    } catch (fault) {
      if (fault instanceof TypeError) online(false); // no answer at all
      await new Promise((later) => setTimeout(later, pause));
      pause = Math.min(pause * 2, 15000);
    }
  }
}

self.addEventListener("online", () => sending.flush());
self.addEventListener("offline", () => online(false));

// ---- within another site's page -------------------------------------------------------------------

if (isEmbedded) {
  // Nothing is told but that the page stands and that it was closed, so it does not matter who listens.
  const tell = (what) => self.parent.postMessage({ qianshao: what }, "*");
  document.getElementById("close").addEventListener("click", () => tell("close"));
  self.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) tell("close"); });
  self.addEventListener("message", (event) => {
    if (event.source === self.parent && event.data?.qianshao === "focus") words.focus();
  });
  tell("ready");
} else if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/chat/service-worker.js", { scope: "/chat" }).catch(() => { /* works without */ });
}

// ---- beginning ------------------------------------------------------------------------------------

(async function begin() {
  setBig(kept.remembered("big") === "1");
  words.value = kept.remembered("typed");
  grow();
  if (!navigator.onLine) online(false);
  let isNew = false;
  try {
    const answer = await fetch("/chat/api/thread?after=0");
    if (answer.ok) {
      const { lines, language: tag } = await answer.json();
      if (tag) speak(tag);
      await sending.arrived(thread.showAll(lines));
      isNew = !lines.length;
    }
  } catch { online(false); }
  thread.readAloud();
  const left = await kept.waiting();
  for (const message of left) {
    if (message.start) continue;
    if (message.photo) thread.preview(message.id, (await ready(message.photo)).preview);
    thread.hold(message, acts);
  }
  if (left.length) thread.rest(true);
  if (isNew && !left.length) await send({ start: true });
  else sending.flush();
  listen();
})();
