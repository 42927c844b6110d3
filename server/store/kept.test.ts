import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { createStore } from '#server/store/store.ts';
import { exampleBody, exampleFacts, exampleSample, HOSTILE } from '#server/store/testing/examples.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ids: FactClaim = { kind: 'ids-name-one-code', taskQueue: null };
const factOf = (id: string, declaredAtMs: number, claim: FactClaim = ids) => ({
  id,
  declaredBy: 'cli:alice',
  declaredAtMs,
  note: 'why',
  claim,
});
const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }));

// The double that tests of other parts stand on keeps the same promises.
describe.each([
  ['SQLite', () => createStore(':memory:')],
  ['the store of tests', async () => createMemoryStore()],
])('%s', (_name, open) => {
  test('keeps facts, oldest first, per namespace', async () => {
    const store = await open();
    await store.declareFact('shop', factOf('b', 2_000));
    await store.declareFact('shop', factOf('a', 1_000));
    await store.declareFact('other', factOf('a', 3_000));
    expect(await store.listFacts('shop')).toEqual([
      { ...factOf('a', 1_000), withdrawn: null },
      { ...factOf('b', 2_000), withdrawn: null },
    ]);
    expect(await store.listFacts('none')).toEqual([]);
  });

  test('a withdrawal says who and when, and deletes nothing', async () => {
    const store = await open();
    await store.declareFact('shop', factOf('a', 1_000));
    await store.declareFact('other', factOf('a', 1_000));
    expect(await store.withdrawFact('shop', 'a', 'browser', 2_000)).toBe(true);
    expect(await store.withdrawFact('shop', 'a', 'somebody else', 3_000)).toBe(false);
    expect(await store.withdrawFact('shop', 'absent', 'browser', 2_000)).toBe(false);
    expect(await store.listFacts('shop')).toEqual([
      { ...factOf('a', 1_000), withdrawn: { by: 'browser', atMs: 2_000 } },
    ]);
    expect((await store.listFacts('other'))[0]?.withdrawn).toBeNull();
  });

  test('gives every claim back as it came', { timeout: 30_000 }, async () => {
    const store = await open();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(claims, { minLength: 1, maxLength: 10 }), name, async (all, text) => {
        const namespace = `n${number++}`;
        const facts = all.map((claim, index) => ({
          ...factOf(`${index}`, index, claim),
          note: text,
          declaredBy: text,
        }));
        for (const fact of facts) await store.declareFact(namespace, fact);
        expect(await store.listFacts(namespace)).toEqual(facts.map((fact) => ({ ...fact, withdrawn: null })));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps the newest reading of each run, in one call or in several', async () => {
    const store = await open();
    const reading = (readMs: number) => ({ runId: 'r', readMs, facts: exampleFacts({ lastEventId: readMs }) });
    await store.rememberRuns('n', [reading(5), reading(7), reading(6)]);
    expect((await store.recallRuns('n', ['r'])).get('r')).toEqual(reading(7));
    await store.rememberRuns('n', [reading(6)]);
    expect((await store.recallRuns('n', ['r'])).get('r')?.readMs).toBe(7);
    await store.rememberRuns('n', [reading(8)]);
    expect((await store.recallRuns('n', ['r', 'r', 'absent'])).get('r')).toEqual(reading(8));
    expect((await store.recallRuns('other', ['r'])).size).toBe(0);
    expect((await store.recallRuns('n', [])).size).toBe(0);
  });

  test('gives facts of runs back as they came, whatever the names', { timeout: 30_000 }, async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1 }), async (names) => {
        const runs = names.map((text, index) => ({
          runId: text,
          readMs: index,
          facts: exampleFacts({ workflowId: text, taskQueue: text, labels: [text], sdkName: null, endsByMs: null }),
        }));
        await store.rememberRuns(names.join('|'), runs);
        const recalled = await store.recallRuns(names.join('|'), names);
        expect(names.map((text) => recalled.get(text))).toEqual(runs);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps the newest answer of each key, and finds those of the last minutes', async () => {
    const store = await open();
    const answer = (key: string, atMs: number) => ({ key, askedBy: 'browser', atMs, body: exampleBody() });
    await store.saveAnswer('n', answer('k', 20));
    await store.saveAnswer('n', answer('k', 10));
    await store.saveAnswer('n', answer("'\0/", 30));
    expect(await store.findAnswer('n', 'k')).toEqual(answer('k', 20));
    expect(await store.findAnswer('n', 'absent')).toBeNull();
    expect(await store.findAnswer('other', 'k')).toBeNull();
    await store.saveAnswer('n', { ...answer('k', 20), askedBy: 'cli:bob' });
    expect((await store.findAnswer('n', 'k'))?.askedBy).toBe('cli:bob');
    expect((await store.listAnswers('n', 20)).map(({ key }) => key)).toEqual(["'\0/", 'k']);
    expect((await store.listAnswers('n', 21)).map(({ key }) => key)).toEqual(["'\0/"]);
  });

  test('replaces the sample of an hour, and lists a patch oldest first', async () => {
    const store = await open();
    const now = 100 * DAY_MS;
    const later = exampleSample({ hourMs: now, versions: { '-1': 2, '3': 1 } });
    const earlier = exampleSample({ hourMs: now - HOUR_MS });
    await store.addSamples('n', [later, earlier, exampleSample({ hourMs: now, kind: 'version' })], now);
    await store.addSamples('n', [{ ...later, live: 1 }, exampleSample({ hourMs: now, id: 'other' })], now);
    expect(await store.listSamples('n', { kind: 'core', id: 'my-patch' }, 0)).toEqual([earlier, { ...later, live: 1 }]);
    expect(await store.listSamples('n', { kind: 'core', id: 'my-patch' }, now)).toEqual([{ ...later, live: 1 }]);
    expect(await store.listSamples('other', { kind: 'core', id: 'my-patch' }, 0)).toEqual([]);
    await store.addSamples('n', [], now);
  });

  test('keeps samples of names that look like text of the store', async () => {
    const store = await open();
    const samples = HOSTILE.map((text) => exampleSample({ id: text, workflowType: text, hourMs: 1 }));
    await store.addSamples('n', samples, 1);
    for (const sample of samples) expect(await store.listSamples('n', sample, 0)).toEqual([sample]);
  });
});

