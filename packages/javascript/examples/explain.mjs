// How a figure comes about.
import { explain } from "fentan";
import { plan } from "./plan.mjs";

const { title, value, formula, clauses } = explain(plan, { household: "1-1-201", figure: "due" }, "en");
console.log(`${title}: ${value} = ${formula}`);
console.log(clauses.join("\n"));
