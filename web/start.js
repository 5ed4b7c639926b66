// Starts the program of the page, and says so in words where a browser cannot run it.

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

// Turns a plan written in TOML into JSON. The program that can is loaded when it is first needed.
export async function tomlToJson(bytes, language) {
  const files = await import("./fentan-files.js");
  await files.default();
  return files.toml_to_json(bytes, language);
}

// Imported here and not at the top, so that a browser which cannot read the file lands in `explain` too.
import("./fentan-web.js").then((program) => program.default()).catch(explain);
