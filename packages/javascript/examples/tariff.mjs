// What may be made public of a plan.
import { tariff } from "fentan";
import { plan } from "./plan.mjs";

console.log(JSON.stringify(tariff(plan, { number: 1, date: "2026-11-27" }), null, 2));
