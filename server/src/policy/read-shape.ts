import { z } from 'zod';

/** What a home-made shape is told by: an entry of `flags.reads` names exactly one of these. */
export const shapeHeads = [
  'call',
  'hook',
  'property',
  'collection',
  'equality',
  'component',
  'decorator',
  'selector',
  'module',
  'env',
  'define',
] as const;

export type ShapeHead = (typeof shapeHeads)[number];

/** Which settings go with which heads. */
const goesWith: Readonly<Record<string, readonly ShapeHead[]>> = {
  from: ['call', 'hook', 'property', 'collection', 'equality', 'component', 'decorator', 'selector'],
  key: ['call', 'decorator', 'selector'],
  keyField: ['call', 'decorator'],
  keys: ['call', 'component'],
  default: ['call'],
  async: ['call', 'hook', 'module'],
  inverted: ['call'],
  result: ['call', 'hook', 'property'],
  record: ['hook'],
  spelling: ['hook', 'property'],
  members: ['property', 'module'],
  prop: ['component'],
  on: ['component'],
  off: ['component'],
  defaultProp: ['component'],
  parsers: ['env'],
};

const place = /^(?:\*\.)?[\w$#]+(?:\(\))?(?:\.[\w$#]+(?:\(\))?)*$/;
const notPlace =
  'write the place as code does, with dots between names: "config.features", or "*.features" for any owner';
const glob = /^[\w$*]*[\w$]{3}[\w$*]*$/;
const notGlob = 'write a name, or a part of at least three letters with * for the rest: "FEATURE_*"';

/** One home-made way to read a flag. The examples in the descriptions are all that a reader of the file gets to see. */
export const readShape = z
  .strictObject({
    call: z
      .string()
      .optional()
      .describe(
        'A function or method that reads a flag, by its name (`isFeatureEnabled`) or with its receiver (`flags.isEnabled`, `this.flags.isEnabled`).',
      ),
    hook: z
      .string()
      .optional()
      .describe('A function or hook that returns a record of flags: `useFeatures().newCheckout`, destructured or not.'),
    property: z
      .string()
      .regex(place, notPlace)
      .optional()
      .describe(
        'A place whose members are flags: `config.featureToggles` for `config.featureToggles.newCheckout`. Owners may stand before it (`this.config.featureToggles`); `*.features` means any owner.',
      ),
    collection: z
      .string()
      .regex(place, notPlace)
      .optional()
      .describe('A list or set of keys: `user.features` for `user.features.includes("new-checkout")` and `.has(...)`.'),
    equality: z
      .string()
      .regex(place, notPlace)
      .optional()
      .describe('A place that is compared with a key: `user.group` for `user.group === "beta-search"`.'),
    component: z
      .string()
      .optional()
      .describe('A component that shows its children when the flag is on: `<Feature name="new-checkout">`.'),
    decorator: z
      .string()
      .optional()
      .describe(
        'A decorator that lets what it stands at run only when the flag is on: `@RequireFeature("new-checkout")`.',
      ),
    selector: z
      .string()
      .optional()
      .describe(
        'A function of a store\'s state that yields a flag, by name or glob: `select*Enabled` for `useSelector(selectNewCheckoutEnabled)`, whose name is the key. With `key`, a function that makes one: `useSelector(selectFlag("new-checkout"))`.',
      ),
    module: z
      .string()
      .optional()
      .describe(
        'A module whose exported functions are the flags: `src/features` for `import { newCheckout } from "./features"; newCheckout()`. A path counts from the workspace folder. The name of the function is the key.',
      ),
    env: z
      .string()
      .regex(glob, notGlob)
      .optional()
      .describe(
        'Environment variables, by name or glob: `FEATURE_*` for `process.env.FEATURE_X` and `import.meta.env.FEATURE_X`.',
      ),
    define: z
      .string()
      .regex(glob, notGlob)
      .optional()
      .describe('Names that the build puts in, by name or glob: `__FEATURE_*`.'),
    from: z
      .string()
      .optional()
      .describe(
        'Only when the name is imported from, or its receiver derives from, this module. A relative path counts from the workspace folder.',
      ),
    key: z
      .int()
      .min(0)
      .optional()
      .describe('Index of the argument that is the key, counted from 0 (the default for `call` and `decorator`).'),
    keyField: z
      .string()
      .optional()
      .describe('The field of that argument that is the key: `name` for `isEnabled({ name: "new-checkout" })`.'),
    keys: z
      .enum(['array', 'properties'])
      .optional()
      .describe(
        'Several keys at once: that argument (or prop) is an array of keys, or an object whose property names are the keys.',
      ),
    default: z.int().min(0).optional().describe('Index of the argument that is the default value (for `call`).'),
    async: z.boolean().default(false).describe('The call returns a promise of the value.'),
    inverted: z
      .boolean()
      .default(false)
      .describe('The call is true when the flag is off: `isDisabled("new-checkout")`.'),
    result: z
      .string()
      .optional()
      .describe(
        'The field that holds the value, where the call or the member is an object (`enabled`, `value`; `()` calls it). Without it the call or the member is the value itself.',
      ),
    record: z
      .string()
      .regex(place, notPlace)
      .optional()
      .describe('Where in the result of a `hook` the record stands: `features` for `useApp().features.newCheckout`.'),
    spelling: z
      .enum(['as-is', 'camelCase'])
      .default('as-is')
      .describe('How the record of a `hook`, or the members of a `property`, spell the keys.'),
    members: z
      .string()
      .regex(/^[\w$*.-]+$/, 'write a name, with * for any part of it')
      .optional()
      .describe(
        'Only members (of a `property`) or functions (of a `module`) with this name; `*` stands for any part: `enable*`.',
      ),
    prop: z.string().optional().describe('The prop of a `component` that is the key. Default: `name`.'),
    on: z
      .string()
      .optional()
      .describe('The prop of a `component` that is shown when the flag is on. Default: its children.'),
    off: z.string().optional().describe('The prop of a `component` that is shown when the flag is off.'),
    defaultProp: z.string().optional().describe('The prop of a `component` that is the default value.'),
    parsers: z
      .array(z.string())
      .default([])
      .describe(
        'Functions that make true or false of the text of a variable: `parseBoolean` for `parseBoolean(process.env.FEATURE_X)`.',
      ),
  })
  .superRefine((shape, context) => {
    const heads = shapeHeads.filter((head) => shape[head] !== undefined);
    const [head] = heads;
    if (heads.length !== 1 || head === undefined) {
      const message = heads.length === 0 ? `name one of ${listed(shapeHeads)}` : `name only one of ${listed(heads)}`;
      context.addIssue({ code: 'custom', message });
      return;
    }
    for (const [setting, belongs] of Object.entries(goesWith)) {
      const value = shape[setting as keyof typeof shape];
      // What has a default is there without being written.
      const isSet =
        value !== undefined && value !== false && value !== 'as-is' && !(Array.isArray(value) && value.length === 0);
      if (isSet && !belongs.includes(head))
        context.addIssue({
          code: 'custom',
          path: [setting],
          message: `it goes with ${listed(belongs)}, not with "${head}"`,
        });
    }
    if (head === 'selector' && shape.key !== undefined && shape.selector?.includes('*'))
      context.addIssue({
        code: 'custom',
        path: ['key'],
        message: 'with "key" the selector is one function, without *',
      });
  });

export type ReadShape = z.output<typeof readShape>;

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
