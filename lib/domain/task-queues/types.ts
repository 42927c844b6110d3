/** One poller as DescribeTaskQueue reports it, merged over partitions by identity and kind of task. */
export interface Poller {
  readonly identity: string;
  readonly taskKind: TaskKind;
  /** Epoch ms. Temporal forgets a poller five minutes after its last poll. */
  readonly lastPollMs: number;
  /** null: the worker sent none. */
  readonly buildId: string | null;
  readonly useVersioning: boolean;
  readonly deploymentVersion: string | null;
}

export type TaskKind = 'workflow' | 'activity';
