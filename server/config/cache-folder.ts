import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Folder for what can be got again: Temporal binaries, workflow bundles. PATCHBOARD_CACHE_DIR, else the platform's habit
 * (XDG base directories, `~/Library/Caches`, `%LOCALAPPDATA%`). The folder may not exist yet.
 */
export function cacheFolder(env: Env, platform: NodeJS.Platform, home: string = homedir()): string {
  const path = platform === 'win32' ? win32 : posix;
  if (env.PATCHBOARD_CACHE_DIR) return path.resolve(env.PATCHBOARD_CACHE_DIR);
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'patchboard', 'Cache');
  }
  // The XDG specification says that a relative path must be ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return path.join(env.XDG_CACHE_HOME, 'patchboard');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'patchboard');
  return path.join(home, '.cache', 'patchboard');
}
