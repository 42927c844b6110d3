import { cpus, loadavg, totalmem } from 'node:os';
import { textTable } from '#server/cli/text-table.ts';

/** One measured figure beside what it should be. */
export interface Figure {
  readonly what: string;
  /** Null: nothing is promised. */
  readonly goal: { readonly text: string; readonly isMet: boolean } | null;
  /** With its unit. */
  readonly measured: string;
}

/** A measurement that is at most as large as the goal. @param unit of both */
export function atMost(what: string, measured: number, goal: number, unit: string, detail = ''): Figure {
  return {
    what,
    goal: { text: `at most ${goal} ${unit}`, isMet: measured <= goal },
    measured: `${rounded(measured)} ${unit}${detail}`,
  };
}

/** Three digits say all that a measurement on a shared machine knows. */
export function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export function figureTable(figures: readonly Figure[]): string {
  return textTable<Figure>(
    [
      { title: 'Figure', value: ({ what }) => what },
      { title: 'Goal', value: ({ goal }) => goal?.text ?? '-' },
      { title: 'Met', value: ({ goal }) => (goal === null ? '-' : goal.isMet ? 'yes' : 'NO') },
      { title: 'Measured', value: ({ measured }) => measured },
    ],
    figures,
  );
}

/** What every figure depends on; the load tells a machine that was busy with other things. */
export function machine(): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  const memoryGb = (totalmem() / 1e9).toFixed(0);
  const name = `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${memoryGb} GB, ${process.platform}`;
  return `${name}, load ${load.toFixed(1)}, Node ${process.version}`;
}
