/**
 * One file of the workspace at one instant. The same object stands in every snapshot until its content changes, so that what
 * was derived from it can be kept with it.
 */
export interface FileVersion {
  readonly path: string;
  /** Has facts of its own; the others are definitions and configurations, or places where a flag may be mentioned. */
  readonly isSource: boolean;
  /** The version of the open editor whose text stands in for the file on disk; undefined when the file is not open. */
  readonly openVersion: number | undefined;
  /** Open files hold their text, others are read from disk and may be gone by then (`undefined`). */
  text(): string | undefined;
}

/** TypeScript or JavaScript. */
export function isSourcePath(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** HTML: a template of Angular may show a part by a flag. */
export function isTemplatePath(path: string): boolean {
  return path.endsWith('.html');
}

/** A file whose scripts are TypeScript or JavaScript. They are looked at for flags; nothing but text is changed in them. */
export function isScriptHost(path: string): boolean {
  return /\.(?:vue|svelte|astro)$/.test(path);
}
