import { describe, expect, it } from 'vitest';
import { installedChromium } from './chromium.ts';

const there = (...paths: string[]) => ({
  env: { PATH: '/usr/local/bin:/usr/bin' },
  playwrightPath: '/cache/chromium-1/chrome',
  exists: (path: string) => paths.includes(path),
});

describe('the Chromium of the tests', () => {
  it('is the named one before every other', () => {
    const places = there('/opt/c', '/usr/bin/chromium');
    expect(installedChromium({ ...places, env: { ...places.env, PATCHBOARD_CHROMIUM: '/opt/c' } })).toBe('/opt/c');
  });

  it('that is named and missing is an error, not another one', () => {
    const places = there('/usr/bin/chromium');
    expect(() => installedChromium({ ...places, env: { ...places.env, PATCHBOARD_CHROMIUM: '/opt/c' } })).toThrow(
      '/opt/c',
    );
  });

  it('is an installed one, Chromium before Chrome, before Playwright’s own', () => {
    const all = ['/cache/chromium-1/chrome', '/usr/local/bin/google-chrome', '/usr/bin/chromium'];
    expect(installedChromium(there(...all))).toBe('/usr/bin/chromium');
    expect(installedChromium(there(...all.slice(0, 2)))).toBe('/usr/local/bin/google-chrome');
    expect(installedChromium(there(...all.slice(0, 1)))).toBe('/cache/chromium-1/chrome');
  });

  it('may be missing', () => expect(installedChromium(there())).toBeUndefined());
});
