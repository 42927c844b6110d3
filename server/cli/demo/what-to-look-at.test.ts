import { expect, test } from 'vitest';
import { whatToLookAt } from '#server/cli/demo/what-to-look-at.ts';

const url = 'http://127.0.0.1:3000';

test('names the address, the two pages and two commands that work as they stand', () => {
  const text = whatToLookAt({ url, temporalAddress: '127.0.0.1:7233' });
  expect(text).toContain('http://127.0.0.1:3000/queue?namespace=default&name=orders');
  expect(text).toContain('http://127.0.0.1:3000/patch?namespace=default&kind=core&id=my-patch');
  expect(text.split('\n')).toContain('    npm run -s patchboard -- queue orders');
});

test('commands name the server when it is not at the usual place', () => {
  const text = whatToLookAt({ url, temporalAddress: '127.0.0.1:40123' });
  expect(text.split('\n')).toContain('    TEMPORAL_ADDRESS=127.0.0.1:40123 npm run -s patchboard -- queue orders');
});
