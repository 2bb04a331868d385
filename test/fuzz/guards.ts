/** One guard of the engine, and the text that skips it. */
export interface Guard {
  /** What the guard keeps. */
  readonly keeps: string;
  /** What finds it missing; programs when left out. */
  readonly family?: 'programs' | 'components' | 'workspaces';
  /** The file under server/src/removal. */
  readonly file: string;
  /** Stands there exactly once... */
  readonly from: string;
  /** ...and is replaced by this. */
  readonly to: string;
}

/** Guards that the fuzz has to find missing (`npm run fuzz -- --mutate`). */
export const guards: readonly Guard[] = [
  {
    keeps: 'calls are no pure expressions',
    file: 'values/purity.ts',
    from: 'allows(node) && isQuiet(node.expression, allows)',
    to: 'isQuiet(node.expression, allows)',
  },
  {
    keeps: 'assignments are no pure expressions',
    file: 'values/purity.ts',
    from: 'if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return false;',
    to: '',
  },
  {
    keeps: 'a name that is assigned again holds no flag',
    file: 'values/holders.ts',
    from: 'if (references.some(isWritten))',
    to: 'if (references.some(() => false))',
  },
  {
    keeps: 'a `var` is set before it is used',
    file: 'values/holders.ts',
    from: '&& !isSetBeforeUse(root, list, references)',
    to: '&& false',
  },
  {
    keeps: 'names of a lifted block do not collide',
    file: 'writing/lift.ts',
    from: 'if (source.identifiers.some((id) => names.has(id.text) && collides(source, id, span, scope))) return false;',
    to: '',
  },
  {
    keeps: 'two lifted blocks do not bring the same name',
    file: 'writing/lift.ts',
    from: 'if ([...names].some((name) => taken.has(name))) return false;',
    to: '',
  },
  {
    keeps: 'the value of `x && flag` where it is asked for',
    file: 'values/fold.ts',
    from: 'if (matters && ',
    to: 'if (false && ',
  },
  {
    keeps: '`??` asks for null and undefined, not for what is falsy',
    file: 'values/fold.ts',
    from: ': value !== null && value !== undefined;',
    to: ': !!value;',
  },
  {
    keeps: 'what the left side of `x && false` does',
    file: 'values/fold.ts',
    from: 'result(right, isPure(node.left) ? [] : [effectOf(node.left)])',
    to: 'result(right, [])',
  },
  {
    keeps: 'what stands before a comma',
    file: 'values/fold.ts',
    from: '...(isPure(node.left) ? [] : [effectOf(node.left)]), ...right.effects',
    to: '...right.effects',
  },
  {
    keeps: 'statements apart where semicolons are left out',
    file: 'plan-file.ts',
    from: 'const apart = separateStatements(source, tight, parse);',
    to: 'const apart = separateStatements(source, tight, parse).slice(0, 0);',
  },
  {
    keeps: 'an `async` function may return the value of a promise, another one may not',
    file: 'values/fold-promise.ts',
    from: 'owner !== undefined && isAsync(owner) &&',
    to: 'owner !== undefined &&',
  },
  {
    keeps: 'a promise without `await` is no value',
    file: 'values/fold.ts',
    from: "packing: packing.kind === 'promise' ? packing.of : packing",
    to: 'packing',
  },
  {
    keeps: 'a case that runs on into the next one',
    file: 'writing/switches.ts',
    from: 'if (runsOn) return',
    to: 'if (false) return',
  },
  {
    keeps: 'a `break` in the middle of a case',
    file: 'writing/switches.ts',
    from: 'if (statements.some((one) => breaksOut(one)))',
    to: 'if (statements.some(() => false))',
  },
  {
    keeps: 'functions after a `return`: they are hoisted',
    file: 'writing/statements.ts',
    from: 'ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)',
    to: 'ts.isInterfaceDeclaration(statement)',
  },
  {
    keeps: 'a `var` that is declared in what leaves',
    file: 'writing/var-names.ts',
    from: 'return [...names];',
    to: 'return [];',
  },
  {
    keeps: '`(flag ? a.b : c)()` calls without a receiver',
    file: 'writing/expressions.ts',
    from: "if (losesReceiver(node, kept)) return ['0, ', ''];",
    to: '',
  },
  {
    keeps: 'an `else` belongs to its own `if`',
    file: 'writing/statements.ts',
    from: 'bindsElse(statement, outcome.taken)',
    to: 'false',
  },
  {
    keeps: 'what the reading of a member does besides',
    file: 'across/members.ts',
    from: 'if (!read.every(({ path, node }) => isQuietReceiver(view, path, node.expression))) return undefined;',
    to: '',
  },
  {
    keeps: 'names that a spread brings stand once',
    file: 'writing/spread.ts',
    from: '&& !around.includes(name)',
    to: '',
  },
  {
    keeps: 'white space between children of JSX',
    family: 'components',
    file: 'writing/jsx-children.ts',
    from: 'if (between) return',
    to: 'if (false) return',
  },
  {
    keeps: 'lines of JSX text apart',
    family: 'components',
    file: 'writing/jsx-literals.ts',
    from: '|| !joinsNoLines(emission, node)',
    to: '',
  },
  {
    keeps: 'every caller gives the same value',
    family: 'workspaces',
    file: 'across/given.ts',
    from: '|| !told.every(({ value }) => value === first.value)',
    to: '',
  },
  {
    keeps: 'a call that gives nothing gives the default',
    family: 'workspaces',
    file: 'across/given.ts',
    from: 'isOmitted && !isDefault(slot, first) ? undefined : ',
    to: '',
  },
  {
    keeps: 'exports that somebody else still takes',
    family: 'workspaces',
    file: 'sweeping/orphaned-modules.ts',
    from: 'if (!isUsed(module, name, now, isEntry) && ',
    to: 'if (',
  },
];
