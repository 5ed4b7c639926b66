// @ts-check
// Loaded only where `src` names a plan: makes its tariff, by which the calculator then goes on as with
// any other. Of the plan nothing is kept.
//
// The build puts the engine's JavaScript side before this and fills in what stands in @…@.

const ENGINE = new URL("@engine@", import.meta.url);
const INTEGRITY = "@integrity@";

/** @type {Promise<unknown> | undefined} */
let engine;

function loadEngine() {
  const ask = (cache) => fetch(ENGINE, { integrity: INTEGRITY, cache });
  engine ??= ask("default")
    .catch(() => ask("reload"))
    .then((response) => wasm_bindgen({ module_or_path: response }));
  // Whoever asks again after a failure tries again.
  engine.catch(() => (engine = undefined));
  return engine;
}

// A plan's tariff is no edition of it.
const UNPUBLISHED = { zh: "按方案算出，没有公示", en: "Worked out from a plan, not published" };

/** The tariff of a plan as of today, as JSON. @param {string} plan @param {string} language */
function tariffOf(plan, language) {
  const now = new Date();
  const numbers = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const date = numbers.map((number) => String(number).padStart(2, "0")).join("-");
  return JSON.stringify(wasm_bindgen.tariff(plan, { number: 1, date }, language));
}

/** What is wrong with a plan, as JSON. @param {string} plan @param {string} language */
function problemsOf(plan, language) {
  try {
    tariffOf(plan, language);
  } catch (error) {
    const { problems = [] } = /** @type {{ problems?: unknown[] }} */ (error);
    if (problems.length === 0) throw error;
    return JSON.stringify(problems);
  }
}

/**
 * Opens a plan: the tariff's calculator, or what is wrong with the plan.
 * @param {typeof Calculator} calculators @param {Uint8Array} bytes @returns {Promise<Opened>}
 */
export async function open(calculators, bytes) {
  await loadEngine();
  const plan = new TextDecoder().decode(bytes);
  const problems = { zh: problemsOf(plan, "zh"), en: problemsOf(plan, "en") };
  if (problems.zh) return { problems: (language) => problems[language], view: () => undefined, estimate: () => "{}" };
  const calculator = calculators.open(new TextEncoder().encode(tariffOf(plan, "en")));
  return {
    problems: (language) => calculator.problems(language),
    view(language) {
      const view = JSON.parse(calculator.view(language) ?? "null");
      return JSON.stringify(view && { ...view, edition: UNPUBLISHED[language], digest: "" });
    },
    estimate: (flat, language) => calculator.estimate(flat, language),
  };
}
