import assert from 'node:assert/strict';
import { directiveSites } from '../../server/src/facts/templates.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

const names = new Set(['booleanFeatureFlag', 'numberFeatureFlag', 'objectFeatureFlag', 'stringFeatureFlag']);

/** Each directive as it stands, its name and its inputs as written. */
function sites(template: string): string[] {
  const file = `// é\n${template}`;
  return directiveSites(template, file.length - template.length, names).map((site) => {
    const cut = ({ start, end }: { start: number; end: number }) => file.slice(start, end);
    const props = Object.entries(site.props!).map(([name, { range, value }]) => `${name}=${cut(range)}:${value.kind}`);
    assert.equal(cut(site.nameRange), site.name);
    return `${cut(site.range)} ${props.join(' ')}`;
  });
}

describe('directives of Angular templates', () => {
  it('are read as stars, with their inputs', () => {
    assert.deepEqual(
      sites(`<p>{{ a < b }}</p><div *booleanFeatureFlag="'a'; default: false; else: off" class="x"></div>
<section *numberFeatureFlag="
   'b' ; value: 20; default: 0; let v"></section>
<x *objectFeatureFlag='"c"; default: { a: "x;y" }; let payload;' />`),
      [
        `*booleanFeatureFlag="'a'; default: false; else: off" booleanFeatureFlag='a':string default=false:boolean else=off:dynamic`,
        `*numberFeatureFlag="
   'b' ; value: 20; default: 0; let v" numberFeatureFlag='b':string value=20:number default=0:number`,
        `*objectFeatureFlag='"c"; default: { a: "x;y" }; let payload;' objectFeatureFlag="c":string default={ a: "x;y" }:dynamic`,
      ],
    );
  });

  it('are read spelled out, and as plain attributes', () => {
    assert.deepEqual(
      sites(`<ng-template [booleanFeatureFlag]="'a'" [booleanFeatureFlagDefault]="true" [booleanFeatureFlagElse]="off"></ng-template>
<ng-template stringFeatureFlag="b"></ng-template>`),
      [
        `[booleanFeatureFlag]="'a'" booleanFeatureFlag='a':string default=true:boolean else=off:dynamic`,
        'stringFeatureFlag="b" stringFeatureFlag=b:string',
      ],
    );
  });

  it('are not read in text, comments and other attributes', () => {
    assert.deepEqual(
      sites(`<!-- <p *booleanFeatureFlag="'a'"></p> --><p title="*booleanFeatureFlag='a'">booleanFeatureFlag</p>
<p *booleanFeatureFlag></p><p *ngIf="booleanFeatureFlag"></p><p (booleanFeatureFlag)="f()"></p>`),
      [],
    );
  });

  const files = {
    'src/app.component.html': `<section *booleanFeatureFlag="'new-cart'; default: false; else: old">
  <p *stringFeatureFlag="theme; default: 'light'"></p>
  <b *stgCheckGate="'a-gate'"></b>
</section>
`,
    'src/app.component.ts': `import { Component } from '@angular/core';
@Component({ selector: 'app-a', templateUrl: './app.component.html' })
export class A {}
@Component({ selector: 'app-b', template: \`<p *booleanFeatureFlag="'inline'; default: true">é</p>\` })
export class B { template = "<p *booleanFeatureFlag=\\"'none'\\"></p>" }
`,
    'src/plain.html': '<p>new-cart</p>',
  };
  const analysed = () => createSession({ host: memoryHost(new Map(Object.entries(files))) });

  it('are reads of flags, in files of their own and in components', async () => {
    const { inventory } = await analysed().analyse();
    const found = [...inventory.flags.values()].flatMap(({ key, reads }) =>
      reads.map(({ path, keyRange, reader, type, result, default: fallback }) => {
        const written = files[path as keyof typeof files].slice(keyRange.start, keyRange.end);
        return [path, key, written, reader, type, result.kind, fallback?.value.kind].join(' ');
      }),
    );
    assert.deepEqual(found.sort(), [
      "src/app.component.html a-gate 'a-gate' Statsig stgCheckGate boolean other ",
      "src/app.component.html new-cart 'new-cart' OpenFeature booleanFeatureFlag boolean other boolean",
      "src/app.component.ts inline 'inline' OpenFeature booleanFeatureFlag boolean other boolean",
    ]);
    assert.deepEqual(
      inventory.dynamicReads.map(({ path, reader }) => `${path} ${reader}`),
      ['src/app.component.html OpenFeature stringFeatureFlag'],
    );
  });

  it('are left by a removal, which says so', async () => {
    const session = analysed();
    for (const key of ['new-cart', 'inline']) {
      const { files: changed, refused } = await session.removeFlags([{ key, keep: true }]);
      assert.deepEqual(changed, []);
      assert.deepEqual(
        refused.map(({ reason }) => reason),
        ['An Angular template shows a part by it; fold it by hand.'],
      );
    }
  });
});
