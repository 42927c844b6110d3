import type { Meaning } from '#components/ui/meaning.ts';
import type { Change } from '#lib/api/changes/schemas.ts';
import type { Phrase } from '#lib/format/phrase.ts';

export interface Fact {
  readonly name: string;
  readonly meaning: Meaning;
  readonly word: string;
  readonly phrase: Phrase;
}

/** Whether Temporal holds the planned sets, as read back after the write. */
export function storedFact({ stored, outcome }: Pick<Change, 'stored' | 'outcome'>): Fact {
  const name = 'Stored';
  if (stored.is === true) {
    return { name, meaning: 'safe', word: 'stored', phrase: ['Read back from Temporal: the sets are as planned.'] };
  }
  if (stored.is === false) {
    return { name, meaning: 'blocked', word: 'not stored', phrase: ['Temporal does not hold the planned sets.'] };
  }
  if (outcome === null) {
    return { name, meaning: 'unknown', word: 'settling', phrase: ['The write is read back until it is clear.'] };
  }
  return {
    name,
    meaning: 'unknown',
    word: 'unconfirmed',
    phrase: ['Look at the sets of the queue before you try again.'],
  };
}

/** Whether a worker of the affected default has polled since the write: only then does work really go there. */
export function takenUpFact({ stored, takenUp }: Pick<Change, 'stored' | 'takenUp'>): Fact {
  const name = 'Taken up';
  const build = takenUp.buildId;
  if (build === null)
    return { name, meaning: 'unknown', word: 'not watched', phrase: ['No single build takes this up.'] };
  if (takenUp.is === true) {
    return {
      name,
      meaning: 'safe',
      word: 'taken up',
      phrase: ['A worker with ', { name: build }, ' has polled since.'],
    };
  }
  if (takenUp.is === false) {
    const phrase: Phrase = [
      'No worker with ',
      { name: build },
      ' has polled since. Start one, or look at those that run.',
    ];
    return { name, meaning: 'attention', word: 'not taken up', phrase };
  }
  if (stored.is !== true) {
    return { name, meaning: 'unknown', word: 'not yet', phrase: ['Watched for as soon as the change is stored.'] };
  }
  return {
    name,
    meaning: 'unknown',
    word: 'waiting',
    phrase: ['Waiting for a worker with ', { name: build }, ' to poll. This takes up to about 90 s.'],
  };
}
