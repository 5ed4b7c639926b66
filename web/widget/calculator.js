// @ts-check
// <fentan-calculator>: draws what the engine says of a tariff. No text of a tariff is ever markup,
// nothing is kept, and nothing is asked for but the programs beside this file and the tariff itself.
//
// The build puts the engine's JavaScript side before this and fills in what stands in @…@.

const ENGINE = new URL("fentan-widget_bg.wasm", import.meta.url);
const INTEGRITY = "@integrity@";
const PLANS = new URL("fentan-plans.js", import.meta.url);
const PLANS_INTEGRITY = "@plans@";
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`@sheet@`);

/** All calculators of a page share one engine. @type {Promise<typeof Calculator> | undefined} */
let engine;

function loadEngine() {
  const { Calculator } = wasm_bindgen;
  // As a preload asks for it, so that a page may have it fetched beside this file.
  engine ??= fetch(ENGINE, { integrity: INTEGRITY })
    .then((response) => wasm_bindgen({ module_or_path: response }))
    .then(() => Calculator);
  // Whoever asks again after a failure tries again.
  engine.catch(() => (engine = undefined));
  return engine;
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
    "no-engine": "计算程序打不开；请刷新页面",
    "no-file": "打不开 %{address}；请检查地址和网络",
    "too-large": "%{address} 太大，没有读取",
  },
  en: {
    loading: "Opening…",
    "no-engine": "the calculator can't be loaded; reload the page",
    "no-file": "can't open %{address}; check the address and the network",
    "too-large": "%{address} is too large and was not read",
  },
};

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

let count = 0;

class FentanCalculator extends HTMLElement {
  static observedAttributes = ["src", "lang", "view"];

