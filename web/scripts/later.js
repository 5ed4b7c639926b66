// What the page loads only when it is first needed: programs, and the texts of another language.

// Turns a plan written in TOML into JSON.
export async function tomlToJson(bytes, language) {
  const files = await import("./fentan-files.js");
  await files.default();
  return files.toml_to_json(bytes, language);
}

// Takes a roster or a works budget from cells that were pasted.
export async function takeCells(works, cells, language) {
  const files = await import("./fentan-files.js");
  await files.default();
  return works ? files.take_works(cells, language) : files.take_roster(cells, language);
}

// The program that draws the screen shown: where, and what it was given to draw.
let guest = {};

// Sends the page changes of its plan; without them, the word that a program could not be loaded.
const change = (changes) => dispatchEvent(new CustomEvent("guest-change", { detail: changes }));

// Has the program of the screen shown draw it, and closes the one before it. Such a program exports
// `open(root, plan, language, change)`, `show(plan, language)` and `close()`.
export async function drawGuest(plan, language) {
  const root = document.querySelector("[data-program]");
  if (root !== guest.root) {
    guest.program?.close();
    guest = { root };
  }
  const here = guest;
  if (!root || !plan || (plan === here.plan && language === here.language)) return;
  const isFirst = !here.plan;
  Object.assign(here, { plan, language });
  try {
    if (isFirst) {
      const program = await import(`./${root.dataset.program}.js`);
      await program.default();
      if (here !== guest) return;
      program.open(root, here.plan, here.language, change);
      here.program = program;
    } else here.program?.show(plan, language);
  } catch (reason) {
    console.error(reason);
    change();
  }
}
