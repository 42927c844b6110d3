import { describe, expect, it } from 'vitest';
import { isAskable, openRuns, openRunsLabelled, openRunsWithLabels } from '#server/usecases/verdict/queries.ts';

describe('queries', () => {
  it('ask for open runs of every status', () => {
    expect(openRuns(null)).toBe('CloseTime IS NULL');
    expect(openRunsWithLabels(null)).toBe('TemporalChangeVersion IS NOT NULL AND CloseTime IS NULL');
  });

  it('keep names inside their quotes', () => {
    expect(openRunsLabelled("x' OR '1'='1", "it's")).toBe(
      "TemporalChangeVersion = 'x'' OR ''1''=''1' AND WorkflowType = 'it''s' AND CloseTime IS NULL",
    );
  });

  it('do not trust the server with names that it escapes for its store', () => {
    for (const name of ['a"b', 'a\\b', 'a\nb', 'a\tb', 'a\u0000b']) expect(isAskable(name)).toBe(false);
    for (const name of ["it's", 'a%b', 'with space', 'ümlaut', 'a\u202Eb']) expect(isAskable(name)).toBe(true);
  });
});
