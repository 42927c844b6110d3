/**
 * Program of its own: downloads Temporal's command to `<folder>/temporal-<version>`. The download is native code that no
 * signal reaches, so only the end of a process can limit its time. On failure its last line says why.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir, version] = process.argv.slice(2);
if (!downloadDir || !version) throw new Error('usage: download-temporal FOLDER VERSION');
try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
} catch (error) {
  // The message is a chain from the outermost to the innermost failure: only its end is news.
  const chain = error instanceof Error ? error.message.split(': ') : [String(error)];
  console.error(chain.slice(-2).join(': '));
  process.exitCode = 1;
}
