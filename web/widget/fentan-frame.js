// @ts-check
// For the page around a frame: gives every <iframe data-fentan> the height that its calculator says.
// Only what the frame itself says, from its own origin and in this version, counts.

const MOST = 20000;

for (const frame of document.querySelectorAll("iframe[data-fentan]")) {
  const { contentWindow, src } = /** @type {HTMLIFrameElement} */ (frame);
  if (!src) continue;
  const address = new URL(src);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== contentWindow || origin !== address.origin || data?.fentan !== 1) return;
    if (Number.isInteger(data.height) && data.height > 0) frame.setAttribute("height", String(Math.min(data.height, MOST)));
  });
  const ask = () => contentWindow?.postMessage({ fentan: 1, ask: "height" }, address.origin);
  frame.addEventListener("load", ask);
  ask();
}
