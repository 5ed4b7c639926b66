// The package in a worker as browsers and Deno have it: loaded there anew. Posts what was split.
const { split } = await import(new URL("./node_modules/fentan/index.js", import.meta.url).href);

const plan = { fentan: 1, lines: [{ id: "roof", amount: "1.00" }], households: [{ id: "1", area: "60" }] };
postMessage(split(plan).residents);
