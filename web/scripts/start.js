// Starts the program of the page, and says so in words where a browser cannot run it. And what must
// be done of the document as a whole.

function say(language, sentence) {
  const paragraph = document.createElement("p");
  paragraph.lang = language;
  paragraph.textContent = sentence;
  return paragraph;
}

function explain(reason) {
  console.error(reason);
  const app = document.getElementById("app");
  app.setAttribute("role", "alert");
  app.replaceChildren(
    say("zh-CN", "本页打不开：浏览器可能太旧，不支持 WebAssembly。请更新浏览器，或换一个再试。"),
    say(
      "en",
      "This page cannot open: the browser may be too old to run WebAssembly. Please update it or try another.",
    ),
  );
}

// Says that a program has stopped, as for want of memory: it never answers again. What it kept is there
// when the page is loaded anew.
function stop() {
  const app = document.getElementById("app");
  if (app.inert) return;
  app.inert = true;
  const note = document.createElement("div");
  note.id = "stopped";
  note.className = "message bad";
  note.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.textContent = "刷新 Reload";
  again.onclick = () => location.reload();
  note.append(
    say("zh-CN", "计算程序停止了，可能是内存不足。此前的改动已保存，最多丢失最后一秒；请刷新本页继续。"),
    say(
      "en",
      "The program has stopped, perhaps for want of memory. What you changed before is kept, all but the last second at most: reload the page to go on.",
    ),
    again,
  );
  document.body.prepend(note);
  again.focus();
}

const stopped = (reason) => reason instanceof WebAssembly.RuntimeError && stop();
addEventListener("error", (event) => stopped(event.error));
addEventListener("unhandledrejection", (event) => stopped(event.reason));
// The engine's errors reach nobody but its worker. Workers for tasks have a name, and are heard by who has the task.
self.Worker = class extends Worker {
  constructor(script, options) {
    super(script, options);
    if (!options?.name) this.addEventListener("error", stop);
  }
};

// Keeps the page for visits without a network. Where that can't be, it does without.
async function keepForLater() {
  await navigator.serviceWorker?.register("sw.js");
}

// Closes the menus that are open once Escape is pressed, something beside them is clicked, or a plan
// is chosen in one.
function closeMenus({ type, key, target }) {
  for (const menu of document.querySelectorAll("details:has(> .menu)[open]")) {
    const isWithin = menu.contains(target);
    const isChosen = type === "click" && (!isWithin || target.closest(".shelf :is(button, a)"));
    if (!isChosen && key !== "Escape") continue;
    menu.open = false;
    if (isWithin) menu.querySelector("summary").focus();
  }
}
addEventListener("click", closeMenus, true);

// Larger type, as long as the browser remembers it.
function enlarge(is) {
  return document.documentElement.classList.toggle("larger", is);
}
try {
  enlarge(localStorage.getItem("fentan.larger") === "true");
  addEventListener("click", ({ target }) => {
    if (target.id === "larger") localStorage.setItem("fentan.larger", enlarge());
  });
} catch (reason) {
  console.info(reason);
}
addEventListener("keydown", closeMenus);
// A file was chosen in the menu.
addEventListener("change", ({ target }) => target.closest("#menu")?.removeAttribute("open"));

// Asks the browser, at the first change, not to throw away what is kept when room grows scarce.
addEventListener("input", () => navigator.storage?.persist?.().catch(console.info), { once: true });

// Imported here and not at the top, so that a browser which cannot read the file lands in `explain`
// too. What is kept for later is loaded after all that opening needs.
import("./fentan-web.js")
  .then((program) => program.default())
  .then(() => keepForLater().catch(console.info), explain);
