import { createRequire } from 'node:module';
import { ts } from 'ts-morph';
import type { Flags } from './programs.ts';
import type { Behaviour } from './run-program.ts';

// Without the checks of development, which only warn.
process.env.NODE_ENV = 'production';
const require = createRequire(import.meta.url);

/** The HTML of `App` with its flags fixed, and what was noted on the way. */
export function render(text: string, flags: Flags): Behaviour {
  const react = require('react') as { createElement(type: unknown): unknown };
  const { renderToStaticMarkup } = require('react-dom/server') as { renderToStaticMarkup(node: unknown): string };
  const log: string[] = [];
  let app: unknown;
  try {
    app = evaluate(text, {
      log: (...args: unknown[]) => log.push(args.join(' ')),
      flag: (key: string) => flags[key],
      useFlags: () => ({ ...flags }),
      Feature: featureOf(flags),
    });
  } catch {
    return undefined;
  }
  try {
    log.push(renderToStaticMarkup(react.createElement(app)));
  } catch (error) {
    log.push(`threw ${(error as Error).name}`);
  }
  return log;
}

/** An element that renders its children when its flag is on. */
function featureOf(flags: Flags) {
  return ({ name, children, fallback }: Record<string, unknown>) => (flags[name as string] ? children : fallback);
}

/** The default export of a module, its imports by `require`. */
function evaluate(text: string, names: Readonly<Record<string, unknown>>): unknown {
  const { outputText } = ts.transpileModule(text, {
    fileName: 'a.jsx',
    compilerOptions: { jsx: ts.JsxEmit.React, module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext },
  });
  const exported: Record<string, unknown> = {};
  new Function('exports', 'require', ...Object.keys(names), outputText)(exported, require, ...Object.values(names));
  return exported.default;
}
