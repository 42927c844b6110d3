import { allEnded } from '#server/usecases/verdict/gather/all-ended.ts';
import { closeEvidence } from '#server/usecases/verdict/gather/close-evidence.ts';
import type { Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { listOpenRuns } from '#server/usecases/verdict/gather/list-open-runs.ts';
import { closedOf, findQueues, readWorkers } from '#server/usecases/verdict/gather/queues-and-workers.ts';
import type { TypeFile } from '#server/usecases/verdict/gather/type-file.ts';
import { findWitnesses, identitiesAtWork, pollingIdentities } from '#server/usecases/verdict/gather/witnesses.ts';

/**
 * Reads all histories. The last type's list has its first page when reading begins, and goes on beside it: listing and reading wait
 * for different parts of the server. Workers come first all the same: those of every queue known by then before the first history,
 * those of a queue that a later page shows before the histories of its runs. Closed runs and schedules are asked for beside the
 * first page.
 */
export async function readWhileListing(gathering: Gathering): Promise<void> {
  const { asked, files, histories } = gathering;
  const listing = startListing(gathering);
  const reading = readListed(gathering, listing).catch((error: unknown) => {
    listing.end();
    throw error;
  });
  await allEnded([listing.whole, reading]);
  await findWitnesses(gathering, pollingIdentities);
  await histories.read(files.flatMap((file) => file.judged(asked.policy)));
  await findWitnesses(gathering, identitiesAtWork);
  await closeEvidence(gathering);
}

interface Listing {
  /** Resolves when every type has its first page or more. */
  readonly begun: Promise<void>;
  readonly whole: Promise<void>;
  readonly isOver: () => boolean;
  readonly hasFailed: () => boolean;
  /** Resolves with the next page, or with the end. */
  readonly more: () => Promise<void>;
  /** Ends it after the page that is under way. */
  readonly end: () => void;
}

function startListing(gathering: Gathering): Listing {
  const last = gathering.files.at(-1);
  const begun = Promise.withResolvers<void>();
  let next = Promise.withResolvers<void>();
  let isEnded = false;
  let state: 'under way' | 'over' | 'failed' = 'under way';
  const tellMore = () => {
    next.resolve();
    next = Promise.withResolvers();
  };
  const whole = listOpenRuns(gathering, (file) => {
    if (file === last) begun.resolve();
    tellMore();
    return isEnded;
  }).then(
    () => {
      state = 'over';
    },
    (error: unknown) => {
      state = 'failed';
      throw error;
    },
  );
  const settle = () => {
    begun.resolve();
    tellMore();
  };
  whole.then(settle, settle);
  return {
    begun: begun.promise,
    whole,
    isOver: () => state !== 'under way',
    hasFailed: () => state === 'failed',
    more: () => next.promise,
    end: () => {
      isEnded = true;
    },
  };
}

async function readListed(gathering: Gathering, listing: Listing): Promise<void> {
  const { files, histories, workers } = gathering;
  await allEnded([listing.begun, findQueues(gathering)]);
  if (listing.hasFailed()) return;
  await readWorkers(gathering);
  const listed = () => files.reduce((sum, file) => sum + file.openCount(), 0);
  for (;;) {
    const isLast = listing.isOver();
    const runs = files.flatMap((file) => file.judged('open'));
    await workers.add(files.flatMap((file) => file.queues()));
    await histories.read(runs, { isEnough: listing.hasFailed });
    if (isLast) break;
    if (!listing.isOver() && listed() === runs.length) await listing.more();
  }
  for (const file of files) await lookForClosedAgain(gathering, file);
  await workers.add(files.flatMap((file) => file.queues()));
}

/** Rounds that look for closed runs on unknown queues may have gone to queues that pages of the open runs name. */
async function lookForClosedAgain(gathering: Gathering, file: TypeFile): Promise<void> {
  if (file.areClosedQueuesKnown() || gathering.budget.isOver()) return;
  const found = await closedOf(gathering, file);
  if (found.areQueuesKnown) file.setClosed(found);
}
