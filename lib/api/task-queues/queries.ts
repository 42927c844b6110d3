import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { fetchAllPages } from '#lib/api/shared/fetch-list.ts';
import { POLL_MS } from '#lib/api/shared/polling.ts';
import { taskQueueListSchema, taskQueueSchema } from '#lib/api/task-queues/schemas.ts';
import { api } from '#lib/routes.ts';

export function taskQueuesQuery(namespace: string) {
  return queryOptions({
    queryKey: ['task-queues', namespace],
    queryFn: ({ signal }) =>
      fetchAllPages((cursor) => fetchJson(api.taskQueues(namespace, cursor), taskQueueListSchema, { signal })),
    refetchInterval: POLL_MS.list,
  });
}

export function taskQueueQuery(namespace: string, name: string) {
  return queryOptions({
    queryKey: ['task-queue', namespace, name],
    queryFn: ({ signal }) => fetchJson(api.taskQueue(namespace, name), taskQueueSchema, { signal }),
    refetchInterval: POLL_MS.detail,
  });
}
