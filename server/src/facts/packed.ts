import type { ChangeFacts } from './change-facts.ts';
import { askedOf, factsOf, type ToldOfFile } from './declarations.ts';
import { sketchOf } from './same.ts';
import { type Head, Told, type ToldParts, type Unit, unitOver } from './told.ts';

interface Packed extends ToldOfFile {
  readonly declarations: readonly PackedDeclaration[];
}

type PackedDeclaration = Head & ToldParts & { readonly spans?: Unit['spans'] };

/** What was told of a text, for the next run of the same program: JSON. What nobody asked for is not in it. */
export function packChangeFacts(facts: ChangeFacts): string | undefined {
  const sketch = sketchOf(facts);
  if (!sketch) return undefined;
  const declarations = [...sketch.told.values()].map((one): PackedDeclaration => {
    const { id, kind, name, container, range, nameRange, exported, unit, parts } = one;
    return { id, kind, name, container, range, nameRange, exported, spans: unit?.spans, ...parts };
  });
  return JSON.stringify({
    declarations,
    context: sketch.context.peek(),
    exports: sketch.exports.peek(),
    mutedChecks: sketch.mutedChecks.peek(),
  } satisfies Packed);
}

/** The same facts again, of the same path and text. What was not asked for then is told when somebody asks now. */
export function unpackChangeFacts(path: string, text: string, json: string): ChangeFacts {
  const { declarations, ...file } = JSON.parse(json) as Packed;
  const asked = askedOf(path, text, file);
  const told = declarations.map(
    ({ spans, form, body, ...head }) =>
      new Told(head, spans && unitOver(text, spans), asked, undefined, { form, body }),
  );
  return factsOf(asked, new Map(told.map((one) => [one.id, one])));
}
