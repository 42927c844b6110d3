// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = join('node_modules', '.patchboard-install');

/** What the stamp's file holds from the start of an installation to its end. */
const STARTED = 'started';

/**
 * Names what an installation depends on: the lock file's content and the platform, since native packages differ.
 * @param {string | Uint8Array} lock content of package-lock.json
 * @param {string} platform
 */
export function stampOf(lock, platform) {
  return `${platform} ${createHash('sha256').update(lock).digest('hex')}`;
}

/** @param {string} root */
export function isInstalled(root) {
  const stamp = readStamp(root);
  return stamp !== undefined && stamp === currentStamp(root);
}

/**
 * Whether an installation began and never came to its end.
 * @param {string} root
 */
export function isInterrupted(root) {
  return readStamp(root) === STARTED;
}

/** @param {string} root */
export function markStarted(root) {
  writeFileSync(join(root, STAMP), STARTED);
}

/** @param {string} root */
export function writeStamp(root) {
  writeFileSync(join(root, STAMP), currentStamp(root));
}

/** @param {string} root */
function currentStamp(root) {
  return stampOf(readFileSync(join(root, 'package-lock.json')), `${process.platform}-${process.arch}`);
}

/** @param {string} root */
function readStamp(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8');
  } catch {
    return undefined;
  }
}
