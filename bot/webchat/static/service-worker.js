// Shows the page without a network. VERSION and SHELL come before this, from the server: a new release is a new file,
// and brings all of its shell at once. Only the shell is kept, never an answer, a photo or a thread: the page itself
// keeps what was written, and nobody else's phone should hold the rest.
const PREFIX = "qianshao-shell-";
const NAME = PREFIX + VERSION;

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  // Without a cookie: what is kept must be the same for everybody.
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === "/chat" && !search) event.respondWith(page(request));
  else if (pathname !== "/chat" && SHELL.includes(pathname)) event.respondWith(file(request, pathname));
});

async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch { /* no network */ }
  return (await caches.match("/chat", { cacheName: NAME })) || Response.error();
}

async function file(request, path) {
  return (await caches.match(path, { cacheName: NAME })) || fetch(request);
}
