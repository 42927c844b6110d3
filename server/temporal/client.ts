import type { TemporalConfig } from '#server/config/types.ts';
import { createCaller } from '#server/temporal/call.ts';
import { type ChannelLimits, openChannel } from '#server/temporal/channel.ts';
import { namespaceCalls } from '#server/temporal/namespaces.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { familyCalls } from '#server/temporal/probe-families.ts';
import { runCalls } from '#server/temporal/runs.ts';
import { scheduleCalls } from '#server/temporal/schedules.ts';
import { taskQueueCalls } from '#server/temporal/task-queues.ts';

export interface TemporalOptions extends ChannelLimits {
  /** In [0, 1); tests fix it. */
  readonly random?: () => number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Everything Patchboard asks of one Temporal server, over one channel that connects with the first call. */
export function createTemporal(config: TemporalConfig, options: TemporalOptions = {}): TemporalPort {
  const { random = Math.random, now = Date.now } = options;
  const caller = createCaller({ client: openChannel(config, options), config, random });
  return {
    ...namespaceCalls(caller),
    ...familyCalls(caller, now),
    ...taskQueueCalls(caller),
    ...runCalls(caller),
    ...scheduleCalls(caller),
    close: caller.close,
  };
}
