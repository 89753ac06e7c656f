// Photos on their way: made ready beside the page, sent with their progress.
import { prepare } from "./shrinking.js";
import { language } from "./speaking.js";

let worker = null;
let turns = 0;
const asked = new Map();

function startWorker() {
  worker = new Worker(new URL("./shrinking-worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    asked.get(data.turn)?.(data);
    asked.delete(data.turn);
  };
  worker.onerror = () => {
    worker = false; // this browser has none for us
    for (const answer of asked.values()) answer({});
    asked.clear();
  };
}

function onCanvas(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** `{preview, photo}`; both are missing where the browser cannot open the file (the server can say more about it). */
export async function ready(file) {
  if (worker === null && self.Worker && self.OffscreenCanvas) startWorker();
  if (worker) {
    const turn = ++turns;
    return new Promise((done) => {
      asked.set(turn, done);
      worker.postMessage({ turn, file });
    });
  }
  try { return await prepare(file, onCanvas); } catch { return {}; }
}

/** Sends a form and tells of the bytes that have left. Rejects with `{status, text}`; status 0 where no answer came. */
export function upload(path, form, { onProgress, signal }) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("X-Qianshao", "1");
    request.setRequestHeader("Accept-Language", language());
    request.responseType = "json";
    request.timeout = 180_000;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    const fail = () => failed({ status: 0, text: "" });
    request.onerror = request.ontimeout = fail;
    request.onabort = () => failed({ status: 0, text: "", isCancelled: true });
    request.onload = () => {
      if (request.status === 200 && request.response) done(request.response);
      else failed({ status: request.status, text: request.response?.detail });
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) { failed({ status: 0, text: "", isCancelled: true }); return; }
    request.send(form);
  });
}
