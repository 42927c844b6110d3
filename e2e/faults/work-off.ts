import { randomInt } from 'node:crypto';

/** Does each job by the hand that is free next. A job that gives null is done again, a few times: it missed what it was for. */
export async function workOff<Hand, T>(
  jobs: readonly ((hand: Hand) => Promise<T | null>)[],
  hands: readonly Hand[],
): Promise<T[]> {
  const left = shuffled(jobs);
  const done: T[] = [];
  await Promise.all(
    hands.map(async (hand) => {
      for (let job = left.pop(); job; job = left.pop()) done.push(await untilDone(job, hand));
    }),
  );
  return done;
}

const TRIES_MAX = 5;

async function untilDone<Hand, T>(job: (hand: Hand) => Promise<T | null>, hand: Hand): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const result = await job(hand);
    if (result !== null) return result;
  }
  throw new Error(`a fault missed its change ${TRIES_MAX} times`);
}

export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    const [a, b] = [mixed[index], mixed[other]];
    if (a === undefined || b === undefined) continue;
    mixed[index] = b;
    mixed[other] = a;
  }
  return mixed;
}
