/** `<fentan-calculator src="tariff.json" view="flat" lang="zh-CN">`: what a flat would pay by a tariff. */
export interface FentanCalculator extends HTMLElement {
  /** The address of a tariff. */
  src: string;
  /** What is shown: a form for one flat, the works and who pays for them, or all. */
  view: "flat" | "overview" | "full";
  /** What the form begins with: `building=1&unit=2&floor=3&area=74.36&weights.heads=3`. */
  prefill: string;
  /** How many seconds a file may take; 30 if it is not set. */
  timeout: number;
  /** Whether the page is told shares (`tell-shares`), of which the visitor is told. */
  tellShares: boolean;
  /** How far it is. */
  readonly state: "empty" | "loading" | "ready" | "failed";
  /** Forgets what was filled in. */
  reset(): void;
  /** Opens the tariff anew, after a failure. */
  retry(): void;
}

/** `ready`: what `src` names is open. */
export interface FentanReady {
  title: string;
  edition: string;
}

/** `loaderror`: what `src` names can't be opened. */
export interface FentanLoadError {
  errors: { code: string; path: string }[];
}

/** `change`: something was filled in or worked out. It holds nothing of what. */
export interface FentanChange {
  /** Whether a result is shown. */
  complete: boolean;
  /** Whether nothing is filled in. */
  empty: boolean;
  /** Which fields are wrong, and the stable code of what is. */
  errors: { code: string; field: string }[];
}

/** `shares`, with the attribute `tell-shares` only: a flat was worked out. Amounts are yuan with two decimals; none depends on hardship. */
export interface FentanShares {
  lines: { id: string; share: string }[];
  share: string;
  /** By how many fen the shares may be off together. */
  fen: number;
}

declare global {
  interface HTMLElementTagNameMap {
    "fentan-calculator": FentanCalculator;
  }
}
