import assert from 'node:assert/strict';
import { changedText } from '../../server/src/core/source-change.ts';
import { createSession } from '../../server/src/session/session.ts';
import { memoryHost } from '../harness/memory-host.ts';

/** The file after *Restore* on the finding of a rule. */
async function restored(rule: string, path: string, base: string, now: string): Promise<string> {
  const session = createSession({ host: memoryHost(new Map([[path, now]]), new Map([[path, base]])) });
  const { findings } = await session.analyse();
  const finding = findings.find((one) => one.rule === rule);
  assert.ok(finding, `no ${rule} among ${findings.map((one) => one.rule)}`);
  const fix = finding.fixes.find(({ id }) => id === 'restore');
  assert.ok(fix, `${rule} offers no restore`);
  const { files } = await session.fix(fix);
  return changedText(files[0]!) ?? '';
}

const workflow = `name: CI
on: [push]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # What holds the release
      - name: Lint
        run: npm run lint
      - run: npm test
      - name: Types
        run: |
          npm run build
          npx tsc --noEmit
`;
const ci = '.github/workflows/ci.yml';

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: shop:1.2.0
          livenessProbe:
            httpGet: { path: /health, port: 80 }
          resources:
            limits:
              memory: 1Gi
        - name: log
          image: log:2.0.0
          livenessProbe:
            httpGet: { path: /health, port: 80 }
`;
const k8s = 'deploy/shop.yaml';

describe('restore what stood in a data file', () => {
  it('brings a step back, and keeps what else changed', async () => {
    const now = workflow.replace(/ {6}# What[\s\S]*?lint\n/, '').replace('ubuntu-latest', 'ubuntu-24.04');
    const text = await restored('risk/ci-gate-weakened', ci, workflow, now);
    assert.equal(
      text,
      workflow.replace('ubuntu-latest', 'ubuntu-24.04').replace('      # What holds the release\n', ''),
    );
  });

  it('takes out what lets a step fail', async () => {
    const now = workflow.replace('- run: npm test\n', '- run: npm test\n        continue-on-error: true\n');
    assert.equal(await restored('risk/ci-gate-weakened', ci, workflow, now), workflow);
  });

  it('brings a command back that could fail, in a line and in a script', async () => {
    for (const command of ['npm test', 'npx tsc --noEmit']) {
      const now = workflow.replace(command, `${command} || true`).replace('npm run build', 'npm run build:all');
      const text = await restored('risk/ci-gate-weakened', ci, workflow, now);
      assert.equal(text, workflow.replace('npm run build', 'npm run build:all'));
    }
  });

  it('brings probes, limits and replicas back, each where it stood', async () => {
    const now = manifest
      .replace('replicas: 3', 'replicas: 1')
      .replace(/ {10}livenessProbe:\n.*\n {10}resources:\n.*\n.*\n/, '')
      .replace('shop:1.2.0', 'shop:1.3.0');
    const text = await restored('risk/manifest-safety', k8s, manifest, now);
    assert.equal(text, manifest.replace('shop:1.2.0', 'shop:1.3.0'));
  });

  it('takes out what came, with what holds nothing else', async () => {
    const now = manifest.replace(
      'image: log:2.0.0\n',
      'image: log:2.0.0\n          securityContext:\n            privileged: true\n',
    );
    assert.equal(await restored('risk/manifest-safety', k8s, manifest, now), manifest);
  });

  it('brings a threshold and a script back, with the comma above', async () => {
    const base = `{
  "name": "shop",
  "scripts": {
    "build": "tsc",
    "test": "vitest"
  },
  "jest": { "coverageThreshold": { "global": {
    "lines": 90
  } } }
}
`;
    const lower = base.replace('90', '60').replace('"tsc"', '"tsc -b"');
    const path = 'package.json';
    assert.equal(await restored('tests/threshold-lowered', path, base, lower), base.replace('"tsc"', '"tsc -b"'));
    const gone = base.replace(',\n    "test": "vitest"', '');
    assert.equal(await restored('risk/ci-gate-weakened', path, base, gone), base);
  });

  it('refuses where the lines around it were written anew', async () => {
    const now = manifest.replace(/ {8}- name: web\n[\s\S]*?1Gi\n/, '        - { name: web, image: "shop:1.3.0" }\n');
    await assert.rejects(restored('risk/manifest-safety', k8s, manifest, now), /changed too much/);
  });

  it('brings the values of a chart back, and keeps what was set beside them', async () => {
    const base = `web:
  resources:
    limits:
      cpu: 1
      memory: 1Gi
  livenessProbe:
    httpGet: { path: /health, port: 80 }
`;
    const now = base.replace('      memory: 1Gi\n', '').replace('cpu: 1', 'cpu: 2');
    const text = await restored('risk/manifest-safety', 'chart/values.yaml', base, now);
    assert.equal(text, base.replace('cpu: 1', 'cpu: 2'));
  });
});
