import type { PatchRef } from '#lib/domain/patches/types.ts';

/** Every address of the pages and the API in one place. Names travel in the query string: Temporal's names may hold anything. */
function withQuery(path: string, params: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined) query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export const pages = {
  overview: (namespace: string) => withQuery('/', { namespace }),
  queues: (namespace: string) => withQuery('/queues', { namespace }),
  queue: (namespace: string, name: string) => withQuery('/queue', { namespace, name }),
  patches: (namespace: string) => withQuery('/patches', { namespace }),
  patch: (namespace: string, patch: PatchRef) => withQuery('/patch', { namespace, kind: patch.kind, id: patch.id }),
  run: (namespace: string, workflowId: string, runId: string) => withQuery('/run', { namespace, workflowId, runId }),
  /** `queue`: of this queue only. `id`: opened at this change. */
  changes: (namespace: string, view: { queue?: string; id?: string } = {}) =>
    withQuery('/changes', { namespace, ...view }),
  status: (namespace: string) => withQuery('/status', { namespace }),
} as const;

const API = '/api/v1';

export const api = {
  namespaces: () => `${API}/namespaces`,
  status: (namespace: string) => withQuery(`${API}/status`, { namespace }),
  taskQueues: (namespace: string, cursor?: string) =>
    withQuery(`${API}/task-queues`, { namespace, cursor, limit: '1000' }),
  taskQueue: (namespace: string, name: string) => withQuery(`${API}/task-queue`, { namespace, name }),
  changePlans: (namespace: string) => withQuery(`${API}/change-plans`, { namespace }),
  whatIfs: (namespace: string) => withQuery(`${API}/what-ifs`, { namespace }),
  changes: (namespace: string, page: { taskQueue?: string; limit?: number; cursor?: string } = {}) =>
    withQuery(`${API}/changes`, {
      namespace,
      taskQueue: page.taskQueue,
      limit: page.limit?.toString(),
      cursor: page.cursor,
    }),
  change: (namespace: string, id: string) => withQuery(`${API}/changes/${encodeURIComponent(id)}`, { namespace }),
  patches: (namespace: string, cursor?: string) => withQuery(`${API}/patches`, { namespace, cursor, limit: '1000' }),
  patch: (namespace: string, patch: PatchRef) =>
    withQuery(`${API}/patch`, { namespace, kind: patch.kind, id: patch.id }),
  run: (namespace: string, workflowId: string, runId: string) =>
    withQuery(`${API}/run`, { namespace, workflowId, runId }),
  verdict: (namespace: string, patch: PatchRef, question: string, min: number | null) =>
    withQuery(`${API}/verdict`, {
      namespace,
      kind: patch.kind,
      id: patch.id,
      question,
      min: min === null ? null : String(min),
    }),
  verdicts: (namespace: string) => withQuery(`${API}/verdicts`, { namespace }),
  verdictJob: (namespace: string, id: string) => withQuery(`${API}/verdicts/${encodeURIComponent(id)}`, { namespace }),
  stopVerdict: (namespace: string, id: string) =>
    withQuery(`${API}/verdicts/${encodeURIComponent(id)}/stop`, { namespace }),
  declarations: (namespace: string) => withQuery(`${API}/declarations`, { namespace }),
  withdrawDeclaration: (namespace: string) => withQuery(`${API}/declarations/withdraw`, { namespace }),
} as const;
