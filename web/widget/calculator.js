// @ts-check
// <fentan-calculator>: draws what the engine says of a tariff. No text of a tariff is ever markup,
// nothing is kept, and nothing is asked for but the programs beside this file and the tariff itself.
//
// The build puts the engine's JavaScript side before this and fills in what stands in @…@.

// Named by what is in them: a script that a browser kept goes with the program that was built with it.
const ENGINE = new URL("@engine@", import.meta.url);
const INTEGRITY = "@integrity@";
const PLANS = new URL("@plans-name@", import.meta.url);
const PLANS_INTEGRITY = "@plans@";
/** How long a file may take. @see FentanCalculator.timeout */
const SECONDS = 30;
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`@sheet@`);

/** All calculators of a page share one engine. @type {Promise<typeof Calculator> | undefined} */
let engine;

function loadEngine() {
  engine ??= fetchEngine().then(() => wasm_bindgen.Calculator);
  // Whoever asks again after a failure tries again.
  engine.catch(() => (engine = undefined));
  return engine;
}

async function fetchEngine() {
  // As a preload asks for it, so that a page may have it fetched beside this file.
  const ask = (cache) => fetch(ENGINE, { integrity: INTEGRITY, cache, signal: AbortSignal.timeout(2000 * SECONDS) });
  // What a cache or a gateway on the way has kept may be another: asked for again, past it.
  const response = await ask("default")
    .catch(() => ask("reload"))
    .catch(async () => {
      // One that is not there looks like one that is another: a hash holds for neither.
      const { ok } = await fetch(ENGINE, { method: "HEAD", cache: "no-store" });
      // This script was kept longer than its program: the next visit is to begin with the new one.
      await fetch(import.meta.url, { cache: "reload" });
      throw new Failure(ok ? "changed" : "replaced", ENGINE.href);
    });
  await wasm_bindgen({ module_or_path: response });
}

/**
 * Loads what opens plans, by way of their tariffs; most pages never ask for it.
 * @returns {Promise<{ open(engine: typeof Calculator, bytes: Uint8Array): Promise<Opened> }>}
 */
async function loadPlans() {
  // An import can't be held to a hash, but finds the module that a script was held to.
  const script = make("script", { type: "module", src: PLANS.href, integrity: PLANS_INTEGRITY, crossorigin: "anonymous" });
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  script.remove();
  return import(PLANS.href);
}

/** Reads what was answered up to so many bytes. @param {Response} response @param {number} most @param {URL} address */
async function read(response, most, address) {
  if (!response.ok || !response.body) throw new Failure("no-file", address.href);
  const reader = response.body.getReader();
  const bytes = new Uint8Array(most);
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length > most) {
      await reader.cancel();
      throw new Failure("too-large", address.href);
    }
    bytes.set(part.value, length);
    length += part.value.length;
  }
  if (bytes[0] === 0x3c) throw new Failure("no-tariff", address.href); // <
  return bytes.subarray(0, length);
}

/** What went wrong before the engine could say so. */
class Failure extends Error {
  /** @param {string} code @param {string} path */
  constructor(code, path) {
    super(code);
    this.code = code;
    this.path = path;
  }
}

