// What this browser keeps for the page: words not yet sent, photos not yet sent, the chosen size. Nothing that was
// answered, nothing that has arrived. Where a browser keeps nothing for us (a private window, a frame without leave),
// the page works all the same for as long as it is open.

const DATABASE = "qianshao";
const STORE = "unsent";
const inMemory = new Map();
let opened = null;

function database() {
  opened = opened || new Promise((done) => {
    let asked;
    try { asked = indexedDB.open(DATABASE, 1); } catch { done(null); return; }
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
    asked.onblocked = () => done(null);
  });
  return opened;
}

async function within(mode, act) {
  const base = await database();
  if (!base) return undefined;
  return new Promise((done) => {
    try {
      const transaction = base.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => done(undefined); // no room left: memory holds it
    } catch { done(undefined); }
  });
}

/** Keeps one message until it is dropped; ready only when the browser has really written it. */
export async function keep(message) {
  inMemory.set(message.id, message);
  await within("readwrite", (store) => store.put(message));
}

export async function drop(id) {
  inMemory.delete(id);
  await within("readwrite", (store) => store.delete(id));
}

/** Every message that waits, in the order in which it was written. */
export async function waiting() {
  for (const message of (await within("readonly", (store) => store.getAll())) || []) {
    if (!inMemory.has(message.id)) inMemory.set(message.id, message);
  }
  return [...inMemory.values()].sort((one, other) => one.at - other.at || one.turn - other.turn);
}

export function remember(name, value) {
  try {
    if (value) localStorage.setItem(`qianshao.${name}`, value);
    else localStorage.removeItem(`qianshao.${name}`);
  } catch { /* kept nowhere */ }
}

export function remembered(name) {
  try { return localStorage.getItem(`qianshao.${name}`) || ""; } catch { return ""; }
}
