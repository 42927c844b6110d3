/**
 * Fills a configured link pattern, e.g. `https://git.example/commit/{buildId}`. Values are encoded. null when there is no pattern,
 * when it asks for a value that is not at hand, or when the result is no http(s) address.
 */
function fillPattern(pattern: string | null, values: Readonly<Record<string, string>>): string | null {
  if (pattern === null) return null;
  let isWhole = true;
  const address = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) isWhole = false;
    return encodeURIComponent(value?.toWellFormed() ?? '');
  });
  if (!isWhole) return null;
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

export function commitLink(pattern: string | null, buildId: string): string | null {
  return fillPattern(pattern, { buildId });
}

export function runLink(
  pattern: string | null,
  run: { readonly namespace: string; readonly workflowId: string; readonly runId: string },
): string | null {
  return fillPattern(pattern, run);
}

/**
 * A queue in Temporal's own UI. The pattern names runs (`…/namespaces/{namespace}/workflows/{workflowId}/{runId}`); that UI keeps queues
 * beside them, under `task-queues/`. A pattern of another shape gives no link.
 */
export function taskQueueLink(
  pattern: string | null,
  queue: { readonly namespace: string; readonly taskQueue: string },
) {
  const base = pattern === null ? null : /^(.*\/namespaces\/\{namespace\}\/)workflows\//.exec(pattern)?.[1];
  return base === null || base === undefined ? null : fillPattern(`${base}task-queues/{taskQueue}`, queue);
}
