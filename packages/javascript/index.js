// @ts-check
// The engine of fentan, loaded from beside this file: in browsers, workers, Node, and hosts like
// Deno. Nothing else is asked for, and nothing is kept.

import init from "./engine.js";

const engine = new URL("engine_bg.wasm", import.meta.url);

/** Node can't fetch a file; the others have no such module or need none. */
async function program() {
  if (engine.protocol !== "file:") return engine;
  const { readFile } = await import("node:fs/promises");
  return readFile(engine);
}

await init({ module_or_path: await program() });

export { check, estimate, explain, split, tariff } from "./engine.js";
