// Does a task of the screen of scenarios in a thread of its own, and tells how far it is.
const program = import("./fentan-scenarios.js").then(async (program) => {
  await program.default();
  return program;
});

onmessage = async ({ data: [plan, task] }) => {
  (await program).work(plan, task, (told) => postMessage(told));
};
