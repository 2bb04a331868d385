import type { TextRange } from '../core/text.ts';

/** A list of flags in code, as far as its file tells. Which of them define flags is told later, by use or by policy. */
export interface RegistryFact {
  /** The declared name, dotted inside namespaces; `default` for a default export, else what is set or called: `defaultConfig`. */
  readonly name: string;
  /**
   * `array`: keys, or records with a key. `object`: records by name. `defaults`: values by key. `members`: of an interface or
   * type. `flag`: a declared flag of the Vercel SDK. `functions`: what the file exports.
   */
  readonly kind: 'array' | 'object' | 'defaults' | 'members' | 'flag' | 'functions';
  /** What is handed to a vendor's client here: flags whatever reads them. */
  readonly certain?: true;
  /** The declaration. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly entries: readonly RegistryEntry[];
  /** A spread or a computed name hides some. */
  readonly partial?: true;
}

export interface RegistryEntry {
  /** Name of the property, member or function; the index in an array. */
  readonly member: string;
  readonly key: string;
  /** The key as written, quotes included. */
  readonly keyRange: TextRange;
  /** What goes when the entry goes, without a separator: property, element, member, statement. */
  readonly range: TextRange;
  readonly type?: 'boolean' | 'string' | 'number' | 'object';
  /** What it falls back to. */
  readonly value?: boolean | string | number;
  /** What it yields whoever asks: a function that returns a literal and does nothing else. */
  readonly always?: boolean | string | number;
  readonly variations?: readonly { readonly name?: string; readonly value?: boolean | string | number }[];
  /** Owner, dates, kind and description, as written in literal fields or in a comment's tags. */
  readonly notes?: Readonly<Record<string, string>>;
}
