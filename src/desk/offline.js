// Keeps the notebook in the browser, so that it opens without a network. Every build is kept apart from others.
const VERSION = "VERSION";
// What the page is made of, each with what it has to be: a host that is between two builds is noticed.
const FILES = "FILES_HERE";

const scope = new URL("./", location);
const prefix = `notebook ${scope.pathname} `;
const own = prefix + VERSION;
// Entries of a large notebook, kept as they are read. Their names change with their content, so builds share them.
const parts = `${prefix}parts`;
const MOST_PARTS = 2000;

const get = async (name, integrity) => {
  const answer = await fetch(new Request(new URL(name, scope), { cache: "no-cache", integrity }));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  // A page may not be answered by what was fetched from somewhere else.
  return answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer;
};

const install = async () => {
  // An install that was cut off left something: WebKit lets go of that later, and of what is put in its place.
  await caches.delete(own);
  const cache = await caches.open(own);
  const known = await caches.keys();
  const older = await Promise.all(known.filter((name) => name.startsWith(prefix) && name !== own).map((name) => caches.open(name)));
  await Promise.all(
    Object.entries(FILES).map(async ([name, integrity]) => {
      const address = new URL(name, scope);
      // What has its content in its name is not fetched again.
      const hashed = /[0-9a-f]{16}/.test(name);
      for (const one of hashed ? older : []) {
        const kept = await one.match(address);
        if (kept) return cache.put(address, kept);
      }
      return cache.put(address, await get(name, integrity));
    }),
  );
};

const activate = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== own && name !== parts) await caches.delete(name);
  }
  const cache = await caches.open(parts);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -MOST_PARTS).map((request) => cache.delete(request)));
  // The page that is there already reads its parts through this one too.
  await self.clients.claim();
};

// Lets go of what is not any more what was kept: nobody who asks for it could use it.
const mend = async () => {
  const cache = await caches.open(own);
  await Promise.all(
    Object.entries(FILES).map(async ([name, integrity]) => {
      const address = new URL(name, scope);
      const kept = await cache.match(address);
      const sum = kept && new Uint8Array(await crypto.subtle.digest("SHA-256", await kept.arrayBuffer()));
      if (sum && integrity !== `sha256-${btoa(String.fromCharCode(...sum))}`) await cache.delete(address);
    }),
  );
};
let mended;

const answer = async (request, address) => {
  const below = address.pathname.slice(scope.pathname.length);
  const page = request.mode === "navigate" && /^(?:index\.html)?$/.test(below);
  try {
    await mended;
    const cache = await caches.open(own);
    const place = page ? scope : address;
    const kept = await cache.match(place, { ignoreSearch: page });
    if (kept) return kept;
    // What was kept and is lost is kept again, if the host still has it.
    const name = page ? "./" : below;
    if (name in FILES) {
      const fresh = await get(name, FILES[name]);
      cache.put(place, fresh.clone()).catch(() => {});
      return fresh;
    }
    if (address.pathname.startsWith(`${scope.pathname}parts/`)) {
      const store = await caches.open(parts);
      const known = await store.match(address);
      if (known) return known;
      const fresh = await fetch(request);
      // It is read all the same where there is no room to keep it.
      if (fresh.ok) store.put(address, fresh.clone()).catch(() => {});
      return fresh;
    }
  } catch {
    // Storage is broken or forbidden: the network it is.
  }
  return fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "now") self.skipWaiting();
  if (event.data === "mend") event.waitUntil((mended = mend().catch(() => {})));
});
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const ours = event.request.method === "GET" && address.href.startsWith(scope.href);
  if (ours) event.respondWith(answer(event.request, address));
});
