// What the build puts before calculator.js and plans.js: the JavaScript side of an engine, of
// src/lib.rs and of the crate `javascript`.

/** What is open, and asked for what is drawn: JSON. */
interface Opened {
  problems(language: string): string | undefined;
  view(language: string): string | undefined;
  estimate(flat: string, language: string): string;
}

declare class Calculator implements Opened {
  static most_bytes(): number;
  static open(bytes: Uint8Array): Calculator;
  is_plan(): boolean;
  problems(language: string): string | undefined;
  view(language: string): string | undefined;
  estimate(flat: string, language: string): string;
}

declare const wasm_bindgen: ((input: { module_or_path: Response }) => Promise<unknown>) & {
  /** Of the calculator's own engine. */
  Calculator: typeof Calculator;
  /** Of the engine that opens plans. */
  tariff(plan: string, edition: { number: number; date: string }, language: string): object;
};
