// @ts-check
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;

/**
 * Takes a lock between processes: a file that holds its owner's process id. A lock whose owner is gone is taken over.
 * @param {string} path
 * @param {() => void} onWait called once, when another process holds it
 * @returns {Promise<() => void>} releases the lock
 */
export async function takeLock(path, onWait) {
  const own = `${path}.${process.pid}`;
  let hasWaited = false;
  writeFileSync(own, String(process.pid));
  try {
    // Linking is atomic and never replaces: whoever sees the lock sees its owner's id too.
    while (!tryLink(own, path)) {
      const owner = readOwner(path);
      if (owner === undefined) continue;
      if (!isAlive(owner)) {
        removeStale(path, owner);
        continue;
      }
      if (!hasWaited) onWait();
      hasWaited = true;
      await sleep(POLL_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} undefined: released in the meantime
 */
function readOwner(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  // Process ids come again, in containers often: a lock in this process's name that it does not hold is an old one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Moved away before it is removed, so that of two finders only one removes it; a fresh lock moved by mistake is put back.
 * @param {string} path
 * @param {number} owner
 */
function removeStale(path, owner) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readOwner(aside) !== owner) tryLink(aside, path);
  rmSync(aside, { force: true });
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
