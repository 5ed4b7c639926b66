// The package under Deno: in a module, and in a worker.
import "./uses.js";

const worker = new Worker(new URL("web-worker.mjs", import.meta.url), { type: "module" });
const residents = await new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});
worker.terminate();
if (residents !== "1.00") throw new Error(`${residents} in the worker`);
