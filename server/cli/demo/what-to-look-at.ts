import { MY_WORKFLOW_QUEUE } from '#server/cli/demo/my-workflow-story.ts';
import { ORDERS_BUILDS, ORDERS_QUEUE } from '#server/cli/demo/orders-story.ts';
import { USUAL_ADDRESS } from '#server/cli/demo/temporal-server.ts';
import { pages } from '#lib/routes.ts';

const NAMESPACE = 'default';

/** The demo's closing words: where to look, and what to try. */
export function whatToLookAt(demo: { url: string; temporalAddress: string }): string {
  const { url, temporalAddress } = demo;
  // Commands look at the usual address without a setting.
  const setting = temporalAddress === USUAL_ADDRESS ? '' : `TEMPORAL_ADDRESS=${temporalAddress} `;
  const command = (args: string) => `    ${setting}npm run -s patchboard -- ${args}`;
  const queue = `${url}${pages.queue(NAMESPACE, ORDERS_QUEUE)}`;
  const patch = `${url}${pages.patch(NAMESPACE, { kind: 'core', id: 'my-patch' })}`;
  return [
    '',
    `Patchboard is ready: ${url}`,
    `  ${queue}`,
    `    two version sets with open runs on each; a worker polls as ${ORDERS_BUILDS.unregistered}, which nobody registered, and gets nothing`,
    `  ${patch}`,
    `    MyWorkflow on queue ${MY_WORKFLOW_QUEUE}, with open runs from all four stages of the guide: may the old code go?`,
    '  In another terminal:',
    command(`queue ${ORDERS_QUEUE}`),
    command('check --patch my-patch --question remove'),
    'Ctrl-C ends the demo, its Temporal server and all its data.',
    '',
  ].join('\n');
}
