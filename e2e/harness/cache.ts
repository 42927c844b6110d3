import { join } from 'node:path';
import { cacheFolder } from '#server/config/cache-folder.ts';

/**
 * Folder of one tool that can be got again. The folder's name holds the version, so a folder never has to be brought up to date.
 * The same cache as the command's: a server that one of them got serves both.
 */
export function toolFolder(name: string): string {
  return join(cacheFolder(process.env, process.platform), name);
}
