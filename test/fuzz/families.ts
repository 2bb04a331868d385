import { componentsOf } from './components.ts';
import type { Family } from './family.ts';
import { judge } from './judge.ts';
import { workspaces } from './judge-workspace.ts';
import { type Program, programOf } from './programs.ts';
import { render } from './render.ts';
import { runProgram } from './run-program.ts';
import { shrink } from './shrink.ts';

/** Code of one file, judged by what running it does. */
function singleFile(name: string, path: string, draw: (seed: number) => Program, behaviour: typeof runProgram): Family {
  const family: Family<Program> = {
    name,
    draw,
    judge: (made) => judge(path, made, behaviour),
    shrink: async (made, fails) => {
      const text = await shrink(path, made.text, (smaller) => fails({ ...made, text: smaller }));
      return { ...made, text };
    },
    print: ({ text, flags, removed }) => `// flags ${JSON.stringify(flags)}, removed: ${removed.join(', ')}\n${text}`,
  };
  return family as Family;
}

export const families: readonly Family[] = [
  singleFile('programs', 'src/a.js', programOf, runProgram),
  singleFile('components', 'src/a.jsx', componentsOf, render),
  workspaces as Family,
];
