import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AnswerSubject, answerKey, subjectOf } from '#server/usecases/verdict/answer-key.ts';

const question = fc.oneof(
  fc.record({ name: fc.constantFrom('deprecate' as const, 'remove' as const) }),
  fc.record({ name: fc.constantFrom('raise-min' as const, 'drop-call' as const), version: fc.integer() }),
);
const subjects: fc.Arbitrary<AnswerSubject> = fc.record({
  question,
  patchId: fc.string({ unit: 'binary' }),
  workflowType: fc.option(fc.string()),
  policy: fc.constantFrom('open', 'retention'),
  targetBuild: fc.option(fc.string()),
});

it('a key tells its question', () => {
  fc.assert(
    fc.property(subjects, (subject) => {
      expect(subjectOf(answerKey(subject))).toEqual(subject);
    }),
  );
});

it.each(['', '{', '[]', 'null', '["raise-min",null,"p",null,"open",null]', '["ask",null,"p",null,"open",null]'])(
  'what is no key is none: %j',
  (text) => {
    expect(subjectOf(text)).toBeNull();
  },
);
