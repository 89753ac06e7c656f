// The chat page: takes what the citizen types, presses or photographs, shows what is answered, and loses none of it.
import * as kept from "./kept.js";
import { ready } from "./photos.js";
import { inPieces, isSeen } from "./pieces.js";
import * as sending from "./sending.js";
import { say as wording, speak } from "./speaking.js";
import * as thread from "./thread.js";

const status = document.getElementById("status");
const offline = document.getElementById("offline");
const words = document.getElementById("words");
const form = document.getElementById("answer");
const bigButton = document.getElementById("big");
const MOST_PHOTOS = 9;
const LONGEST = Number(document.body.dataset.longest);
const A_LINE = 12; // characters that fit beside the buttons of a telephone
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
  if (isBig !== undefined && lines.length && !isPending) {
    setBig(isBig);
    thread.toTheAnswer();
  }
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
  const text = words.value;
  words.focus();
  words.value = "";
  grow();
  if (!isSeen(text)) { kept.remember("typed", ""); return; }
  const pieces = inPieces(text, LONGEST);
  if (pieces.length > 1) say(wording("long", { count: pieces.length }));
  for (let sent = 0; sent < pieces.length; ) {
    await send({ text: pieces[sent] });
    sent += 1;
    // Only now: until it was kept as a message it was kept as a draft.
    kept.remember("typed", [...pieces.slice(sent), words.value].filter(Boolean).join("\n"));
  }
});

function grow() {
  form.classList.toggle("long", words.value.length > A_LINE || words.value.includes("\n"));
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
  if (chosen.length < files.length) say(wording("only_photos"));
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
self.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) { event.preventDefault(); takePhotos(event.clipboardData.files); }
});

// A photo drawn onto the page from a folder; without this the browser would leave the chat and open the file.
function carriesFiles(event) { return [...event.dataTransfer.types].includes("Files"); }
self.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("over");
});
self.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
self.addEventListener("drop", (event) => {
  document.body.classList.remove("over");
  if (!carriesFiles(event)) return;
  event.preventDefault();
  takePhotos(event.dataTransfer.files);
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

/** The thread after a line. Without the visitor's cookie the page is fetched once more, which hands one out. */
async function threadAfter(query) {
  const answer = await fetch(`/chat/api/thread?${query}`);
  if (answer.status !== 401) return answer;
  await fetch(location.pathname + location.search);
  return fetch(`/chat/api/thread?${query}`);
}

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

// Nothing is told but that the page stands, was closed or may keep no cookie, so it does not matter who listens.
function tellTheSite(what) { self.parent.postMessage({ qianshao: what }, "*"); }

if (isEmbedded) {
  document.getElementById("close").addEventListener("click", () => tellTheSite("close"));
  self.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) tellTheSite("close");
  });
  self.addEventListener("message", (event) => {
    if (event.source === self.parent && event.data?.qianshao === "focus") words.focus();
  });
  tellTheSite("ready");
} else if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/chat/service-worker.js", { scope: "/chat" }).catch(() => { /* works without */ });
}

// ---- beginning ------------------------------------------------------------------------------------

document.documentElement.dataset.started = "1";

(async function begin() {
  setBig(kept.remembered("big") === "1");
  words.value = kept.remembered("typed");
  grow();
  if (!navigator.onLine) online(false);
  let isNew = false;
  try {
    const answer = await threadAfter("after=0");
    if (answer.status === 401) {
      say(wording("no_cookie"));
      if (isEmbedded) tellTheSite("no-cookie"); // it offers the chat's own page instead
    }
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
