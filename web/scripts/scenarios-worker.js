// Does a task of the screen of scenarios in a thread of its own, and tells how far it is.
const program = import("./fentan-scenarios.js").then(async (program) => {
  await program.default();
  return program;
});

// Nothing is told where it breaks off.
onmessage = ({ data: [plan, task] }) => {
  program
    .then((program) => program.work(plan, task, (told) => postMessage(told)))
    .catch(() => postMessage());
};
