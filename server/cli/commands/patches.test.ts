import { describe, expect, it } from 'vitest';
import { patchListSchema } from '#lib/api/patches/schemas.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { coreMarker, run, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import { registerPatches } from '#server/cli/commands/patches.ts';
import { runRegistered } from '#server/cli/testing/run-registered.ts';
import { createMemoryStore } from '#server/store/testing/memory-store.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { type AnswerSubject, answerKey } from '#server/usecases/verdict/answer-key.ts';
import { askedVerdict } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

const NOW_MS = 60_000;

async function patches(runs: CensusSnapshot['runs'], ...rest: readonly (string | AnswerSubject)[]) {
  const args = rest.filter((part) => typeof part === 'string');
  const asked = rest.filter((part) => typeof part !== 'string');
  const passes: string[] = [];
  const store = createMemoryStore();
  for (const subject of asked) {
    const verdict = askedVerdict({ atMs: NOW_MS - 1, question: subject.question.name, answer: 'blocked' });
    const stored = { key: answerKey(subject), askedBy: 'ci', atMs: NOW_MS - 1, body: JSON.stringify(verdict) };
    await store.saveAnswer('default', stored);
  }
  const result = await runRegistered(registerPatches, ['patches', ...args], () => {
    const base = testCtx(createFakeTemporal().port, { store, now: () => NOW_MS });
    let picture = emptySnapshot('default');
    const nextPass = async (namespace: string) => {
      passes.push(namespace);
      picture = {
        ...emptySnapshot(namespace),
        fromMs: 40_000,
        toMs: 50_000,
        isListComplete: true,
        runs,
        historiesRead: runs.length,
      };
      return picture;
    };
    return { ...base, census: { ...base.census, snapshot: () => picture, nextPass } };
  });
  return { ...result, passes };
}

describe('patchboard patches', () => {
  it('makes one picture and lists what open runs hold, with the answers', async () => {
    const { out, passes } = await patches([
      run('a', { markers: [coreMarker('my-patch', false)] }),
      run('b', { markers: [coreMarker('my-patch', true)] }),
      run('c', { type: 'Go', markers: [versionMarker('fee', 2)] }),
    ]);
    expect(passes).toEqual(['default']);
    expect(out).toMatch(/fee +version +introduced +raise-min 2 \? unknown, drop-call 2 \? unknown +1 +1 at version 2/);
    expect(out).toMatch(/my-patch +core +deprecating +deprecate \? unknown, remove ■ blocked +2 +1 live, 1 deprecated/);
    expect(out).toContain('Read 10 s ago: 3 open runs, 3 histories read.');
  });

  it('marks an answer that a check gathered, and tells alarms below', async () => {
    const nondeterminismFailure = { message: 'no', timeMs: 5 };
    const { out } = await patches([run('a', { markers: [coreMarker('my-patch', false)], nondeterminismFailure })]);
    expect(out).not.toContain('(asked)');
    expect(out).toContain('my-patch (core): 1 open run does not go on');
    const asked = await patches([run('a', { markers: [coreMarker('my-patch', false)] })], {
      question: { name: 'deprecate' },
      patchId: 'my-patch',
      workflowType: null,
      policy: 'open',
      targetBuild: null,
    });
    expect(asked.out).toMatch(/deprecate ■ blocked \(asked\), remove ■ blocked +1/);
  });

  it('prints the list of the API as JSON', async () => {
    const { out } = await patches([run('a', { markers: [coreMarker('p', false)] })], '--json', '--namespace', 'shop');
    expect(patchListSchema.parse(JSON.parse(out)).items.map((patch) => patch.id)).toEqual(['p']);
  });

  it('says so when there is none', async () => {
    expect((await patches([])).out).toContain('No patch in open runs, and none was seen before.');
  });

  it('lists more patches than fit on a page', async () => {
    const markers = Array.from({ length: 1_001 }, (_, index) => coreMarker(`p${index}`, true));
    const { out } = await patches([run('a', { markers })], '--json');
    expect(patchListSchema.parse(JSON.parse(out)).items).toHaveLength(1_001);
  });

  it('escapes what a patch is called', async () => {
    const { out } = await patches([run('a', { markers: [coreMarker('p\u001B[2J\u202E', false)] })]);
    expect(out).toContain('p\\u{1b}[2J\\u{202e}');
  });
});
