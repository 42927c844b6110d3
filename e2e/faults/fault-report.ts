import { percentile } from '#e2e/bench/percentile.ts';
import { APPLIED } from '#e2e/faults/fault-matrix.ts';
import { type Ended, judge, PROBLEMS } from '#e2e/faults/judge.ts';
import { PHASES } from '#e2e/faults/phases.ts';
import type { FaultProof } from '#e2e/faults/prove-faults.ts';
import { OUTCOME_LIMIT_MS } from '#e2e/faults/short-timing.ts';

export interface FaultReport {
  readonly lines: readonly string[];
  /** What was wrong; empty: nothing. */
  readonly failures: readonly string[];
}

const SHOWN_MAX = 20;

/** Counts by phase and fault with the words that the changes ended with, and everything that was wrong. */
export function reportOf(proofs: readonly FaultProof[], appliedShareMin: number): FaultReport {
  const ended = proofs.flatMap((proof) => proof.ended);
  const findings = ended.flatMap((one) => judge(one, OUTCOME_LIMIT_MS).map((finding) => ({ ...finding, one })));
  const failures = findings
    .slice(0, SHOWN_MAX)
    .map(
      ({ problem, what, one }) => `${problem}: ${one.phase}, ${one.fault}, ${kindOf(one)}, ${one.taskQueue}: ${what}`,
    );
  if (findings.length > SHOWN_MAX) failures.push(`and ${findings.length - SHOWN_MAX} more`);

  const share = ended.filter(({ phase }) => phase === APPLIED).length / ended.length;
  if (!(share >= appliedShareMin)) failures.push(`only ${percent(share)} struck after the write was applied`);
  for (const { record } of proofs) {
    if (record.chainProblems > 0) failures.push(`${record.chainProblems} problems in a record's chain`);
    if (record.intentsWithoutOutcome > 0) failures.push(`${record.intentsWithoutOutcome} intents without an outcome`);
    if (record.outside > 0) failures.push(`${record.outside} changes said to be from outside, and nobody was there`);
  }
  const afterMs = ended
    .map(({ change, healedMs }) => Date.parse(change?.endedAt ?? '') - healedMs)
    .filter(Number.isFinite);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const lines = [
    ...tableOf(ended),
    '',
    `${ended.length} faults, ${percent(share)} between send and reply with the write applied; operations: ${tally(ended.map(kindOf))}`,
    `outcome after Temporal was reachable again: 95th percentile ${seconds(percentile(afterMs, 95))}, at most ${seconds(Math.max(...afterMs))} (limit ${seconds(OUTCOME_LIMIT_MS)})`,
    `records: ${sum(proofs, 'entries')} entries, ${sum(proofs, 'intents')} intents, ${sum(proofs, 'chainProblems')} problems in the chain`,
    ...PROBLEMS.map((problem) => `${problem}: ${findings.filter((finding) => finding.problem === problem).length}`),
    `changes said to be from outside: ${sum(proofs, 'outside')}`,
  ];
  return { lines, failures };
}

function tableOf(ended: readonly Ended[]): string[] {
  const faults = [...new Set(ended.map(({ fault }) => fault))].toSorted();
  return PHASES.flatMap((phase) =>
    faults.flatMap((fault) => {
      const these = ended.filter((one) => one.phase === phase && one.fault === fault);
      return these.length === 0
        ? []
        : [`${phase.padEnd(37)} ${fault.padEnd(28)} ${String(these.length).padStart(4)}  ${tally(these.map(wordsOf))}`];
    }),
  );
}

/** The first outcome, and the last where that is another. */
function wordsOf({ change, lastChange }: Ended): string {
  const [first, last] = [change, lastChange].map((one) => one?.outcome ?? 'none');
  return first === last ? String(first) : `${first} → ${last}`;
}

function kindOf({ scenario }: Ended): string {
  return scenario.operation.kind;
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

function sum(proofs: readonly FaultProof[], what: keyof FaultProof['record']): number {
  return proofs.reduce((total, { record }) => total + record[what], 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
