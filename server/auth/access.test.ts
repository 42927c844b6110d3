import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorise, type RequestFacts } from '#server/auth/access.ts';

const config = { host: '127.0.0.1', allowedHosts: ['board.example'], readOnlyReason: null };
const own: RequestFacts = {
  host: 'localhost:3000',
  origin: 'http://localhost:3000',
  secFetchSite: 'same-origin',
  contentType: 'application/json',
};

describe('authorise', () => {
  it.each(['ask', 'mutate'] as const)('lets the own page and a program that is no browser %s', (access) => {
    authorise(access, own, config);
    authorise(access, { ...own, origin: null, secFetchSite: null }, config);
    authorise(access, { ...own, host: 'board.example', origin: 'https://board.example' }, config);
  });

  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '', 'localhost@evil', '127.0.0.1.nip.io'])(
    'refuses the host %j for reads and questions as well',
    (host) => {
      for (const access of ['read', 'ask', 'mutate'] as const) {
        expect(() => authorise(access, { ...own, host }, config)).toThrow(
          expect.objectContaining({ code: 'forbidden' }),
        );
      }
    },
  );

  it('answers probes under any host', () => {
    authorise('probe', { host: 'pod-7', origin: null, secFetchSite: null, contentType: null }, config);
  });

  it.each(['ask', 'mutate'] as const)('accepts nothing of the cross-site matrix: %s', (access) => {
    const foreign = fc.record({
      host: fc.constantFrom('localhost:3000', 'board.example', '127.0.0.1:3000'),
      origin: fc.constantFrom(
        null,
        'null',
        'https://evil.example',
        'http://localhost:3001',
        'file://',
        'http://localhost:3000.evil.example',
      ),
      secFetchSite: fc.constantFrom(null, 'cross-site', 'same-site', 'none', 'same-origin'),
      contentType: fc.constantFrom(
        null,
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json',
      ),
    });
    fc.assert(
      fc.property(foreign, (facts) => {
        const isOwnOrNoBrowser =
          facts.origin === null && (facts.secFetchSite === null || facts.secFetchSite === 'same-origin');
        fc.pre(!(isOwnOrNoBrowser && facts.contentType === 'application/json'));
        expect(() => authorise(access, facts, config)).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('says why when it is read-only', () => {
    const readOnly = { ...config, readOnlyReason: 'PATCHBOARD_READ_ONLY is set.' };
    authorise('read', own, readOnly);
    authorise('ask', own, readOnly);
    expect(() => authorise('mutate', own, readOnly)).toThrow(expect.objectContaining({ code: 'read-only' }));
  });
});
