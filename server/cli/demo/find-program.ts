import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Full path of a program on PATH, or null. */
export async function findProgram(name: string, env: Env): Promise<string | null> {
  const endings = process.platform === 'win32' ? (env.PATHEXT ?? '.EXE').split(';') : [''];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const ending of endings) {
      const path = join(folder, `${name}${ending}`);
      if (await isExecutable(path)) return path;
    }
  }
  return null;
}

export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
