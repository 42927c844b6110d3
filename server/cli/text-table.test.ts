import { expect, it } from 'vitest';
import { textTable } from '#server/cli/text-table.ts';

it('lines columns up and escapes what comes from Temporal', () => {
  const table = textTable<{ name: string; runs: number }>(
    [
      { title: 'QUEUE', value: (row) => row.name },
      { title: 'OPEN RUNS', value: (row) => String(row.runs), align: 'right' },
    ],
    [
      { name: 'orders', runs: 12 },
      { name: 'a\nb', runs: 3 },
    ],
  );
  expect(table).toBe('QUEUE   OPEN RUNS\norders         12\na\\nb            3\n');
});
