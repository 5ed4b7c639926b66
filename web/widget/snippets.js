// @ts-check
// A county picks tariff, look and language, sees the calculator so, and copies what its page and its
// server need. Nothing is kept, and nothing is sent.
//
// The build fills in what stands in @…@.

/** The servers' settings, by name. @type {Record<string, string>} */
const SERVERS = JSON.parse(`@servers@`);
const CALCULATOR = "@calculator@";
const INTEGRITY = "@integrity@";
const ENGINE = "@engine@";

const WORDS = {
  zh: {
    title: "把计算器放到自己的网站上",
    lead: "选好以后复制下面的内容。这里填的只留在本页。",
    seen: "看上去是这样",
    copied: "复制到网站上",
    spoken: "本页语言",
    src: "公示标准的地址",
    view: "显示什么",
    flat: "一户试算",
    overview: "各项出资",
    full: "全部",
    lang: "计算器的语言",
    page: "随网页",
    way: "放法",
    element: "一个元素",
    frame: "iframe",
    version: "版本",
    latest: "总是最新",
    fixed: "固定这一版",
    accent: "主色",
    scheme: "明暗",
    light: "浅色",
    dark: "深色",
    site: "网站的地址（在别的网站上用时）",
    server: "服务器",
    tag: "网页里",
    style: "样式表里",
    policy: "安全策略（响应头 Content-Security-Policy）",
    headers: "服务器设置",
    copy: "复制",
    done: "已复制",
  },
  en: {
    title: "The calculator on your own site",
    lead: "Choose, then copy what stands below. What you fill in stays on this page.",
    seen: "What it looks like",
    copied: "To copy to your site",
    spoken: "Language of this page",
    src: "Address of the tariff",
    view: "What is shown",
    flat: "A form for one flat",
    overview: "Who pays",
    full: "All",
    lang: "Language of the calculator",
    page: "That of the page",
    way: "How it is placed",
    element: "An element",
    frame: "A frame",
    version: "Version",
    latest: "Always the latest",
    fixed: "This one for good",
    accent: "Main colour",
    scheme: "Colours",
    light: "Light",
    dark: "Dark",
    site: "Address of the site, if it is another",
    server: "Server",
    tag: "In the page",
    style: "In the style sheet",
    policy: "Policy (the header Content-Security-Policy)",
    headers: "Settings of the server",
    copy: "Copy",
    done: "Copied",
  },
};

const asked = new URLSearchParams(location.search);
const chosen = {
  spoken: /^en\b/i.test(asked.get("lang") ?? navigator.language) ? "en" : "zh",
  src: asked.get("src") ?? "../county-site/tariff.json",
  view: "flat",
  lang: "page",
  way: "element",
  version: "latest",
  accent: "#0b5cad",
  scheme: "light",
  site: "",
  server: "nginx",
};

/** What there is to choose, in order: a list, or the type of a field. @type {[keyof typeof chosen, string[] | string][]} */
const CHOICES = [
  ["spoken", ["zh", "en"]],
  ["src", "text"],
  ["view", ["flat", "overview", "full"]],
  ["lang", ["page", "zh-CN", "en"]],
  ["way", ["element", "frame"]],
  ["version", ["latest", "fixed"]],
  ["accent", "color"],
  ["scheme", ["light", "dark"]],
  ["site", "url"],
  ["server", ["nginx", "Caddy", "Apache", "IIS"]],
];