const patch = fc.record({ kind: fc.constantFrom('core', 'version'), id: name });
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const identity = fc.oneof(
  fc.record({ deploymentVersion: name, taskQueue: fc.constant(null), buildId: fc.constant(null) }),
  fc.record({ deploymentVersion: fc.constant(null), taskQueue: name, buildId: name }),
);
const manifestPatch = fc.oneof(
  fc.record({
    kind: fc.constant('core' as const),
    id: name,
    workflowType: fc.option(name),
    call: fc.constantFrom('none', 'patched', 'deprecate-patch'),
  }),
  fc.record({
    kind: fc.constant('version' as const),
    id: name,
    workflowType: fc.option(name),
    version: fc.option(fc.integer({ min: -1, max: 9 })),
  }),
);
const kind = <K extends FactClaim['kind']>(value: K) => fc.constant(value);
const claims: fc.Arbitrary<FactClaim> = fc.oneof(
  fc.record({ kind: kind('ids-name-one-code'), taskQueue: fc.option(name) }),
  fc.record({ kind: kind('manifest'), identity, patches: fc.array(manifestPatch) }),
  fc.record({
    kind: kind('floor'),
    taskQueue: name,
    patch,
    workflowType: fc.option(name),
    call: fc.option(fc.constantFrom('patched', 'deprecate-patch')),
    version: fc.option(fc.integer({ min: -1, max: 9 })),
    sinceMs: time,
  }),
  fc.record({ kind: kind('callback'), use: fc.constantFrom('none', 'in-use') }),
  fc.record({ kind: kind('callback'), use: fc.constant('all-on' as const), sinceMs: time }),
  fc.record({ kind: kind('types'), patch, workflowTypes: fc.array(name, { minLength: 1 }) }),
  fc.record({ kind: kind('queues'), workflowType: name, taskQueues: fc.array(name, { minLength: 1 }) }),
  fc.record({ kind: kind('calls-together'), patch: fc.option(patch) }),
  fc.record({ kind: kind('identity-confirmed'), identity }),
  fc.record({
    kind: kind('replay-proof'),
    patch,
    question: fc.oneof(
      fc.constantFrom({ name: 'deprecate' } as const, { name: 'remove' } as const),
      fc.record({
        name: fc.constantFrom('raise-min' as const, 'drop-call' as const),
        version: fc.integer({ min: -1, max: 9 }),
      }),
    ),
    workflowId: name,
    runId: name,
    eventId: fc.integer({ min: 1, max: 50_000 }),
  }),
);
