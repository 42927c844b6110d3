import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * The SQLite file that a PATCHBOARD_DATABASE_URL names: `sqlite:PATH`, `file:…`, a plain path or `:memory:`; else what is wrong.
 * The problem never shows the value, which may hold a password.
 */
export function sqlitePathOf(url: string): { readonly path: string } | { readonly problem: string } {
  // Two letters at least: `C:` is a drive.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return { path: url };
  if (scheme.startsWith('postgres')) {
    return { problem: 'names PostgreSQL, which Patchboard cannot use yet; name a SQLite file' };
  }
  if (scheme !== 'sqlite' && scheme !== 'file') {
    return { problem: `begins with ${scheme}:, which Patchboard does not know; name a SQLite file` };
  }
  const path = scheme === 'sqlite' ? url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') : filePath(url);
  return path ? { path } : { problem: `has nothing that is a path after ${scheme}:` };
}

/** `file:relative.db` is what SQLite takes, though it is no file URL by the standard. */
function filePath(url: string): string | null {
  if (!url.startsWith('file:/')) return url.slice('file:'.length);
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}

/** A file in the platform's data folder: XDG base directories, `~/Library/Application Support`, `%LOCALAPPDATA%`. */
export function defaultStorePath(place: Place): string {
  const path = place.platform === 'win32' ? win32 : posix;
  return path.join(dataFolder(place), 'patchboard', 'patchboard.db');
}

function dataFolder({ env, platform, home }: Place): string {
  if (platform === 'win32') return env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local');
  // The XDG specification says that a relative path must be ignored.
  if (env.XDG_DATA_HOME && posix.isAbsolute(env.XDG_DATA_HOME)) return env.XDG_DATA_HOME;
  return posix.join(home, ...(platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'share']));
}
