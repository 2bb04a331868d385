import assert from 'node:assert/strict';
import { createSession, type Session } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const path = 'src/a.ts';
const reading = `import { OpenFeature } from '@openfeature/server-sdk';
export const on = () => OpenFeature.getClient().getBooleanValue('new-cart', false);
`;
const other = 'export const on = () => true;\n';

/** A session, and what happens while it next looks into other files or lists the folder. */
function sessionThatMeets(port: 'mentionedInOtherFiles' | 'list') {
  const host = memoryHost(
    new Map([
      [path, reading],
      ['flags.flagd.json', flagd('new-cart', 'unread')],
    ]),
  );
  const ports = port === 'mentionedInOtherFiles' ? host.git : host.files;
  const ask = (ports as unknown as Record<string, (...all: unknown[]) => Promise<unknown>>)[port]!;
  let during: (() => void) | undefined;
  Object.assign(ports, {
    [port]: async (...all: unknown[]) => {
      const answer = await ask.apply(ports, all);
      during?.();
      during = undefined;
      return answer;
    },
  });
  return {
    host,
    session: createSession({ host }),
    meanwhile: (what: () => void) => {
      during = what;
    },
  };
}

function flagd(...keys: string[]): string {
  const one = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };
  return JSON.stringify({ flags: Object.fromEntries(keys.map((key) => [key, one])) });
}

async function reads(session: Session): Promise<number> {
  return (await session.analyse()).world.inventory.flags.get('new-cart')!.reads.length;
}

describe('what happens while an analysis runs', () => {
  it('is seen by the next one: an edit', async () => {
    const { session, meanwhile } = sessionThatMeets('mentionedInOtherFiles');
    session.apply({ kind: 'edited', path, text: other, version: 1 });
    meanwhile(() => session.apply({ kind: 'edited', path, text: reading, version: 2 }));
    assert.equal(await reads(session), 0);
    assert.equal(await reads(session), 1);
  });

  it('is seen by the next one: a file that comes while the folder is listed', async () => {
    const { host, session, meanwhile } = sessionThatMeets('list');
    meanwhile(() => {
      host.write('src/b.ts', reading);
      session.apply({ kind: 'disk', paths: ['src/b.ts'] });
    });
    assert.equal(await reads(session).then(() => reads(session)), 2);
  });
});