const NAMES = { zh: "中文", en: "English", "zh-CN": "中文" };

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** An attribute as it is written in HTML. @param {string} text */
const quoted = (text) => `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;

/** An address, or nothing where it is none. @param {string} text */
function addressOf(text) {
  try {
    return new URL(text, location.href);
  } catch {
    return undefined;
  }
}

function drawChoices() {
  const words = WORDS[chosen.spoken];
  document.documentElement.lang = chosen.spoken === "en" ? "en" : "zh-CN";
  for (const id of ["title", "lead", "seen", "copied"]) place(id).textContent = words[id];
  document.title = `${words.title} · fentan`;
  place("choices").replaceChildren(
    ...CHOICES.map(([name, of]) => {
      const label = document.createElement("label");
      const field = document.createElement(Array.isArray(of) ? "select" : "input");
      if (field instanceof HTMLSelectElement) {
        for (const value of of) field.add(new Option(words[value] ?? NAMES[value] ?? value, value));
      } else field.type = String(of);
      field.id = name;
      field.value = chosen[name];
      field.addEventListener("input", () => {
        chosen[name] = field.value;
        if (name === "spoken") drawChoices();
        place(name).focus();
        draw();
      });
      label.append(words[name], field);
      return label;
    }),
  );
}

/** What is to be copied, by what it is called. @returns {[string, string][]} */
function snippets() {
  const base = new URL(".", location.href).href;
  const src = addressOf(chosen.src)?.href ?? chosen.src;
  const lang = chosen.lang === "page" ? [] : [["lang", chosen.lang]];
  const view = chosen.view === "flat" ? [] : [["view", chosen.view]];
  const site = chosen.site ? addressOf(chosen.site)?.origin : undefined;
  const own = new URL(base).origin;
  const theirs = site && site !== own ? ` ${own}` : "";
  const isFixed = chosen.version === "fixed";
  const script = isFixed ? `${base}${CALCULATOR}` : `${base}fentan-calculator.js`;
  const held = isFixed ? ` integrity=${quoted(INTEGRITY)} crossorigin` : "";
  const preload = isFixed ? `<link rel="preload" as="fetch" crossorigin href=${quoted(base + ENGINE)}>\n` : "";
  const given = [["src", src], ...view, ...lang].map(([name, value]) => ` ${name}=${quoted(value)}`).join("");
  const query = new URLSearchParams([["src", src], ["view", chosen.view], ["lang", chosen.lang === "page" ? "zh-CN" : chosen.lang], ["host", site ?? own]]);
  const isElement = chosen.way === "element";
  const tag = isElement
    ? `${preload}<script type="module" src=${quoted(script)}${held}></script>\n<fentan-calculator${given}></fentan-calculator>`
    : `<iframe data-fentan title="老旧小区改造费用" width="100%" height="600"\n  src=${quoted(`${base}frame.html?${query}`)}></iframe>\n<script type="module" src=${quoted(`${base}fentan-frame.js`)}></script>`;
  const rules = [chosen.accent === "#0b5cad" ? "" : `  --fentan-accent: ${chosen.accent};\n`, chosen.scheme === "dark" ? "  color-scheme: dark;\n" : ""].join("");
  const policy = isElement
    ? `default-src 'self'; script-src 'self'${theirs} 'wasm-unsafe-eval'; connect-src 'self'${theirs}; style-src 'self'`
    : `default-src 'self'; script-src 'self'${theirs}; frame-src 'self'${theirs}; style-src 'self'`;
  /** @type {[string, string][]} */
  const all = [["tag", tag], ["style", isElement && rules ? `fentan-calculator {\n${rules}}` : ""], ["policy", policy], ["headers", SERVERS[chosen.server] ?? ""]];
  return all.filter(([, text]) => text !== "");
}

function draw() {
  const words = WORDS[chosen.spoken];
  const preview = place("preview");
  const calculator = preview.firstElementChild ?? preview.appendChild(document.createElement("fentan-calculator"));
  for (const [name, value] of [["src", chosen.src], ["view", chosen.view]]) calculator.setAttribute(name, value);
  if (chosen.lang === "page") calculator.removeAttribute("lang");
  else calculator.setAttribute("lang", chosen.lang);
  const { style } = /** @type {HTMLElement} */ (calculator);
  style.setProperty("color-scheme", chosen.scheme);
  if (chosen.accent === "#0b5cad") style.removeProperty("--fentan-accent");
  else style.setProperty("--fentan-accent", chosen.accent);
  place("snippets").replaceChildren(
    ...snippets().map(([name, text]) => {
      const section = document.createElement("section");
      const [header, heading, button, pre] = ["header", "h3", "button", "pre"].map((tag) => document.createElement(tag));
      heading.textContent = words[name];
      button.setAttribute("type", "button");
      button.textContent = words.copy;
      button.setAttribute("aria-label", `${words.copy}: ${words[name]}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard?.writeText(text).catch(() => undefined);
        // Where it may not copy, the text is marked to be copied by hand.
        getSelection()?.selectAllChildren(pre);
        button.textContent = words.done;
      });
      pre.id = `snippet-${name}`;
      pre.tabIndex = 0;
      pre.textContent = text;
      header.append(heading, button);
      section.append(header, pre);
      return section;
    }),
  );
}

drawChoices();
draw();
