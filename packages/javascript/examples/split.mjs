// Who pays what: every household's due, as text.
import { split } from "fentan";
import { plan } from "./plan.mjs";

const { residents, households } = split(plan);
for (const { id, due } of households) console.log(id, due);
console.log("residents", residents);
