// What the build puts before calculator.js: the JavaScript side of the engine, src/lib.rs.

declare class Calculator {
  static most_bytes(): number;
  static open(bytes: Uint8Array): Calculator;
  problems(language: string): string | undefined;
  view(language: string): string | undefined;
  estimate(flat: string, language: string): string;
}

declare const wasm_bindgen: ((input: { module_or_path: Response }) => Promise<unknown>) & {
  Calculator: typeof Calculator;
};
