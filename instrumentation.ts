/** Next calls this once per server process, before the first request. Node code lives apart: this file is bundled for the edge too. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { start } = await import('./instrumentation-node.ts');
    await start();
  }
}
