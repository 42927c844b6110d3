import { hasCode } from '#server/errors.ts';
import type { Caller } from '#server/temporal/call.ts';
import { METHODS } from '#server/temporal/methods.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** Visibility's own maximum. */
const PAGE_SIZE = 1_000;

const FIRST_PAGE = new Uint8Array();

/** Schedules start workflows: their queues are queues of the type, though no run may be open on them now. */
export function scheduleCalls({ call }: Caller): Pick<TemporalPort, 'listSchedules' | 'describeSchedule'> {
  return {
    listSchedules: async ({ namespace, pageToken = FIRST_PAGE }, options) => {
      const request = { namespace, maximumPageSize: PAGE_SIZE, nextPageToken: pageToken };
      const { schedules, nextPageToken } = await call(METHODS.listSchedules, request, options);
      return {
        schedules: schedules.map(({ scheduleId, info }) => ({
          scheduleId: scheduleId ?? '',
          workflowType: info?.workflowType?.name ?? '',
        })),
        nextPageToken,
      };
    },
    describeSchedule: async ({ namespace, scheduleId }, options) => {
      try {
        const { schedule } = await call(METHODS.describeSchedule, { namespace, scheduleId }, options);
        const start = schedule?.action?.startWorkflow;
        if (!start) return null;
        return { scheduleId, workflowType: start.workflowType?.name ?? '', taskQueue: start.taskQueue?.name ?? '' };
      } catch (error) {
        if (hasCode(error, 'not-found')) return null;
        throw error;
      }
    },
  };
}
