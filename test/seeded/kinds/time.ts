import { ts } from 'ts-morph';
import { isNumber, removeElement, replace, textOf } from '../code.ts';
import { firing, type Kind, type Site, site } from '../kind.ts';
import type { Source } from '../source.ts';

const timeout = /timeout|deadline|(?:^|_)ttl(?:_|$)|Ttl(?![a-z])|^ttl(?![a-z])/i;
/** Calls that tell of a value, and do not go by it. */
const tells = /log|trace|field|telemetry|event|report|metric|measure/i;
const retries =
  /^(?:max)?_?(?:retries|attempts|retry(?:count|limit|attempts)?)$|(?:max|num)_?(?:retries|retry|attempts)|retries$|retrydelay|backoff/i;

/** Numbers under a name: properties, constants, and defaults of parameters and of what is taken out of options. */
function* numbersNamed(source: Source, name: RegExp, change: (text: string) => string): Iterable<Site> {
  const all = [
    ...source.all(ts.isPropertyAssignment),
    ...source.all(ts.isVariableDeclaration),
    ...source.all(ts.isBindingElement),
    ...source.all(ts.isParameter),
    ...source.all(ts.isPropertyDeclaration),
  ];
  for (const one of all) {
    const value = one.initializer;
    if (!value || !isNumber(value) || !name.test(one.name.getText())) continue;
    if (/^0$/.test(value.getText())) continue;
    yield site(value.getStart(), replace(source, value, change(textOf(source, value))));
  }
}

export const time: readonly Kind[] = [
  firing('change-timeout', ['risk/timeout-changed', 'risk/default-flipped'], (source) =>
    numbersNamed(source, timeout, (text) =>
      /^[\d_]+$/.test(text) ? String(Number(text.replaceAll('_', '')) * 10) : `${text} * 10`,
    ),
  ),

  firing('drop-timeout', ['risk/timeout-changed'], function* (source) {
    for (const one of source.all(ts.isPropertyAssignment)) {
      const object = one.parent;
      if (!timeout.test(one.name.getText()) || !(isNumber(one.initializer) || ts.isIdentifier(one.initializer)))
        continue;
      const call = object.parent;
      if (!(ts.isCallExpression(call) || ts.isNewExpression(call)) || tells.test(call.expression.getText())) continue;
      yield site(one.getStart(), removeElement(source, object.properties, one));
    }
  }),

  firing('change-retries', ['risk/retry-changed', 'risk/default-flipped'], (source) =>
    numbersNamed(source, retries, (text) => (text === '1' ? '10' : '1')),
  ),

  firing('drop-retries', ['risk/retry-changed'], function* (source) {
    for (const one of source.all(ts.isPropertyAssignment)) {
      const object = one.parent;
      if (!retries.test(one.name.getText()) || !isNumber(one.initializer)) continue;
      const call = object.parent;
      if (!(ts.isCallExpression(call) || ts.isNewExpression(call)) || tells.test(call.expression.getText())) continue;
      yield site(one.getStart(), removeElement(source, object.properties, one));
    }
  }),

  firing('change-concurrency', ['risk/concurrency-changed', 'risk/default-flipped'], function* (source) {
    yield* numbersNamed(source, /^(?:concurrency|batchSize|maxSockets|poolSize|maxConcurrency)$/, (text) =>
      String(Number(text.replaceAll('_', '')) * 10),
    );
    for (const one of source.all(ts.isCallExpression))
      if (/^p?limit$/i.test(one.expression.getText()) && one.arguments[0] && isNumber(one.arguments[0]))
        yield site(one.getStart(), replace(source, one.arguments[0], '50'));
  }),
];
