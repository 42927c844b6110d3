/**
 * Program of its own: the production server of the folder given as its argument. It differs from running `server.js`
 * there in two things: relative paths in settings keep meaning the folder that the user started from, and the server ends
 * when the command that started it is gone.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: standalone-entry FOLDER');

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone is no reason to live on.
process.channel?.unref();

const userFolder = process.cwd();
// `server.js` changes to its own folder before anything of ours is loaded.
await import(pathToFileURL(join(folder, 'server.js')).href);
process.chdir(userFolder);
