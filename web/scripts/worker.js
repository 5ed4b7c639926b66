// Starts the page's program once more, in a thread of its own: as the engine or, where it is called so, to do tasks.
// The program sees that it has no window.
// An error in a promise is told to the page like any other.
addEventListener("unhandledrejection", (event) => reportError(event.reason));

// What is sent before the program listens waits until it does.
const early = [];
const keep = (event) => early.push(event);
addEventListener("message", keep);
import("./fentan-web.js")
  .then((program) => program.default())
  .then(() => {
    removeEventListener("message", keep);
    for (const event of early) onmessage?.(event);
  });
