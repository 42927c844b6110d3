import { describe, expect, test } from 'vitest';
import { cacheFolder } from '#server/config/cache-folder.ts';

const cases: readonly [string, Record<string, string>, NodeJS.Platform, string, string][] = [
  ['Linux', {}, 'linux', '/home/ada', '/home/ada/.cache/patchboard'],
  ['Linux with XDG', { XDG_CACHE_HOME: '/var/cache/ada' }, 'linux', '/home/ada', '/var/cache/ada/patchboard'],
  ['a relative XDG path', { XDG_CACHE_HOME: 'cache' }, 'linux', '/home/ada', '/home/ada/.cache/patchboard'],
  ['macOS', {}, 'darwin', '/Users/ada', '/Users/ada/Library/Caches/patchboard'],
  ['Windows', { LOCALAPPDATA: 'D:\\Local' }, 'win32', 'C:\\Users\\ada', 'D:\\Local\\patchboard\\Cache'],
  ['bare Windows', {}, 'win32', 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\patchboard\\Cache'],
  ['a folder named for us', { PATCHBOARD_CACHE_DIR: '/srv/c', XDG_CACHE_HOME: '/x' }, 'linux', '/h', '/srv/c'],
];

describe('cacheFolder', () => {
  test.each(cases)('%s', (_, env, platform, home, expected) => {
    expect(cacheFolder(env, platform, home)).toBe(expected);
  });
});
