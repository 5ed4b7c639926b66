// The page in one file, opened from a disk: what would be asked of a server is taken out of the document. A page from a
// disk may fetch nothing, and may start a worker only from what it has itself.
//
// Where this file is built, `program` stands above: the program's JavaScript side, which takes the archive of its
// files; and FILES, which says where each of them lies in the archive.

// What starts a worker: the program, once the archive has been sent to it, ahead of everything else.
const THREAD = `${program}
const archive = new Promise((take) => {
  const first = (event) => {
    event.stopImmediatePropagation();
    take(event.data);
  };
  addEventListener("message", first, { once: true });
});
@worker@`;

const packed = document.getElementById("archive");
const bytes = Uint8Array.from(atob(packed.textContent), (one) => one.charCodeAt(0));
packed.remove();
const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
let archive;
const opened = new Response(unpacked).blob().then((blob) => {
  archive = blob;
  return program(blob);
});

const thread = URL.createObjectURL(new Blob([THREAD], { type: "text/javascript" }));
self.Worker = class extends Worker {
  constructor(script, options) {
    super(thread, { ...options, type: "classic" });
    super.postMessage(archive);
  }
};

// Styles of screens and tables to fill in lie in the archive too.
for (const { prototype } of [HTMLLinkElement, HTMLAnchorElement]) {
  const { setAttribute } = prototype;
  prototype.setAttribute = function (name, value) {
    const place = name === "href" && FILES[value];
    if (place) {
      const type = value.endsWith(".css") ? "text/css" : "";
      value = URL.createObjectURL(archive.slice(...place, type));
    }
    setAttribute.call(this, name, value);
  };
}

