// Caches the notebook, so that it opens offline. Each build has a cache of its own, so that builds never mix.
const VERSION = "VERSION";
// The files of this build with their integrity values, by which a host that is between two builds is noticed.
const FILES = /** @type {Record<string, string>} */ (/** @type {unknown} */ ("FILES_HERE"));

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const scope = new URL("./", location.href);
const prefix = `notebook ${scope.pathname} `;
const buildCache = prefix + VERSION;
// Chunks of a large notebook, cached when they are first read. Their names contain hashes, so builds share this cache.
const chunkCache = `${prefix}chunks`;
const MAX_CHUNKS = 2000;

/**
 * Fetches a file and checks its integrity.
 * @param {string} name
 * @param {string} integrity
 */
const fetchFile = async (name, integrity) => {
  const response = await fetch(new Request(new URL(name, scope), { cache: "no-cache", integrity }));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  // Browsers reject a redirected response for a navigation.
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
};

const install = async () => {
  // WebKit may delete the cache of an interrupted installation later, with everything that was added to it since.
  await caches.delete(buildCache);
  const cache = await caches.open(buildCache);
  const names = await caches.keys();
  const older = await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== buildCache).map((name) => caches.open(name)));
  await Promise.all(
    Object.entries(FILES).map(async ([name, integrity]) => {
      const address = new URL(name, scope);
      // A file with a hash in its name is the same in an older cache.
      const isHashed = /[0-9a-f]{16}/.test(name);
      for (const other of isHashed ? older : []) {
        const cached = await other.match(address);
        if (cached) return cache.put(address, cached);
      }
      return cache.put(address, await fetchFile(name, integrity));
    }),
  );
};

const activate = async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== buildCache && name !== chunkCache) await caches.delete(name);
  }
  const cache = await caches.open(chunkCache);
  const requests = await cache.keys();
  await Promise.all(requests.slice(0, -MAX_CHUNKS).map((request) => cache.delete(request)));
  // Pages that are already open read their chunks through this worker too.
  await worker.clients.claim();
};

// Deletes cached files that were damaged: no request could use them.
const repair = async () => {
  const cache = await caches.open(buildCache);
  await Promise.all(
    Object.entries(FILES).map(async ([name, integrity]) => {
      const address = new URL(name, scope);
      const cached = await cache.match(address);
      const digest = cached && new Uint8Array(await crypto.subtle.digest("SHA-256", await cached.arrayBuffer()));
      if (digest && integrity !== `sha256-${btoa(String.fromCharCode(...digest))}`) await cache.delete(address);
    }),
  );
};
/** @type {Promise<void> | undefined} */
let repaired;

/**
 * @param {Request} request
 * @param {URL} address
 */
const respond = async (request, address) => {
  const path = address.pathname.slice(scope.pathname.length);
  const isPage = request.mode === "navigate" && /^(?:index\.html)?$/.test(path);
  try {
    await repaired;
    const cache = await caches.open(buildCache);
    const cached = await cache.match(isPage ? scope : address, { ignoreSearch: isPage });
    if (cached) return cached;
    // A file that was deleted from the cache is cached again, if the host still has it.
    const name = isPage ? "./" : path;
    if (name in FILES) {
      const response = await fetchFile(name, FILES[name]);
      cache.put(isPage ? scope : address, response.clone()).catch(() => {});
      return response;
    }
    if (address.pathname.startsWith(`${scope.pathname}chunks/`)) {
      const chunks = await caches.open(chunkCache);
      const chunk = await chunks.match(address);
      if (chunk) return chunk;
      const response = await fetch(request);
      // If there is no room to cache it, the response is used all the same.
      if (response.ok) chunks.put(address, response.clone()).catch(() => {});
      return response;
    }
  } catch {
    // Storage is damaged or forbidden: use the network.
  }
  return fetch(request);
};

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => {
  // A page of an older build sends "now".
  if (/^(activate|now)$/.test(event.data)) worker.skipWaiting();
  if (event.data === "repair") event.waitUntil((repaired = repair().catch(() => {})));
});
worker.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && address.href.startsWith(scope.href);
  if (isOurs) event.respondWith(respond(event.request, address));
});
