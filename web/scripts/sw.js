// Keeps the page's own files on this machine, so that it opens without a network after the first
// visit. Written by hand: Workbox would be larger than the whole of it.
//
// Where this file is built, FILES stands above: every file of the page, with the hash of its
// content as `fetch` checks it. A new build therefore is a new service worker. It takes over when
// all its files are here; pages that are open stay with the build that they began with.

const CACHE = `fentan ${registration.scope}`;
const here = (name) => new URL(name, registration.scope).href;

// Each content is kept at an address of its own: builds stand side by side, and what did not change
// is not loaded again.
const kept = (files, name) => here(`${name}?${files[name]}`);
const allKept = (files) => Object.keys(files).map((name) => kept(files, name));

// Beside them is kept which files a page, or a worker of one, began with.
const begun = (client) => here(`?client=${client}`);
const begin = (cache, client, files) =>
  cache.put(begun(client), Response.json({ files, time: Date.now() }));

async function install() {
  const cache = await caches.open(CACHE);
  const keep = async ([name, integrity]) => {
    if (await cache.match(kept(FILES, name))) return;
    // Not a byte of another build: while a server still changes over this fails, to be tried again.
    const file = await fetch(here(name), { cache: "no-cache", integrity, priority: "low" });
    await cache.put(kept(FILES, name), file);
  };
  await Promise.all(Object.entries(FILES).map(keep));
  await skipWaiting();
}

// The page of the first visit came without this worker, and is of its build.
async function activate() {
  const cache = await caches.open(CACHE);
  for (const { id } of await clients.matchAll({ includeUncontrolled: true, type: "all" })) {
    if (!(await cache.match(begun(id)))) await begin(cache, id, FILES);
  }
  await clients.claim();
}

async function answer(event) {
  const { request, clientId, resultingClientId } = event;
  const cache = await caches.open(CACHE);
  const opens = request.mode === "navigate";
  const found = opens ? undefined : await cache.match(begun(clientId));
  const files = found ? (await found.json()).files : FILES;
  if (resultingClientId) event.waitUntil(begin(cache, resultingClientId, files));
  if (opens) event.waitUntil(forgetOlderBuilds(cache));
  return (await cache.match(kept(files, nameOf(request)))) ?? fetch(request);
}

// The page's address and that of its index.html are one; what follows "?" names no other file.
function nameOf(request) {
  const address = request.url.replace(/(index\.html)?([?#].*)?$/, "");
  return address.slice(registration.scope.length) || "./";
}

async function forgetOlderBuilds(cache) {
  const open = await clients.matchAll({ includeUncontrolled: true, type: "all" });
  const ids = new Set(open.map(({ id }) => begun(id)));
  const wanted = new Set(allKept(FILES));
  const addresses = (await cache.keys()).map(({ url }) => url);
  for (const address of addresses.filter((address) => address.startsWith(begun("")))) {
    const { files, time } = await (await cache.match(address)).json();
    // One that is just being opened is no client yet.
    if (ids.has(address) || Date.now() - time < 60_000) {
      [address, ...allKept(files)].forEach((address) => wanted.add(address));
    }
  }
  for (const address of addresses) {
    if (!wanted.has(address)) await cache.delete(address);
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(registration.scope)) event.respondWith(answer(event));
});
