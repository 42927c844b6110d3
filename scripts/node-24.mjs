// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Runs TypeScript as it is and has `await using`. */
const OLDEST_NODE = 24;

/**
 * The Node that runs the project: the one pinned in optionalDependencies, else the host's own where it is new enough. The pinned
 * one may be missing (no package for the platform) or not start (another C library).
 * @param {string} root
 * @param {{ platform: string, arch: string, execPath: string, version: string }} [host]
 * @returns {{ path: string } | { problem: string }}
 */
export function findNode(root, host = { ...process, version: process.versions.node }) {
  for (const pinned of pinnedPaths(root, host.platform, host.arch)) {
    if (!existsSync(pinned)) continue;
    // npm puts it first on PATH, so it is most often the one that runs this file already.
    if (realpathSync(pinned) === realpathSync(host.execPath) || starts(pinned)) return { path: pinned };
  }
  if (Number.parseInt(host.version, 10) >= OLDEST_NODE) return { path: host.execPath };
  return {
    problem:
      `Patchboard runs on Node.js ${OLDEST_NODE}, and npm has no package of it that starts on ${host.platform}-${host.arch} ` +
      `(this is ${host.version}).\nInstall Node.js ${OLDEST_NODE} or newer and start again.`,
  };
}

/**
 * @param {string} root
 * @param {string} platform
 * @param {string} arch
 */
function pinnedPaths(root, platform, arch) {
  const name = `${platform === 'win32' ? 'win' : platform}-${arch}`;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  return ['node', 'node-bin'].map((family) => join(root, 'node_modules', `${family}-${name}`, 'bin', file));
}

/** @param {string} path */
function starts(path) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number.parseInt(String(stdout).slice(1), 10) >= OLDEST_NODE;
}
