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

function equal(found: unknown, expected: unknown) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} is not ${other}`);
}
