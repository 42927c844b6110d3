import { describe, expect, it } from 'vitest';
import {
  buildIdOf,
  hashesCode,
  identityKey,
  identityOfTask,
  identityOfWorker,
  isSameIdentity,
} from '#lib/domain/verdict/identity.ts';
import { worker } from '#lib/domain/verdict/testing/evidence.ts';
import { build, deployment } from '#lib/domain/verdict/testing/facts.ts';
import { task, TYPESCRIPT_HASHED } from '#lib/domain/verdict/testing/runs.ts';

describe('an identity', () => {
  it('is queue and build ID together: one ID on two queues may be two codes', () => {
    expect(identityOfTask(task({ buildId: 'v1', taskQueue: 'a' }))).toEqual(build('v1', 'a'));
    expect(identityOfWorker(worker('v1', { taskQueue: 'b' }))).toEqual(build('v1', 'b'));
    expect(identityKey(build('v1', 'a'))).not.toBe(identityKey(build('v1', 'b')));
    expect(identityKey(build('v1', 'a'))).not.toBe(identityKey(build('v2', 'a')));
  });

  it('is told apart by queue though one stamp is shared, and is the same each time', () => {
    const one = task({ buildId: 'v1', taskQueue: 'a' });
    const other = { ...one, taskQueue: 'b' };
    expect([one, other, one, other].map(identityOfTask)).toEqual(['a', 'b', 'a', 'b'].map((name) => build('v1', name)));
  });

  it('is the deployment version where there is one, whatever the queue', () => {
    const one = identityOfTask(task({ deploymentVersion: 'd:v1', taskQueue: 'a' }));
    const two = identityOfWorker(worker('v1', { deploymentVersion: 'd:v1', taskQueue: 'b' }));
    expect(one).toEqual(deployment('d:v1'));
    expect(two).toEqual(one);
    expect(identityKey(deployment('d:v1'))).not.toBe(identityKey(deployment('d:v2')));
  });

  it('does not arise from nothing', () => {
    expect(identityOfTask(task({ buildId: null }))).toBeNull();
    expect(identityOfTask(task({ buildId: '' }))).toBeNull();
    expect(identityOfWorker(worker(null))).toBeNull();
    expect(identityOfTask(task({ buildId: null, deploymentVersion: '' }))).toBeNull();
    expect(identityOfTask(task({ buildId: 'v1', deploymentVersion: '' }))).toEqual(build('v1'));
  });

  it('is nobody’s same where no build is named, itself included', () => {
    expect(isSameIdentity(build('v1', 'a'), build('v1', 'a'))).toBe(true);
    expect(isSameIdentity(build('v1', 'a'), build('v1', 'b'))).toBe(false);
    expect(isSameIdentity(null, build('v1'))).toBe(false);
    expect(isSameIdentity(build('v1'), null)).toBe(false);
    expect(isSameIdentity(null, null)).toBe(false);
  });

  it('cannot be forged by a name that looks like two', () => {
    expect(identityKey(build('b', 'a","'))).not.toBe(identityKey(build('","b', 'a')));
    expect(identityKey(build('d:v1'))).not.toBe(identityKey(deployment('d:v1')));
  });

  it('has a build to show', () => {
    expect(buildIdOf(null)).toBeNull();
    expect(buildIdOf(build('git:abc'))).toBe('git:abc');
    expect(buildIdOf(deployment('shop:git:abc'))).toBe('git:abc');
  });
});

describe('hashesCode', () => {
  it.each([
    ['TypeScript bundle hash', build(TYPESCRIPT_HASHED), true],
    ['TypeScript bundle hash as a deployment build', deployment(`shop:${TYPESCRIPT_HASHED}`), true],
    ['TypeScript without a bundle', build('@temporalio/worker@1.24.0'), false],
    ['a hash cut short', build(TYPESCRIPT_HASHED.slice(0, -1)), false],
    ['a hash with something behind', build(`${TYPESCRIPT_HASHED}0`), false],
    ['a hash with something before', build(`x${TYPESCRIPT_HASHED}`), false],
    ['capital letters', build(TYPESCRIPT_HASHED.replaceAll('a', 'A')), false],
    ['no version of the SDK', build(`@temporalio/worker@+${'a1'.repeat(32)}`), false],
    ["Go's and RoadRunner's checksum (MD5)", build('c0'.repeat(16)), false],
    ["Python's default", build('c0'.repeat(16)), false],
    ['a SHA-256 alone', build('c0'.repeat(32)), false],
    ['a name chosen by hand', build('v1'), false],
  ])('%s', (_name, identity, expected) => {
    expect(hashesCode(identity)).toBe(expected);
  });
});
