import type { Engine } from './engine.ts';

let engine: Promise<Engine> | undefined;

/** Loads the compiler and what is built on it, once. */
export function loadEngine(): Promise<Engine> {
  engine ??= import('./engine.ts');
  return engine;
}