// What is said before there is an engine that has the words.
const WORDS = {
  zh: {
    loading: "正在打开…",
    retry: "再试一次",
    shares: "减免以前的分摊额会告诉本网站，面积、人口等可以由此推知；是不是困难户，它不会知道。",
    "no-engine": "计算程序没有下载成功；请检查网络后再试",
    replaced: "计算程序已经更新；请刷新页面",
    changed: "下载到的计算程序和脚本不是同一版，没有运行；请刷新页面，还是不行请告诉网站管理员",
    blocked: "本网站的安全策略（CSP）不让计算程序运行；请告诉网站管理员，在 script-src 里加上 'wasm-unsafe-eval'",
    "old-browser": "浏览器太旧，不能运行计算程序；请换用新的浏览器",
    "bad-address": "公示标准的地址不对：%{address}",
    "no-file": "打不开 %{address}；请检查地址和网络",
    "no-tariff": "%{address} 不是公示标准，而是一个网页；请检查地址，或者是否需要登录",
    "too-slow": "%{address} 在 %{seconds} 秒内没有下载完；请检查网络后再试",
    "too-large": "%{address} 太大，没有读取",
  },
  en: {
    loading: "Opening…",
    retry: "Try again",
    shares: "The shares before relief are told to this site, and areas or heads can be worked out from them; whether you are in need it does not learn.",
    "no-engine": "the calculator could not be downloaded; check the network and try again",
    replaced: "the calculator was updated; reload the page",
    changed: "the program that came does not belong to this script and was not run; reload the page, and if that does not help tell its webmaster",
    blocked: "this site's security policy (CSP) keeps the calculator from running; tell its webmaster to add 'wasm-unsafe-eval' to script-src",
    "old-browser": "this browser is too old to run the calculator; use a newer one",
    "bad-address": "this is no address of a tariff: %{address}",
    "no-file": "can't open %{address}; check the address and the network",
    "no-tariff": "%{address} is a web page and no tariff; check the address, and whether it asks to sign in",
    "too-slow": "%{address} did not come within %{seconds} seconds; check the network and try again",
    "too-large": "%{address} is too large and was not read",
  },
};

/** A text that the page may word by a child of the element: <span slot="label-weights.heads">. @param {string} name @param {string} text */
function worded(name, text) {
  return make("slot", { name }, text);
}

/** Opens a tariff, or a plan by way of its tariff. @param {string} source @param {AbortSignal} signal @returns {Promise<Opened>} */
async function openTariff(source, signal) {
  if (!globalThis.WebAssembly) throw new Failure("old-browser", "");
  const address = addressOf(source);
  const failed = (code, { href }) => (error) => {
    if (error instanceof Failure) throw error;
    // The browser runs no program that the page's policy forbids.
    const isBlocked = error instanceof WebAssembly.CompileError && /polic|csp|unsafe-eval/i.test(error.message);
    throw new Failure(isBlocked ? "blocked" : code, href);
  };
  const [engine, response] = await Promise.all([
    loadEngine().catch(failed("no-engine", ENGINE)),
    fetch(address, { credentials: "omit", signal }).catch(failed("no-file", address)),
  ]);
  const bytes = await read(response, engine.most_bytes(), address).catch(failed("no-file", address));
  const calculator = engine.open(bytes);
  if (!calculator.is_plan()) return calculator;
  return loadPlans().then(({ open }) => open(engine, bytes)).catch(failed("no-engine", PLANS));
}

