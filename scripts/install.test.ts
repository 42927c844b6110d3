import { describe, expect, it } from 'vitest';
import { isHandedOn } from './child.mjs';
import { findNode } from './node-24.mjs';
import { explain } from './npm-errors.mjs';

describe('an installation that failed', () => {
  it.each([
    ['npm error code ENOTFOUND', 'Check the network'],
    ['npm error code EAI_AGAIN', 'Check the network'],
    ['Error: spawn npm ENOENT', 'Install Node.js with npm'],
    ['npm error code EACCES', 'writable'],
    ['npm error code ENOSPC', 'Make room'],
    ['npm error code E404', 'npm says why above'],
    ['npm error code ENOTCACHED', 'Check the network'],
  ])('names the next step for %s', (errors, step) => {
    expect(explain({ errors, wasInterrupted: false })).toContain(step);
  });

  it('was nobody’s fault when it was interrupted', () => {
    expect(explain({ errors: 'npm error code ECONNRESET', wasInterrupted: true })).toContain('Interrupted');
  });
});

describe('the Node that runs the project', () => {
  const none = { platform: 'plan9', arch: 'vax', execPath: '/usr/bin/node' };

  it('is the pinned one of this platform', () => {
    expect(findNode(process.cwd())).toHaveProperty('path', expect.stringContaining('node_modules'));
  });

  it('is the host’s where no package fits and it is new enough', () => {
    expect(findNode(process.cwd(), { ...none, version: '24.0.0' })).toEqual({ path: '/usr/bin/node' });
  });

  it('is asked for where neither fits', () => {
    expect(findNode(process.cwd(), { ...none, version: '22.20.0' })).toHaveProperty(
      'problem',
      expect.stringContaining('Install Node.js 24'),
    );
  });
});

describe('a signal', () => {
  it('goes on to the child unless the terminal gave it to both', () => {
    expect(isHandedOn('SIGINT', true)).toBe(false);
    expect(isHandedOn('SIGINT', false)).toBe(true);
    expect(isHandedOn('SIGTERM', true)).toBe(true);
  });
});
