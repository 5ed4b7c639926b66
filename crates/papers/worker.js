// Writes a paper in a thread of its own, so that the page stays usable.
import start, { publish, write } from "./fentan-papers.js";

addEventListener("message", async ({ data: { plan, what, format, language, date, edition } }) => {
  try {
    await start();
    const told = (done, all) => postMessage({ done: [done, all] });
    const file =
      what === "tariff" ? publish(plan, language, edition, date) : write(plan, what, format, language, date, told);
    postMessage({ file }, [file.buffer]);
  } catch (reason) {
    console.error(reason);
    postMessage({ failed: typeof reason === "string" ? reason : "" });
  }
});
