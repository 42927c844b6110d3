import type { Asked, Checked } from './check.ts';
import { COMPLETE, CONTINUE_AS_NEW, type Form, type Op } from './program.ts';
import { at } from './random.ts';
import type { Event } from './session.ts';
import type { Worker, World } from './world.ts';

/** A world in full, for whoever has to find out what went wrong. */
export function describeWorld({ world, breakage }: Checked, asked: Asked | undefined): string {
  const lines = [
    `seed ${world.seed}; question ${JSON.stringify(world.question)}; policy ${world.policy}; sdk ${world.sdk.name} ${world.sdk.style}`,
    `hazards ${[...world.hazards].join(' ') || 'none'}; asked types ${world.asked.join()}; callback until ${sinceBegin(world, world.callbackUntilMs)}`,
    ...world.types.flatMap(({ name, program }) => [
      `type ${name}: ${opsText(program.ops)}`,
      ...program.places.map(
        ({ patch, bodies }, index) => `  place ${index} of patch ${patch}: ${bodies.map(opsText).join(' | ')}`,
      ),
    ]),
    ...[...world.codes, world.before, world.after].map(
      ({ name, forms }) => `code ${name}: ${forms.map((own) => own.map(formText).join(' ')).join(' // ')}`,
    ),
    ...world.workers.map((worker) => `worker ${workerText(world, worker)}`),
    ...world.runs.map((run) => {
      const tasks = run.tasks.map(
        (task) =>
          `\n    +${sinceBegin(world, task.timeMs)} w${task.worker.index} ${task.wakes}x [${task.events.map(eventText).join(' ')}] ends ${task.lastEventId}`,
      );
      const started = run.startedBy === null ? '' : `\n    started by w${run.startedBy.worker.index}`;
      const state = run.closeTimeMs === null ? `open, pending ${run.pending}` : 'closed';
      return `run ${run.index} type ${run.type} ${run.taskQueue} input ${run.input} from +${sinceBegin(world, run.startTimeMs)} ${state}${run.failure ? ` failing: ${run.failure.message}` : ''}${tasks.join('')}${started}`;
    }),
  ];
  if (world.fence !== null) {
    const { kind, sets, current, target, isTargetNamed } = world.fence;
    const targetSets = JSON.stringify(target.setsByQueue.get('queue-a')?.sets.map(({ buildIds }) => buildIds));
    lines.push(
      `fence ${kind} ${JSON.stringify(sets)} current ${current} target ${isTargetNamed ? target.build : 'not named'} ${targetSets}`,
    );
  }
  if (asked !== undefined) {
    lines.push(`told ${asked.way}: ${asked.evidence.facts.map(({ claim }) => JSON.stringify(claim)).join('\n  ')}`);
    lines.push(`verdict ${asked.verdict.answer} ${asked.verdict.reasons.map(({ code }) => code).join()}`);
    lines.push(`classes ${JSON.stringify(asked.verdict.classes)}`);
  }
  lines.push(`truth: ${breakage ?? 'safe'}`);
  // Ids may be as long as a label allows.
  return lines.join('\n').replaceAll(/(.)\1{9,}/g, '$1…');
}

function sinceBegin({ beganMs }: World, timeMs: number | null): string {
  return timeMs === null ? 'none' : `${Math.round((timeMs - beganMs) / 60_000)}min`;
}

function workerText(
  world: World,
  { index, code, stamp, taskQueue, startedMs, stoppedMs, sdkVersion, doesPin }: Worker,
): string {
  const name = stamp.deploymentVersion ?? stamp.buildId;
  return `w${index} ${code.name} as ${name} on ${taskQueue} sdk ${sdkVersion}${doesPin ? ' pins' : ''} +${sinceBegin(world, startedMs)} to ${stoppedMs === null ? 'now' : `+${sinceBegin(world, stoppedMs)}`}`;
}

function formText(form: Form): string {
  if (form.kind === 'version') return `${form.min}..${form.max}`;
  return form.kind === 'fixed' ? `fixed ${form.version}` : form.kind;
}

function opsText(ops: readonly Op[]): string {
  return ops.length === 0 ? '-' : ops.map(opText).join(' ');
}

function opText(op: Op): string {
  switch (op.kind) {
    case 'command':
      return `c${op.name}`;
    case 'place':
      return `P${op.place}`;
    case 'loop':
      return `loop${op.times}(${opsText(op.body)})`;
    case 'if':
      return `if${op.bit}(${opsText(op.body)})`;
    case 'wait':
    case 'continue-as-new':
      return op.kind;
  }
}

function eventText(event: Event): string {
  switch (event.kind) {
    case 'command':
      return event.name === COMPLETE ? 'complete' : event.name === CONTINUE_AS_NEW ? 'continue' : `c${event.name}`;
    case 'marker':
      return `marker${event.patch}${event.isDeprecated ? 'D' : 'L'}`;
    case 'version':
      return `version${event.patch}=${event.version}`;
    case 'label':
      return `label${event.ids.toString(2)}`;
  }
}

/** The first of them that fails, told in full. */
export function describeFirst(failed: readonly Asked[], checked: Checked): string {
  return describeWorld(checked, at(failed, 0));
}
