// The package in a worker: it is loaded there anew, and answers the same.
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { split } from "fentan";

const plan = { fentan: 1, lines: [{ id: "roof", amount: "1.00" }], households: [{ id: "1", area: "60" }] };
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  worker.on("message", (residents) => {
    if (residents !== split(plan).residents) throw new Error(`${residents} in the worker`);
  });
} else {
  parentPort.postMessage(split(plan).residents);
}
