import { describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { createPollerWatch } from '#server/usecases/verdict-jobs/poller-watch.ts';

const poller = (identity: string, taskKind: Poller['taskKind'] = 'workflow'): Poller => ({
  identity,
  taskKind,
  lastPollMs: 1,
  buildId: 'v1',
  useVersioning: false,
  deploymentVersion: null,
});

function setUp(listPollers: () => Promise<readonly Poller[]>) {
  const time = { ms: 0 };
  const asked: string[] = [];
  const watch = createPollerWatch({ now: () => time.ms });
  const temporal = {
    listPollers: ({ namespace, taskQueue }: { namespace: string; taskQueue: string }) => {
      asked.push(`${namespace} ${taskQueue}`);
      return listPollers();
    },
  };
  return { time, asked, read: (taskQueue: string, namespace = 'shop') => watch(temporal, { namespace, taskQueue }) };
}

describe('createPollerWatch', () => {
  it('reads a queue once in ten seconds for all who ask', async () => {
    const { time, asked, read } = setUp(async () => [poller('w'), poller('a', 'activity')]);
    const [first] = await Promise.all([read('q'), read('q'), read('r'), read('q', 'elsewhere')]);
    expect(first).toEqual([poller('w')]);
    expect(asked).toEqual(['shop q', 'shop r', 'elsewhere q']);
    time.ms = 9_999;
    await read('q');
    expect(asked).toHaveLength(3);
    time.ms = 10_000;
    await read('q');
    expect(asked).toHaveLength(4);
  });

  it('keeps a failure as long, and takes it for no answer', async () => {
    const { time, asked, read } = setUp(() => Promise.reject(new Error('unreachable')));
    expect(await read('q')).toBeNull();
    expect(await read('q')).toBeNull();
    expect(asked).toHaveLength(1);
    time.ms = 10_000;
    expect(await read('q')).toBeNull();
    expect(asked).toHaveLength(2);
  });
});
