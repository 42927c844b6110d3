import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { runCommand } from './command.ts';
import { ToolMissingError } from './tool-missing.ts';

/** Names on PATH, the free one first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A network that drops packets must not hold up the tests for longer. */
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;
const APT_TIMEOUT_MS = 10 * 60_000;

export interface ChromiumPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright's own download would be. */
  readonly playwrightPath: string;
  readonly exists: (path: string) => boolean;
}

/** A Chromium that is there already: the one named by PATCHBOARD_CHROMIUM, an installed one, or Playwright's own. */
export function installedChromium(places: ChromiumPlaces = here()): string | undefined {
  const { env, exists } = places;
  const named = env.PATCHBOARD_CHROMIUM;
  if (named) {
    if (exists(named)) return named;
    throw new ToolMissingError(`PATCHBOARD_CHROMIUM names ${named}, and there is no such file.`);
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, places.playwrightPath].find((path) => path !== '' && exists(path));
}

/** Path of a Chromium; gets one where none is installed: Playwright's download, or Debian's package when it runs as root. */
export async function findChromium(): Promise<string> {
  const installed = installedChromium();
  if (installed !== undefined) return installed;
  const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
  const download = await runCommand(process.execPath, [cli, 'install', 'chromium'], {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    progress: 'Downloading Chromium (once)',
  });
  const downloaded = installedChromium();
  if (downloaded !== undefined) return downloaded;
  if (process.getuid?.() === 0) {
    const apt = await runCommand(
      'sh',
      ['-c', 'apt-get update && apt-get install -y --no-install-recommends chromium'],
      {
        timeoutMs: APT_TIMEOUT_MS,
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        progress: 'Playwright’s Chromium could not be downloaded; installing the package chromium',
      },
    );
    const packaged = installedChromium();
    if (packaged !== undefined) return packaged;
    throw missing(`${download.output}\n${apt.output}`);
  }
  throw missing(download.output);
}

function missing(output: string): ToolMissingError {
  return new ToolMissingError(
    `No Chromium for the tests in the browser:\n${output.trim()}\nInstall Chromium or Chrome, or name one in PATCHBOARD_CHROMIUM.`,
  );
}

function here(): ChromiumPlaces {
  return { env: process.env, playwrightPath: chromium.executablePath(), exists: existsSync };
}
