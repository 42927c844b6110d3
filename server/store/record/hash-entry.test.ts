import { expect, test } from 'vitest';
import { entryHash, FIRST_PREVIOUS } from '#server/store/record/hash-entry.ts';

const row = {
  number: 7,
  at_ms: 1_767_225_600_123,
  kind: 'outcome',
  namespace: 'orders\n',
  task_queue: 'a/b "q" 🧵',
  change_id: 'c-1',
  idempotency_key: null,
  body: '{"outcome":"verified"}\u2028',
  previous: FIRST_PREVIOUS,
};

// Counted with another program: records that are kept must give the same for ever.
test('the hash of an entry never changes', () => {
  expect(entryHash(row)).toBe('f09b495f281aade6c6a0efba0c45444773f53f1677bc9e25590ead133d3ab5e3');
  expect(entryHash({ ...row, idempotency_key: 'key' })).toBe(
    'dfd17ad630557d40eac65f1ae0c10182cc77d6c9d6185d9a417452f3680ddfc0',
  );
});