  /** The flat as it is filled in: the texts and choices of each field. @type {Map<string, string | string[]>} */
  #told = new Map();
  #asked = false;
  #number = (count += 1);
  /** The address that was opened last, or is being opened. */
  #address = "";
  /** @type {Opened | undefined} */
  #calculator;
  /** @type {any} */
  #view;
  /** @type {Failure | undefined} */
  #failure;
  #root;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [SHEET];
  }

  connectedCallback() {
    this.#open();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#open();
  }

  get src() {
    return this.getAttribute("src") ?? "";
  }
  set src(value) {
    this.setAttribute("src", value);
  }
  get view() {
    const view = this.getAttribute("view");
    return view === "overview" || view === "full" ? view : "flat";
  }
  set view(value) {
    this.setAttribute("view", value);
  }

  get #language() {
    const tag = this.closest("[lang]")?.getAttribute("lang") ?? "";
    return /^en\b/i.test(tag) ? "en" : "zh";
  }

  /** Opens what `src` names, unless it is open, and draws it. */
  async #open() {
    const address = this.src && new URL(this.src, document.baseURI);
    if (String(address) === this.#address) return this.#draw();
    this.#address = String(address);
    this.#calculator = this.#failure = undefined;
    this.#draw();
    if (!address) return;
    try {
      const failed = (code, { href }) => (error) => {
        throw error instanceof Failure ? error : new Failure(code, href);
      };
      const [engine, response] = await Promise.all([
        loadEngine().catch(failed("no-engine", ENGINE)),
        fetch(address, { credentials: "omit" }).catch(failed("no-file", address)),
      ]);
      const bytes = await read(response, engine.most_bytes(), address).catch(failed("no-file", address));
      const calculator = engine.open(bytes);
      const plan = calculator.is_plan() && loadPlans().then(({ open }) => open(engine, bytes));
      const opened = plan ? await plan.catch(failed("no-engine", PLANS)) : calculator;
      // Another may have been asked for meanwhile.
      if (this.#address === address.href) this.#calculator = opened;
    } catch (error) {
      if (this.#address === address.href) {
        this.#failure = error instanceof Failure ? error : new Failure("no-engine", ENGINE.href);
        this.#address = "";
      }
    }
    if (!this.#calculator && !this.#failure) return;
    this.#draw();
    if (this.#view) this.#tell("ready", { title: this.#view.title, edition: this.#view.edition });
    else this.#tell("error", { errors: this.#errors() });
  }

  /** What is wrong with what was opened. @returns {{ code: string, path: string, message: string }[]} */
  #errors() {
    const failure = this.#failure;
    if (!failure) return JSON.parse(this.#calculator?.problems(this.#language) ?? "[]");
    const message = WORDS[this.#language][failure.code].replace("%{address}", failure.path);
    return [{ code: failure.code, path: failure.path, message }];
  }

  /** Tells the page around. @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`fentan-${name}`, { detail, bubbles: true, composed: true }));
  }

  #draw() {
    const view = (this.#view = JSON.parse(this.#calculator?.view(this.#language) ?? "null"));
    const parts = ["flat", "full"].includes(this.view) ? ["flat"] : [];
    if (this.view !== "flat") parts.push("overview");
    if (this.view === "full") parts.push("about");
    const tag = this.#language === "en" ? "en" : "zh-CN";
    const sheet = make("section", { part: "sheet", lang: tag, "aria-busy": String(!view && !this.#failure && !!this.src) });
    if (view) {
      sheet.setAttribute("aria-labelledby", "title");
      sheet.append(
        make("header", {}, make("h2", { id: "title", part: "title" }, view.title), make("p", { part: "note" }, view.edition)),
        make("slot", { name: "intro" }),
        ...parts.flatMap((part) => (part === "flat" ? this.#flat(view) : part === "overview" ? this.#overview(view) : this.#about(view))),
        make("slot", { name: "note" }),
      );
    } else if (this.#failure || this.#calculator) {
      sheet.append(this.#wrong(this.#errors()));
    } else {
      sheet.append(make("p", { part: "note", role: "status" }, WORDS[this.#language].loading));
    }
    this.#root.replaceChildren(sheet);
    if (view && this.#asked && parts.includes("flat")) this.#answer();
  }

  /** @param {any[]} errors */
  #wrong(errors) {
    const list = errors.slice(0, 5).map((error) => make("li", {}, error.path && make("code", {}, error.path), ` ${error.message}`));
    return make("div", { part: "error", role: "alert" }, make("ul", {}, ...list));
  }

  #flat(view) {
    const form = make("form", { part: "form", novalidate: true, autocomplete: "off", "aria-labelledby": "ask" });
    form.append(
      ...view.fields.map((field) => this.#field(field)),
      make("p", { part: "actions" }, make("button", { part: "button", type: "submit" }, view.head.submit)),
      make("p", { part: "note" }, view.head.privacy),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#asked = true;
      this.#answer(true);
    });
    form.addEventListener("input", (event) => this.#note(/** @type {any} */ (event.target)));
    this.#narrow(form);
    return [
      make("h3", { id: "ask", part: "heading" }, view.head.ask),
      form,
      make("div", { id: "answer", part: "result", role: "status", "aria-live": "polite" }),
    ];
  }

  #field(field) {
    const id = `field-${field.name}`;
    const told = this.#told.get(field.name);
    const described = `${id}-hint ${id}-wrong`;
    const hint = make("small", { id: `${id}-hint`, part: "note" }, field.hint ?? "");
    const wrong = make("span", { id: `${id}-wrong`, part: "error", class: "of-field" });
    if (field.several) {
      const choices = field.choices.map(({ value, label }) => {
        const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", name: field.name, value }));
        box.checked = !!told?.includes(value);
        return make("label", { class: "choice" }, box, ` ${label}`);
      });
      return make("fieldset", { part: "field", class: "wide", "aria-describedby": described }, make("legend", { part: "label" }, field.label), ...choices, hint, wrong);
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
    return make("div", { part: "field" }, make("label", { for: id, part: "label" }, field.label), input, hint, wrong);
  }

  /** Notes what was filled in. @param {HTMLInputElement} input */
  #note(input) {
    const form = /** @type {HTMLFormElement} */ (input.form);
    const values = new FormData(form).getAll(input.name).map(String);
    this.#told.set(input.name, input.type === "checkbox" ? values : (values[0] ?? ""));
    if (input.name === "building") this.#narrow(form);
    if (this.#asked) this.#answer();
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
      this.#tell("error", { errors: answer.wrong });
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
    // Of what depends on hardship the page around is told nothing.
    this.#tell("split", { lines: shares, share, fen });
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
