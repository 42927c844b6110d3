import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitLink, runLink, taskQueueLink } from '#lib/format/link-pattern.ts';

const UI = 'https://ui.example/namespaces/{namespace}/workflows/{workflowId}/{runId}';

describe('link patterns', () => {
  it('encodes what it puts in', () => {
    expect(commitLink('https://git.example/commit/{buildId}', 'a/b?#%')).toBe(
      'https://git.example/commit/a%2Fb%3F%23%25',
    );
    expect(runLink(UI, { namespace: 'a/b', workflowId: 'o 1', runId: 'r' })).toBe(
      'https://ui.example/namespaces/a%2Fb/workflows/o%201/r',
    );
  });

  it('finds the queue beside the runs', () => {
    expect(taskQueueLink(UI, { namespace: 'default', taskQueue: 'orders' })).toBe(
      'https://ui.example/namespaces/default/task-queues/orders',
    );
    expect(taskQueueLink('https://ui.example/{runId}', { namespace: 'default', taskQueue: 'orders' })).toBeNull();
    expect(taskQueueLink(null, { namespace: 'default', taskQueue: 'orders' })).toBeNull();
  });

  it.each(['javascript:alert({buildId})', 'data:text/html,{buildId}', '{buildId}', '/commit/{buildId}', ''])(
    'gives no link for %j',
    (pattern) => {
      expect(commitLink(pattern, 'https://evil.example')).toBeNull();
    },
  );

  it('gives no link when a value is missing', () => {
    expect(commitLink('https://git.example/{repository}/{buildId}', 'x')).toBeNull();
  });

  it('stays on the configured host whatever the build ID is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (buildId) => {
        const link = commitLink('https://git.example/commit/{buildId}', buildId);
        expect(new URL(link ?? 'about:blank').host).toBe('git.example');
      }),
    );
  });
});
