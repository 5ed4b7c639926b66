// What one flat would pay by a tariff, whether it is in the roster or not.
import { estimate, tariff } from "fentan";
import { plan } from "./plan.mjs";

const published = tariff(plan, { number: 1, date: "2026-11-27" });
const { due, fen, most } = estimate(published, { area: "70.00" });
console.log(`${due}, within ${fen} fen; at most ${most} with others' relief`);
