// @ts-check
// The calculator in a frame: frame.html?src=…&view=…&lang=…&host=https://county.example
// tells the page of that origin around it how high it is, and answers when that page asks.
// Messages: { fentan: 1, height } and { fentan: 1, event, detail } to the page, of which none holds a
// value that was filled in; { fentan: 1, ask: "height" } from it.

const asked = new URLSearchParams(location.search);
const calculator = /** @type {HTMLElement} */ (document.querySelector("fentan-calculator"));
const host = originOf(asked.get("host"));
const source = addressOf(asked.get("src"));

document.documentElement.lang = /^en\b/i.test(asked.get("lang") ?? "") ? "en" : "zh-CN";
for (const name of ["view", "prefill", "timeout"]) {
  const value = asked.get(name);
  if (value !== null) calculator.setAttribute(name, value);
}
// Whoever makes the address must not show another's tariff under this one.
if (source?.origin === location.origin) calculator.setAttribute("src", source.href);
else calculator.replaceWith(document.documentElement.lang === "en" ? "src must be an address of this site" : "src 须是本网站的地址");

/** @param {string | null} text */
function addressOf(text) {
  try {
    return text ? new URL(text, location.href) : undefined;
  } catch {
    return undefined;
  }
}

/** The origin of an address, whether more of it is written or not. @param {string | null} text */
function originOf(text) {
  const written = text?.includes("://") ? addressOf(text) : undefined;
  return written && written.origin !== "null" ? written.origin : undefined;
}

/** @param {object} message */
function tell(message) {
  if (host && parent !== window) parent.postMessage({ fentan: 1, ...message }, host);
}

function tellHeight() {
  tell({ height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
}

new ResizeObserver(tellHeight).observe(document.documentElement);
for (const name of ["ready", "loaderror", "change"]) {
  calculator.addEventListener(name, (event) => tell({ event: name, detail: /** @type {CustomEvent} */ (event).detail }));
}
addEventListener("message", ({ source, origin, data }) => {
  if (source === parent && origin === host && data?.fentan === 1 && data.ask === "height") tellHeight();
});
