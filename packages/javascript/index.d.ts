export { check, estimate, explain, split, tariff } from "./engine.js";
export type {
  Asked,
  EditionInput,
  Explanation,
  FentanError,
  FlatEstimate,
  FlatInput,
  HouseholdSplit,
  Language,
  LineSplit,
  Paid,
  PlanInput,
  Problem,
  SourceSplit,
  Split,
  Tariff,
} from "./engine.js";