/** @param {string} source */
function addressOf(source) {
  try {
    return new URL(source, document.baseURI);
  } catch {
    throw new Failure("bad-address", source);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element; texts among its children are texts, whatever stands in them.
 * @param {string} name @param {Record<string, string | boolean | undefined>} attributes
 * @param {...(Node | string | undefined)} children
 */
function make(name, attributes = {}, ...children) {
  const element = name === "svg" || name === "rect" ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The calculators that stand on the page: they follow the language of what is around them. @type {Set<() => void>} */
const connected = new Set();
new MutationObserver(() => connected.forEach((follow) => follow())).observe(document, { attributeFilter: ["lang"], subtree: true });

/** What tells of keys, pointers and choices goes no further than the calculator. */
const NATIVE = (
  "beforeinput input keydown keypress keyup click dblclick auxclick contextmenu pointerdown pointerup pointermove mousedown mouseup mousemove " +
  "touchstart touchmove touchend focusin focusout copy cut paste compositionstart compositionupdate compositionend dragstart drop"
).split(" ");

class FentanCalculator extends HTMLElement {
  static observedAttributes = ["src", "lang", "view", "prefill", "tell-shares"];

  /** The flat as it is filled in: the texts and choices of each field. @type {Map<string, string | string[]>} */
  #told = new Map();
  #asked = false;
  /** The address that was opened last, or is being opened. */
  #address = "";
  /** Ends what is being opened. @type {AbortController | undefined} */
  #opening;
  /** @type {Opened | undefined} */
  #calculator;
  /** @type {any} */
  #view;
  /** @type {Failure | undefined} */
  #failure;
  #drawn = "";
  #root;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "closed" });
    this.#root.adoptedStyleSheets = [SHEET];
    for (const name of NATIVE) this.#root.addEventListener(name, (event) => event.stopPropagation());
  }

  connectedCallback() {
    // What was set before this script ran hides the accessors.
    for (const name of ["src", "view", "prefill", "timeout", "tellShares"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    connected.add(this.#follow);
    this.#fill();
    this.#open();
  }

  disconnectedCallback() {
    connected.delete(this.#follow);
    if (this.#opening) this.#address = "";
    this.#opening?.abort();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === "prefill") this.#fill();
    this.#open();
  }

  get src() {
    return this.getAttribute("src") ?? "";
  }
  set src(value) {
    this.#set("src", value);
  }
  get view() {
    const view = this.getAttribute("view");
    return view === "overview" || view === "full" ? view : "flat";
  }
  set view(value) {
    this.#set("view", value);
  }
  get prefill() {
    return this.getAttribute("prefill") ?? "";
  }
  set prefill(value) {
    this.#set("prefill", value);
  }
  get timeout() {
    const seconds = Number(this.getAttribute("timeout") ?? SECONDS);
    return seconds > 0 && seconds < 3600 ? seconds : SECONDS;
  }
  set timeout(value) {
    this.#set("timeout", value);
  }
  get tellShares() {
    return this.hasAttribute("tell-shares");
  }
  set tellShares(value) {
    this.toggleAttribute("tell-shares", !!value);
  }
  /** How far it is: for whoever listens after it has become ready. */
  get state() {
    return this.#view ? "ready" : this.#failure || this.#calculator ? "failed" : this.#address ? "loading" : "empty";
  }

  /** Forgets what was filled in. */
  reset() {
    this.#told.clear();
    this.#asked = false;
    this.#fill();
    this.#draw();
    this.#tell("change", { complete: false, empty: true, errors: [] });
  }

  /** Opens the tariff anew after a failure. */
  retry() {
    this.#address = "";
    this.#open();
  }

  #set(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }

  #follow = () => this.#language !== this.#drawn && this.#draw();

  get #language() {
    /** @type {Element | null} */
    let element = this;
    while (element) {
      const tag = element.closest("[lang]")?.getAttribute("lang");
      if (tag) return /^en\b/i.test(tag) ? "en" : "zh";
      const root = element.getRootNode();
      element = root instanceof ShadowRoot ? root.host : null;
    }
    return "zh";
  }

  /** Fills in what the attribute says, and with `deep-link` what stands behind the # of the page's address. Hardship is not asked in a link. */
  #fill() {
    const link = this.hasAttribute("deep-link") ? location.hash.slice(1) : "";
    for (const [name, value] of [...new URLSearchParams(this.prefill), ...new URLSearchParams(link)]) {
      if (name !== "hardship" && name !== "served") this.#told.set(name, value.slice(0, 40));
    }
  }

  /** Opens what `src` names, unless it is open, and draws it. */
  async #open() {
    if (this.src === this.#address) return this.#draw();
    this.#opening?.abort();
    const opening = (this.#opening = new AbortController());
    const source = (this.#address = this.src);
    this.#calculator = this.#failure = undefined;
    this.#draw();
    if (!source) return;
    const { signal } = opening;
    const cut = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const slow = new Failure("too-slow", source);
    const clock = setTimeout(() => opening.abort(slow), this.timeout * 1000);
    try {
      const opened = await Promise.race([openTariff(source, signal), cut]);
      if (this.#opening === opening) this.#calculator = opened;
    } catch (error) {
      if (this.#opening === opening) this.#failure = error instanceof Failure ? error : new Failure("no-engine", ENGINE.href);
    }
    clearTimeout(clock);
    // Another may have been asked for meanwhile, or it was taken off the page.
    if (this.#opening !== opening || (signal.aborted && signal.reason !== slow)) return;
    this.#opening = undefined;
    this.#draw();
    if (this.#view) this.#tell("ready", { title: this.#view.title, edition: this.#view.edition });
    else this.#tell("loaderror", { errors: this.#errors().map(({ code, path }) => ({ code, path })) });
  }

  /** What is wrong with what was opened. @returns {{ code: string, path: string, message: string }[]} */
  #errors() {
    const failure = this.#failure;
    if (!failure) return JSON.parse(this.#calculator?.problems(this.#language) ?? "[]");
    const message = WORDS[this.#language][failure.code].replace("%{address}", failure.path).replace("%{seconds}", String(this.timeout));
    return [{ code: failure.code, path: failure.path, message }];
  }

  /** Tells the page around. @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #draw() {
    const language = (this.#drawn = this.#language);
    const view = (this.#view = JSON.parse(this.#calculator?.view(language) ?? "null"));
    const focused = this.#root.activeElement?.id;
    const parts = ["flat", "full"].includes(this.view) ? ["flat"] : [];
    if (this.view !== "flat") parts.push("overview");
    if (this.view === "full") parts.push("about");
    const state = this.state;
    const sheet = make("section", { part: "sheet", lang: language === "en" ? "en" : "zh-CN", "aria-busy": String(state === "loading") });
    if (view) {
      sheet.setAttribute("aria-labelledby", "title");
      sheet.append(
        make("header", {}, make("h2", { id: "title", part: "title" }, view.title), make("p", { part: "note" }, view.edition)),
        make("slot", { name: "intro" }),
        ...parts.flatMap((part) => (part === "flat" ? this.#flat(view) : part === "overview" ? this.#overview(view) : this.#about(view))),
        make("slot", { name: "note" }),
      );
    } else {
      if (state === "loading") sheet.append(make("p", { part: "note", role: "status" }, WORDS[language].loading));
      if (state === "failed") {
        const retry = make("button", { part: "button", type: "button" }, WORDS[language].retry);
        retry.addEventListener("click", () => this.retry());
        sheet.append(this.#wrong(this.#errors()), make("p", { part: "actions" }, retry));
      }
      // What stands in the element says how else to find out.
      sheet.append(make("slot"));
    }
    this.#root.replaceChildren(sheet);
    if (focused) this.#root.getElementById(focused)?.focus({ preventScroll: true });
    if (view && this.#asked && parts.includes("flat")) this.#answer();
  }

  /** @param {any[]} errors */
  #wrong(errors) {
    const place = ({ path, message }) => (path && !message.includes(path) ? [make("code", {}, path), " "] : []);
    const list = errors.slice(0, 5).map((error) => make("li", {}, ...place(error), error.message));
    return make("div", { part: "error", role: "alert" }, make("ul", {}, ...list));
  }

  #flat(view) {
    const form = make("form", { part: "form", novalidate: true, autocomplete: "off", "aria-labelledby": "ask" });
    const button = make("button", { id: "submit", part: "button", type: "button" }, worded("submit", view.head.submit));
    form.append(
      ...view.fields.map((field) => this.#field(field)),
      make("p", { part: "actions" }, button),
      make("p", { part: "note", class: "privacy" }, worded("privacy", view.head.privacy), ...(this.tellShares ? [" ", WORDS[this.#language].shares] : [])),
    );
    const ask = () => {
      this.#asked = true;
      this.#answer(true);
    };
    // A frame that allows no forms sends no form: it is asked without.
    button.addEventListener("click", ask);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      const { key, isComposing, target } = /** @type {KeyboardEvent} */ (event);
      if (key !== "Enter" || isComposing || !(target instanceof HTMLInputElement) || target.type === "checkbox") return;
      // The key is not for the field that the focus goes to.
      event.preventDefault();
      ask();
    });
    form.addEventListener("input", (event) => this.#note(/** @type {any} */ (event.target)));
    this.#narrow(form);
    return [
      make("h3", { id: "ask", part: "heading" }, worded("ask", view.head.ask)),
      form,
      make("div", { id: "answer", part: "result", role: "status", "aria-live": "polite" }),
    ];
  }

  #field(field) {
    const id = `field-${field.name}`;
    const told = this.#told.get(field.name);
    const described = `${id}-hint ${id}-wrong`;
    const hint = make("small", { id: `${id}-hint`, part: "note" }, worded(`hint-${field.name}`, field.hint ?? ""));
    const wrong = make("span", { id: `${id}-wrong`, part: "error", class: "of-field" });
    if (field.several) {
      const choices = field.choices.map(({ value, label }) => {
        const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", name: field.name, value }));
        box.checked = !!told?.includes(value);
        return make("label", { class: "choice" }, box, ` ${label}`);
      });
      return make("fieldset", { part: "field", class: "wide", "aria-describedby": described }, make("legend", { part: "label" }, worded(`label-${field.name}`, field.label)), ...choices, hint, wrong);
    }
    const common = { id, name: field.name, part: "input", required: field.required, "aria-describedby": described };
    let input;
    if (field.choices.length > 0) {
      const options = field.choices.map(({ value, label, of }) => make("option", { value, "data-of": of }, label));
      const none = field.choices[0].value === "" ? undefined : make("option", { value: "" }, "—");
      input = /** @type {HTMLSelectElement} */ (make("select", common, none, ...options));
    } else {
      input = /** @type {HTMLInputElement} */ (make("input", { ...common, inputmode: "decimal", maxlength: "40" }));
    }
    input.value = String(told ?? "");
    return make("div", { part: "field" }, make("label", { for: id, part: "label" }, worded(`label-${field.name}`, field.label)), input, hint, wrong);
  }

  /** Notes what was filled in. @param {HTMLInputElement} input */
  #note(input) {
    const form = /** @type {HTMLFormElement} */ (input.form);
    const values = new FormData(form).getAll(input.name).map(String);
    this.#told.set(input.name, input.type === "checkbox" ? values : (values[0] ?? ""));
    if (input.name === "building") this.#narrow(form);
    if (this.#asked) this.#answer();
    else this.#tell("change", { complete: false, empty: this.#isEmpty(), errors: [] });
  }

  #isEmpty() {
    return [...this.#told.values()].every((value) => value.length === 0);
  }

  /** Leaves the units of the building that is chosen. @param {Element} form */
  #narrow(form) {
    const unit = /** @type {HTMLSelectElement | null} */ (form.querySelector("#field-unit"));
    if (!unit) return;
    const building = /** @type {HTMLSelectElement} */ (form.querySelector("#field-building")).value;
    const told = this.#told.get("unit") ?? "";
    unit.querySelectorAll("[data-of]").forEach((option) => option.remove());
    const units = this.#view.fields.find(({ name }) => name === "unit").choices.filter(({ of }) => of === building);
    unit.append(...units.map(({ value, label, of }) => make("option", { value, "data-of": of }, label)));
    unit.value = units.some(({ value }) => value === told) ? String(told) : "";
  }

  /** The flat as the engine reads it. */
  #flatTold() {
    const flat = {};
    for (const { name, whole, several } of this.#view.fields) {
      const told = this.#told.get(name) ?? (several ? [] : "");
      if (told === "") continue;
      const value = several ? told : String(told).trim();
      const column = /^weights\.(.*)$/s.exec(name)?.[1];
      if (column !== undefined) (flat.weights ??= {})[column] = value;
      else flat[name] = whole ? Number(value) : value;
    }
    return JSON.stringify(flat);
  }

  /** Works out what the flat would pay. @param {boolean} [go] whether to go to what is wrong */
  #answer(go = false) {
    const answer = JSON.parse(/** @type {Opened} */ (this.#calculator).estimate(this.#flatTold(), this.#language));
    const place = /** @type {HTMLElement} */ (this.#root.getElementById("answer"));
    this.#mark(answer.wrong ?? [], go);
    if (answer.wrong) {
      const elsewhere = answer.wrong.filter(({ path }) => !this.#view.fields.some(({ name }) => name === path));
      place.replaceChildren(...(elsewhere.length > 0 ? [this.#wrong(elsewhere)] : []));
      // Messages repeat what was typed: the page learns which field it is, and what kind of error.
      const errors = answer.wrong.map(({ code, path }) => ({ code, field: path }));
      this.#tell("change", { complete: false, empty: this.#isEmpty(), errors });
      return;
    }
    const { label, due, exactness, parts, heads, lines, notes, shares, share, fen } = answer.pays;
    place.replaceChildren(
      make("p", { class: "due" }, make("span", {}, label), " ", make("strong", { part: "amount" }, due)),
      ...exactness.map((text) => make("p", { part: "note" }, text)),
      ...(parts.length > 0 ? [make("dl", { part: "parts" }, ...parts.flatMap((one) => [make("dt", {}, one.label), make("dd", {}, one.amount)]))] : []),
      make("table", { part: "table", "aria-label": label },
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...lines.map((one) => make("tr", {}, make("th", { scope: "row" }, one.label), make("td", {}, one.amount))))),
      make("ul", { part: "note", class: "notes" }, ...notes.map((note) => make("li", {}, note))),
    );
    this.#tell("change", { complete: true, empty: false, errors: [] });
    // Areas and weights can be worked out from shares: only where the page asks, and the visitor is told. They don't depend on hardship.
    if (this.tellShares) this.#tell("shares", { lines: shares, share, fen });
  }

  /** Says beside each field what is wrong with it. @param {any[]} errors @param {boolean} go */
  #mark(errors, go) {
    let first;
    for (const { name } of this.#view.fields) {
      const error = errors.find(({ path }) => path === name || path.startsWith(`${name}[`));
      const input = this.#root.getElementById(`field-${name}`);
      const wrong = this.#root.getElementById(`field-${name}-wrong`);
      if (wrong) wrong.textContent = error?.message ?? "";
      if (error) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
      first ??= error && input;
    }
    if (go) first?.focus();
  }

  #overview(view) {
    const { heads, rows, bars, caption } = view.overview;
    // The residents have a colour of their own.
    const colours = bars.map(({ label }, index) => `bar-${label === heads[3] ? 0 : 1 + (index % 7)}`);
    const rects = bars.map(({ from, length }, index) => make("rect", { class: colours[index], x: String(from), y: "0", width: String(length), height: "40" }));
    const legend = bars.map(({ label, amount, percent }, index) =>
      make("li", {}, make("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, make("rect", { class: colours[index], width: "10", height: "10" })), make("span", {}, label), make("span", { class: "number" }, amount), make("span", { class: "number" }, percent)));
    const cell = (head, ...parts) => make("td", { "data-head": head, class: parts.length === 0 ? "none" : undefined }, ...(parts.length === 0 ? ["—"] : parts));
    const payer = ({ label, amount }) => (label === heads[2] ? amount : make("span", { class: "payer" }, make("small", {}, label), " ", amount));
    const amounts = (amount) => (amount === null ? [] : [amount]);
    const cells = ({ name, note, amount, paid, residents }) => [
      make("th", { scope: "row" }, name, note ? make("small", { part: "note" }, note) : undefined),
      cell(heads[1], ...amounts(amount)),
      cell(heads[2], ...paid.map(payer)),
      cell(heads[3], ...amounts(residents)),
    ];
    const last = rows.length - 1;
    return [
      make("h3", { part: "heading" }, view.head.overview),
      make("figure", {}, make("figcaption", { part: "note" }, caption), make("svg", { class: "bars", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects), make("ul", { class: "legend" }, ...legend)),
      make("table", { part: "table", class: "works", "aria-label": view.head.overview },
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...rows.map((row, index) => make("tr", { class: index === last ? "total" : undefined }, ...cells(row))))),
    ];
  }

  #about(view) {
    const list = (head, items) => (items.length > 0 ? [make("h3", { part: "heading" }, head), make("ul", { class: "notes" }, ...items.map((item) => make("li", {}, item)))] : []);
    return [
      ...list(view.head.left_out, view.left_out),
      ...list(view.head.clauses, view.clauses),
      ...(view.digest ? [make("p", { part: "note", class: "digest" }, `${view.head.digest} `, make("code", {}, view.digest))] : []),
    ];
  }
}

if (!customElements.get("fentan-calculator")) customElements.define("fentan-calculator", FentanCalculator);
