/** Plain types only: text ids and integer epoch milliseconds, so that the same queries can serve PostgreSQL later. */
export interface Tables {
  readonly migration: MigrationTable;
  readonly task_queue: TaskQueueTable;
  readonly patch: PatchTable;
}

interface MigrationTable {
  id: number;
  name: string;
  applied_ms: number;
}

interface Seen {
  first_seen_ms: number;
  last_seen_ms: number;
}

interface TaskQueueTable extends Seen {
  namespace: string;
  name: string;
}

/** One row per patch and workflow type that ever recorded it. */
interface PatchTable extends Seen {
  namespace: string;
  kind: string;
  id: string;
  workflow_type: string;
}
