/** `<fentan-calculator src="tariff.json" view="flat" lang="zh-CN">`: what a flat would pay by a tariff. */
export interface FentanCalculator extends HTMLElement {
  /** The address of a tariff. */
  src: string;
  /** What is shown: a form for one flat, the works and who pays for them, or all. */
  view: "flat" | "overview" | "full";
}

/** `fentan-ready`: what `src` names is open. */
export interface FentanReady {
  title: string;
  edition: string;
}

/** `fentan-split`: a flat was worked out. Amounts are yuan with two decimals; none depends on hardship. */
export interface FentanSplit {
  lines: { id: string; share: string }[];
  share: string;
  /** By how many fen the shares may be off together. */
  fen: number;
}

/** `fentan-error`: something can't be read or worked out. */
export interface FentanError {
  errors: { code: string; path: string; message: string }[];
}

declare global {
  interface HTMLElementTagNameMap {
    "fentan-calculator": FentanCalculator;
  }
  interface HTMLElementEventMap {
    "fentan-ready": CustomEvent<FentanReady>;
    "fentan-split": CustomEvent<FentanSplit>;
    "fentan-error": CustomEvent<FentanError>;
  }
}
