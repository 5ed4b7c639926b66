// @ts-check
// The calculator in a frame: frame.html?src=…&view=…&lang=…&host=https://county.example
// tells the page of that origin around it how high it is, and answers when that page asks.
// Messages: { fentan: 1, height } to the page, { fentan: 1, ask: "height" } from it.

const asked = new URLSearchParams(location.search);
const calculator = /** @type {HTMLElement} */ (document.querySelector("fentan-calculator"));
const host = originOf(asked.get("host"));
const source = new URL(asked.get("src") ?? "", location.href);

document.documentElement.lang = asked.get("lang") === "en" ? "en" : "zh-CN";
calculator.setAttribute("view", asked.get("view") ?? "flat");
// Whoever makes the address must not show another's tariff under this one.
if (asked.has("src") && source.origin === location.origin) calculator.setAttribute("src", source.href);

/** An origin, where the text is one. @param {string | null} text */
function originOf(text) {
  try {
    const { origin } = new URL(text ?? "");
    return origin === text ? origin : undefined;
  } catch {
    return undefined;
  }
}

function tell() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (host && parent !== window) parent.postMessage({ fentan: 1, height }, host);
}

new ResizeObserver(tell).observe(document.documentElement);
addEventListener("message", ({ source, origin, data }) => {
  if (source === parent && origin === host && data?.fentan === 1 && data.ask === "height") tell();
});
