import { describe, expect, it } from 'vitest';
import { task, TYPESCRIPT_HASHED } from '#lib/domain/verdict/testing/runs.ts';
import { buildIdOf, isTrusted } from '#lib/domain/verdict/trust.ts';

const nothingDeclared = { areBuildIdsDeclared: false };

describe('isTrusted', () => {
  it.each([
    ['TypeScript bundle hash', task({ buildId: TYPESCRIPT_HASHED, sdkName: 'temporal-typescript' }), true],
    ['TypeScript bundle hash as a deployment build', task({ deploymentVersion: `shop:${TYPESCRIPT_HASHED}` }), true],
    ['TypeScript without a bundle', task({ buildId: '@temporalio/worker@1.24.0' }), false],
    ['a hash cut short', task({ buildId: TYPESCRIPT_HASHED.slice(0, -1) }), false],
    ['Go binary checksum (MD5)', task({ buildId: 'c0'.repeat(16), sdkName: 'temporal-go' }), true],
    ['Go binary checksum (SHA-256)', task({ buildId: 'c0'.repeat(32), sdkName: 'temporal-go' }), true],
    ["Python's default, which looks like Go's", task({ buildId: 'c0'.repeat(16) }), false],
    ['a name chosen by hand', task({ buildId: 'v1' }), false],
    [
      'a deployment build chosen by hand over a hashed stamp',
      task({ buildId: TYPESCRIPT_HASHED, deploymentVersion: 'shop:v1' }),
      false,
    ],
    ['an empty id', task({ buildId: '' }), false],
    ['no id', task({ buildId: null }), false],
  ])('%s', (_name, identity, expected) => {
    expect(isTrusted(identity, nothingDeclared)).toBe(expected);
  });

  it('takes the word of a declaration', () => {
    expect(isTrusted(task({ buildId: 'v1' }), { areBuildIdsDeclared: true })).toBe(true);
  });
});

describe('buildIdOf', () => {
  it('reads a deployment version up to its first colon', () => {
    expect(buildIdOf(task({ deploymentVersion: 'shop:git:abc' }))).toBe('git:abc');
  });
});
