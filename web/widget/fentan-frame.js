// @ts-check
// For the page around a frame: gives every <iframe data-fentan>, whenever it comes, the height that its
// calculator says, and passes on its events. Only what the frame itself says, from its own origin and
// in this version, counts.

const MOST = 20000;
const EVENTS = ["ready", "loaderror", "change"];

/** The frames of calculators. @returns {HTMLIFrameElement[]} */
const framesHere = () => [...document.querySelectorAll(/** @type {"iframe"} */ ("iframe[data-fentan]"))];

/** @param {HTMLIFrameElement} frame */
function originOf({ src }) {
  try {
    return new URL(src).origin;
  } catch {
    return undefined;
  }
}

addEventListener("message", ({ source, origin, data }) => {
  if (data?.fentan !== 1) return;
  const frame = framesHere().find((frame) => frame.contentWindow === source && originOf(frame) === origin);
  if (!frame) return;
  if (Number.isInteger(data.height) && data.height > 0) frame.setAttribute("height", String(Math.min(data.height, MOST)));
  if (EVENTS.includes(data.event)) frame.dispatchEvent(new CustomEvent(data.event, { detail: data.detail, bubbles: true }));
});

/** @param {HTMLIFrameElement} frame */
function ask(frame) {
  const origin = originOf(frame);
  if (origin) frame.contentWindow?.postMessage({ fentan: 1, ask: "height" }, origin);
}

// A frame's load does not bubble, but is seen on its way down.
addEventListener("load", ({ target }) => target instanceof HTMLIFrameElement && target.matches("[data-fentan]") && ask(target), true);
framesHere().forEach(ask);
