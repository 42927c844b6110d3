import { expect, test } from 'vitest';
import { urlOf } from '#server/cli/serve/served-app.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['fe80::1', 'http://[fe80::1]:3000'],
  ['board.example', 'http://board.example:3000'],
])('%s is opened as %s', (host, url) => {
  expect(urlOf(host, 3000)).toBe(url);
});
