// Keeps the files of one build, and gives them out first. A new build waits until no page of the old one is open, so that
// what is open stays of one piece. The build fills in its version and its files.

// Several playgrounds may be served by one origin.
const kPrefix = `stepglass ${new URL(self.registration.scope).pathname} `;
const kCache = kPrefix + __VERSION__;
const kFiles = __FILES__;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kCache).then((cache) => cache.addAll(kFiles)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(kPrefix) && name !== kCache).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  event.respondWith(
    caches
      .open(kCache)
      .then((cache) => cache.match(event.request, { ignoreSearch: true }))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
