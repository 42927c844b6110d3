/** Plain types only: text ids and integer epoch milliseconds, so that the same queries can serve PostgreSQL later. */
export interface Tables {
  readonly migration: MigrationTable;
  readonly task_queue: TaskQueueTable;
  readonly patch: PatchTable;
  readonly fact: FactTable;
  readonly run_facts: RunFactsTable;
  readonly answer: AnswerTable;
  readonly sample: SampleTable;
  readonly record: RecordTable;
  readonly record_head: RecordHeadTable;
  readonly change_claim: ChangeClaimTable;
  readonly queue_seen: QueueSeenTable;
  readonly change_plan: ChangePlanTable;
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

/** Never deleted: a withdrawal says who and when. */
interface FactTable {
  namespace: string;
  id: string;
  declared_by: string;
  declared_ms: number;
  note: string;
  /** JSON of `claimSchema` (lib/api/declarations/schemas.ts). */
  claim: string;
  /** Both null: it stands. */
  withdrawn_by: string | null;
  withdrawn_ms: number | null;
}

interface RunFactsTable {
  namespace: string;
  run_id: string;
  read_ms: number;
  /** The form of `facts`; rows of another form are not used. */
  form: number;
  /** JSON of `RunFacts`. */
  facts: string;
}

interface AnswerTable {
  namespace: string;
  key: string;
  asked_by: string;
  at_ms: number;
  /** JSON of `verdictSchema` (lib/api/verdict/schemas.ts). */
  body: string;
}

interface SampleTable {
  namespace: string;
  kind: string;
  id: string;
  workflow_type: string;
  hour_ms: number;
  open_runs: number;
  live: number;
  deprecated: number;
  without_marker: number;
  /** JSON: version → open runs. */
  versions: string;
}

/** Append-only, as triggers see to; `record/hash-entry.ts` says what `hash` is of. */
export interface RecordTable {
  number: number;
  at_ms: number;
  kind: string;
  namespace: string;
  task_queue: string;
  change_id: string;
  idempotency_key: string | null;
  /** JSON; its shape is the writer's. */
  body: string;
  previous: string;
  hash: string;
}

/** One row, of id 1: the newest entry's number and hash; 0 and the first `previous` where there is none. */
interface RecordHeadTable {
  id: number;
  number: number;
  hash: string;
}

interface ChangeClaimTable {
  change_id: string;
  namespace: string;
  task_queue: string;
  owner: string;
  until_ms: number;
  /** 1: it holds its queue; one claim of a queue may. */
  holds_queue: number;
  orphaned_ms: number | null;
  /** 0: its process did not come as far as sending the write. */
  may_be_sent: number;
}

interface QueueSeenTable {
  namespace: string;
  task_queue: string;
  sets: string;
  seen_ms: number;
}

interface ChangePlanTable {
  namespace: string;
  id: string;
  expires_ms: number;
  /** JSON of `changePlanSchema` (lib/api/changes/schemas.ts). */
  body: string;
}
