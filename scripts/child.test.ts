import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

/** A program that runs `code` through `runChild`, as run.mjs does. */
const through = (code: string): string[] => [
  '--input-type=module',
  '-e',
  `import { runChild } from './scripts/child.mjs';
   await runChild(process.execPath, ['-e', ${JSON.stringify(code)}], '.');`,
];

describe('a child', () => {
  it('ends its parent with its own exit code', () => {
    expect(spawnSync(process.execPath, through('process.exit(7)')).status).toBe(7);
  });

  it('ends its parent with its own signal', () => {
    expect(spawnSync(process.execPath, through('process.kill(process.pid, "SIGKILL")')).signal).toBe('SIGKILL');
  });

  it('finds the project’s programs first on its PATH', () => {
    const { stdout } = spawnSync(process.execPath, through('console.log(process.env.PATH)'), { encoding: 'utf8' });
    expect(stdout).toMatch(/^node_modules[/\\]\.bin[:;]/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s once and all the time it needs to clean up', async (signal) => {
    const code = `
      process.on('${signal}', () => { console.log('asked'); setTimeout(() => { console.log('clean'); process.exit(5); }, 200); });
      setInterval(() => {}, 1000);
      console.log('up');`;
    const parent = spawn(process.execPath, through(code), { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    parent.stdout.on('data', (chunk) => (output += String(chunk)));
    await once(parent.stdout, 'data');
    parent.kill(signal);
    const [exitCode] = await once(parent, 'close');
    expect({ exitCode, output }).toEqual({ exitCode: 5, output: 'up\nasked\nclean\n' });
  });
});
