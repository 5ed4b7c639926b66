// Starts the page's program once more, as the engine, in a thread of its own. The program sees that
// it has no window.
// An error in a promise is told to the page like any other.
addEventListener("unhandledrejection", (event) => reportError(event.reason));
import("./fentan-web.js").then((program) => program.default());
