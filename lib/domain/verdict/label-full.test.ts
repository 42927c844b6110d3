import { describe, expect, it } from 'vitest';
import { INTERNAL_PATCH_IDS } from '#lib/domain/patches/internal-patch.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import { mayOverflowLabel, mayOverflowSoon } from '#lib/domain/verdict/label-full.ts';
import { at, coreMarker, PATCH, run, versionMarker } from '#lib/domain/verdict/testing/runs.ts';

const own = coreMarker(PATCH, true, at(0));
const later = coreMarker('later', true, at(1));

const bytesOf = (ids: readonly string[]) => new TextEncoder().encode(JSON.stringify(ids)).length;

/** An id of `letter` such that the JSON list of `ids` and it has just so many bytes. */
function idsFor(bytes: number, ids: readonly string[], letter = 'x'): readonly string[] {
  const width = bytesOf([letter]) - bytesOf(['']);
  const rest = bytes - bytesOf([...ids, '']);
  return [letter.repeat(Math.floor(rest / width)) + 'y'.repeat(rest % width)];
}

function mayOverflow(
  markers: readonly PatchMarker[],
  known: readonly string[],
  sdkName: string | null = 'temporal-python',
) {
  const { facts } = run('a', { markers, sdkName });
  return facts !== null && mayOverflowLabel(facts, PATCH, known);
}

describe('mayOverflowLabel', () => {
  it.each(['x', 'é', '漢', '😀', '"', '\n'])('counts bytes of the JSON list: ids of %j', (letter) => {
    const known = (bytes: number) => idsFor(bytes, [PATCH, 'later'], letter);
    expect(mayOverflow([own, later], known(2_047))).toBe(false);
    expect(mayOverflow([own, later], known(2_048))).toBe(true);
  });

  it('counts the patch and the run’s own ids whether they are known of the type or not', () => {
    const full = idsFor(2_048, [PATCH, 'later']);
    expect(mayOverflow([own, later], full)).toBe(true);
    expect(mayOverflow([own, later], [PATCH, 'later', ...full, ...full])).toBe(true);
    const withoutLater = idsFor(2_048, [PATCH]);
    expect(mayOverflow([own, later], withoutLater)).toBe(true);
    const justBelow = idsFor(2_047, [PATCH, 'later']);
    expect(mayOverflow([own, later], [PATCH, 'later', ...justBelow])).toBe(false);
  });

  it('matters only where another patch comes later in the run', () => {
    const full = ['x'.repeat(3_000)];
    const before = coreMarker('before', true, at(0, -1));
    expect(mayOverflow([own], full)).toBe(false);
    expect(mayOverflow([own, before], full)).toBe(false);
    expect(mayOverflow([before, own, later], full)).toBe(true);
    // At the same task, by order of events.
    expect(mayOverflow([own, coreMarker('next', true, at(0, 1))], full)).toBe(true);
    expect(mayOverflow([own, coreMarker(PATCH, true, at(1))], full)).toBe(false);
  });

  it('takes any other patch as later where the run’s own call left no marker', () => {
    expect(mayOverflow([later], ['x'.repeat(3_000)])).toBe(true);
    expect(mayOverflow([], ['x'.repeat(3_000)])).toBe(false);
  });

  it('is of Core alone', () => {
    const full = ['x'.repeat(3_000)];
    expect(mayOverflow([own, versionMarker('later', 1, at(1))], full)).toBe(false);
    expect(mayOverflow([versionMarker(PATCH, 1, at(2)), later], full)).toBe(true);
    expect(mayOverflow([own, later], idsFor(2_047, [PATCH, 'later']))).toBe(false);
  });

  it('counts the SDK’s own patches where it may be TypeScript', () => {
    const known = idsFor(2_048, [PATCH, 'later', ...INTERNAL_PATCH_IDS]);
    expect(mayOverflow([own, later], known, 'temporal-typescript')).toBe(true);
    expect(mayOverflow([own, later], known, null)).toBe(true);
    expect(mayOverflow([own, later], known, 'temporal-python')).toBe(false);
    const below = idsFor(2_047, [PATCH, 'later', ...INTERNAL_PATCH_IDS]);
    expect(mayOverflow([own, later], below, 'temporal-typescript')).toBe(false);
  });
});

describe('mayOverflowSoon', () => {
  const soon = (known: readonly string[], ...sdkNames: readonly (string | null)[]) =>
    mayOverflowSoon(
      sdkNames.map((sdkName, index) => run(`r${index}`, { sdkName })),
      PATCH,
      known,
    );

  it('is a full list of all ids known for the type, in whatever order they are called', () => {
    expect(soon(idsFor(2_048, [PATCH]), 'temporal-python')).toBe(true);
    expect(soon(idsFor(2_047, [PATCH]), 'temporal-python')).toBe(false);
    expect(soon([PATCH, ...idsFor(2_047, [PATCH])], 'temporal-python')).toBe(false);
  });

  it('needs another patch that could come later', () => {
    expect(mayOverflowSoon([], 'x'.repeat(3_000), ['x'.repeat(3_000)])).toBe(false);
    expect(mayOverflowSoon([], 'x'.repeat(3_000), [])).toBe(false);
    expect(mayOverflowSoon([], 'x'.repeat(3_000), ['y'])).toBe(true);
  });

  it('counts the SDK’s own patches where a run may be TypeScript’s', () => {
    const known = idsFor(2_048, [PATCH, ...INTERNAL_PATCH_IDS]);
    expect(soon(known, 'temporal-python')).toBe(false);
    expect(soon(known, 'temporal-python', 'temporal-typescript')).toBe(true);
    expect(soon(known, null)).toBe(true);
    expect(mayOverflowSoon([run('a', { isUnread: true })], PATCH, known)).toBe(true);
    expect(mayOverflowSoon([], PATCH, known)).toBe(false);
  });
});
