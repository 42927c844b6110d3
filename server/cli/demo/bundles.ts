import { createHash, type Hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, 'workflows');

/** Bundled code of each workflow source. One bundle each, since four of the sources define `MyWorkflow`. */
export interface Bundles {
  readonly orders: string;
  readonly initial: string;
  readonly patched: string;
  readonly deprecated: string;
  readonly complete: string;
}

/**
 * Bundles the story's workflows, or reads the bundles of an earlier start from `folder`. They are kept by content: a
 * changed source or another worker package makes new ones.
 */
export async function bundleWorkflows(folder: string): Promise<Bundles> {
  const kept = join(folder, 'demo-workflows', await contentHash());
  const load = async (source: string) => (await readKept(kept, source)) ?? (await bundle(kept, source));
  return {
    orders: await load('orders'),
    initial: await load('my-workflow-1-initial'),
    patched: await load('my-workflow-2-patched'),
    deprecated: await load('my-workflow-3-deprecated'),
    complete: await load('my-workflow-4-complete'),
  };
}

async function readKept(kept: string, source: string): Promise<string | null> {
  return readFile(join(kept, `${source}.js`), 'utf8').catch(() => null);
}

async function bundle(kept: string, source: string): Promise<string> {
  // Loading the bundler takes a second by itself: only a start that bundles pays for it.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(SOURCES, `${source}.ts`),
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(kept, { recursive: true });
  // Another start may read at this moment: it must find a whole file or none.
  const unfinished = join(kept, `${source}.${process.pid}.unfinished`);
  await writeFile(unfinished, code);
  await rename(unfinished, join(kept, `${source}.js`));
  return code;
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(SOURCES)).sort();
  for (const file of files) addFile(hash, file, await readFile(join(SOURCES, file)));
  const workerPackage = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  addFile(hash, 'worker', await readFile(workerPackage));
  return hash.digest('hex').slice(0, 16);
}

function addFile(hash: Hash, name: string, content: Buffer): void {
  hash.update(`${name}\0${content.byteLength}\0`).update(content);
}
