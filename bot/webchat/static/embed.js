// One tag puts the chat into a page: <script src="https://…/chat/embed.js" defer></script>
// It adds a button below the page's content and, once pressed, a frame with the chat. Which sites may show the frame is
// decided by the server alone; anywhere else the browser refuses it, and a link to the chat's own page is offered.
(() => {
  "use strict";
  const home = new URL("/chat", document.currentScript.src);
  const PATIENCE = 8000;
  // The site's own word for it, then what its page is written in, then what the browser's owner reads.
  const wanted = [document.currentScript.dataset.lang, document.documentElement.lang, ...navigator.languages];
  const traditional = /^zh[-_](?:\w+[-_])*(?:hant|tw|hk|mo)\b/i;
  const ours = wanted.filter(Boolean).map((tag) => (traditional.test(tag) ? "zh-Hant" : /^zh\b/i.test(tag) ? "zh-Hans" : /^en\b/i.test(tag) ? "en" : ""));
  const language = ours.find(Boolean) || "zh-Hans";
  const say = WORDS[language]; // from the server, before this
  const LOOKS = `
    :host { all: initial; }
    * { box-sizing: border-box; font: 18px/1.4 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    .launcher, .panel { position: fixed; z-index: 2147483000; right: max(16px, env(safe-area-inset-right)); }
    .launcher { bottom: max(16px, env(safe-area-inset-bottom)); min-height: 60px; min-width: 60px; padding: 8px 22px;
      border: 2px solid #fff; border-radius: 30px; background: #12504b; color: #fff; font-weight: 600; cursor: pointer;
      box-shadow: 0 3px 14px #0005; }
    .launcher:focus-visible { outline: 4px solid #e0a526; outline-offset: 2px; }
    .panel { z-index: 2147483001; bottom: 92px; width: min(400px, calc(100vw - 32px)); height: min(680px, calc(100vh - 112px)); border: 0;
      border-radius: 14px; overflow: hidden; background: #eef1ef; box-shadow: 0 6px 30px #0006; }
    .panel[hidden] { display: none; }
    @media (max-width: 480px), (max-height: 520px) { .panel { top: 0; right: 0; bottom: 0; left: 0; width: 100%; height: 100%; border-radius: 0; } }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    p { margin: 0; padding: 24px; color: #1b2523; }
    a { color: #12504b; font-weight: 600; }
    .close { margin: 0 24px; min-height: 60px; min-width: 60px; padding: 8px 22px; border: 2px solid #12504b;
      border-radius: 12px; background: #fff; color: #12504b; cursor: pointer; }
  `;

  const host = document.createElement("div");
  host.lang = language;
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet(); // not a style element: a site's own policy may forbid those
    sheet.replaceSync(LOOKS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = LOOKS;
    root.append(style);
  }

  const launcher = document.createElement("button");
  launcher.className = "launcher";
  launcher.type = "button";
  launcher.textContent = say.launch;
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", say.name);
  root.append(panel, launcher);

  let frame = null;
  let isReady = false;

  function open() {
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    if (frame) { focusFrame(); return; }
    panel.textContent = "";
    frame = document.createElement("iframe");
    frame.title = say.name;
    frame.src = `${home.href}?embed=1&lang=${language}`;
    frame.referrerPolicy = "no-referrer";
    panel.append(frame);
    setTimeout(() => { if (!isReady) apologise(); }, PATIENCE);
  }

  function close() {
    panel.hidden = true;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  function focusFrame() {
    frame?.focus();
    if (isReady) frame.contentWindow.postMessage({ qianshao: "focus" }, home.origin);
  }

  function apologise() {
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = home.href;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = say.elsewhere;
    line.setAttribute("role", "alert");
    line.append(say.sorry, link);
    const button = document.createElement("button"); // on a telephone the panel lies over the launcher
    button.className = "close";
    button.type = "button";
    button.textContent = say.close;
    button.addEventListener("click", close);
    panel.textContent = "";
    panel.append(line, button);
    frame = null; // the next time it is tried again
    if (!panel.hidden) link.focus();
  }

  launcher.addEventListener("click", () => (panel.hidden ? open() : close()));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) close(); });
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home.origin) return;
    if (event.data?.qianshao === "ready") { isReady = true; focusFrame(); }
    if (event.data?.qianshao === "close") close();
    if (event.data?.qianshao === "no-cookie") apologise(); // this browser gives a frame none
  });

  const stand = () => document.body.append(host);
  if (document.body) stand();
  else addEventListener("DOMContentLoaded", stand, { once: true });
})();
