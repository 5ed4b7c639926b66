// What is wrong with a plan, and what is thrown where it is split all the same.
import { check, split } from "fentan";
import { plan } from "./plan.mjs";

const wrong = { ...plan, lines: [{ id: "roof", amount: 1000.5 }] };
for (const { code, path, message } of check(wrong, "en")) console.log(path, code, message);
try {
  split(wrong);
} catch ({ name, problems }) {
  console.log(name, problems[0].code);
}
