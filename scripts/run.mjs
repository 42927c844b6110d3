// @ts-check
/**
 * `node scripts/run.mjs TARGET ARGS…`: the first file of every command, plain JavaScript for Node 20 or newer. It installs the
 * packages where they are missing or the lock file changed, then runs TARGET on Node 24. Quiet when there is nothing to do.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.mjs';
import { installPackages } from './install.mjs';
import { findNode } from './node-24.mjs';

const OLDEST_HOST_NODE = 20;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [target, ...args] = process.argv.slice(2);

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exit(1);
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_HOST_NODE) {
  stop(`Node.js ${process.versions.node} is too old. Install Node.js ${OLDEST_HOST_NODE} or newer and start again.`);
}
if (target === undefined) stop('Usage: node scripts/run.mjs TARGET ARGS…');

const refused = await installPackages(root);
if (refused) stop(refused);
const node = findNode(root);
if ('problem' in node) stop(node.problem);
else await runChild(node.path, [join(root, String(target)), ...args], root);
