// Starts the page's program once more, as the engine, in a thread of its own. The program sees that
// it has no window.
import("./fentan-web.js").then((program) => program.default());
