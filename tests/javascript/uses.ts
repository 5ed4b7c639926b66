// Uses of the package that must be typed as they are. Checked by tsc, then run by Node.
import { check, estimate, explain, split, tariff } from "fentan";
import type { FentanError, FlatEstimate, Split, Tariff } from "fentan";

const plan = {
  fentan: 1,
  lines: [{ id: "roof", amount: "100000000.01" }, { id: "lift", amount: "9.00", share_by: { table: "t" } }],
  tables: { t: { "1": "0", "2": "1" } },
  households: [
    { id: "1-1-101", floor: 1, area: "60.10" },
    { id: "1-1-201", floor: 2, area: "39.90" },
  ],
};

const result: Split = split(plan);
const due: string = result.households[0]?.due ?? "";
const cash: string | undefined = result.households[1]?.paid.cash;
const paid: Record<string, string> | undefined = result.lines[0]?.paid;
equal([due, cash, JSON.stringify(paid), result.pool_left], ["60100000.01", "39900009.00", "{}", null]);
equal(split(JSON.stringify(plan)).residents, result.residents);

equal(check(plan), []);
// @ts-expect-error An amount is a string: a number has lost digits.
equal(check({ ...plan, lines: [{ id: "roof", amount: 0.1 }] }, "en").map(({ code, path }) => [code, path]), [["float", "lines[0].amount"]]);
try {
  split({});
  throw new Error("nothing was thrown");
} catch (thrown) {
  const { name, problems, message } = thrown as FentanError;
  equal([name, problems[0]?.code, message.split("\n")[0]], ["FentanError", "missing-field", "fentan: missing-field"]);
}

for (const [language, words] of [["zh", "必须填写"], ["en", "must be given"]] as const) {
  try {
    split({}, language);
    throw new Error("nothing was thrown");
  } catch (thrown) {
    const { problems } = thrown as FentanError;
    equal(problems[0]?.message.includes(words), true);
  }
}

const value: string = explain(plan, { household: "1-1-101", line: "roof" }, "zh").value;
equal(value, "¥60,100,000.01");

const published: Tariff = tariff(plan, { number: 2, date: "2026-11-27" });
const kind: "shared" | "individual" | undefined = published.lines[0]?.kind;
equal([published.edition, kind, published.households], [2, "shared", 2]);
const flat: FlatEstimate = estimate(published, { area: "39.90", floor: 2 });
equal([flat.due, flat.fen, flat.lines.length], ["39900009.00", 1, 2]);

// @ts-expect-error An area is a string: a number has lost digits.
try { estimate(published, { area: 39.9, floor: 2 }); } catch (thrown) {
  equal((thrown as FentanError).problems.map(({ code, path }) => [code, path]), [["float", "area"]]);
}

// What is no plan, no language, or can't be written, is refused like a plan that is wrong.
const circle: { self?: object } = {};
circle.self = circle;
const wrong: [unknown, unknown, string][] = [
  [plan, {}, "language"], [plan, 5, "language"], [plan, true, "language"], [plan, "fr", "language"], [plan, Symbol("zh"), "language"],
  [{ fentan: 1n }, "zh", "plan"], [circle, "zh", "plan"], [undefined, "zh", "plan"], [() => plan, "zh", "plan"],
];
for (const [given, language, path] of wrong) {
  try {
    (split as (...given: unknown[]) => unknown)(given, language);
    throw new Error(`nothing was thrown for ${path}`);
  } catch (thrown) {
    const { name, problems } = thrown as FentanError;
    equal([name, problems[0]?.code, problems[0]?.path], ["FentanError", "bad-type", path]);
  }
}
try {
  explain(plan, { line: "none" });
  throw new Error("nothing was thrown");
} catch (thrown) {
  equal([(thrown as FentanError).name, (thrown as FentanError).problems[0]?.path], ["FentanError", "asked"]);
}
equal(split(plan, undefined).residents, result.residents);
// Slips that the compiler finds.
// @ts-expect-error sharby
check({ fentan: 1, lines: [{ id: "roof", amount: "1", sharby: "household" }], households: [] });
// @ts-expect-error A number.
check({ fentan: 1, lines: [], households: [{ id: "1", area: 60 }] });

function equal(found: unknown, expected: unknown) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} is not ${other}`);
}
