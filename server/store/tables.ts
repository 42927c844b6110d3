/** Plain types only: text ids and integer epoch milliseconds, so that the same queries can serve PostgreSQL later. */
export interface Tables {
  readonly migration: MigrationTable;
  readonly task_queue: TaskQueueTable;
  readonly patch: PatchTable;
  readonly fact: FactTable;
  readonly run_facts: RunFactsTable;
  readonly answer: AnswerTable;
  readonly sample: SampleTable;
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
