/** Open runs that carried a patch in one hour, all workflow types together. */
export interface CarriedHour {
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  readonly isCarried: boolean;
}

/** Without a carrier for this long a patch counts as gone; from the first to the last hour that says so. */
const GONE_MS = 23 * 3_600_000;

/** A return stays news for a week; the hours of the day before it are needed to see it. */
export const CAME_BACK_WINDOW_MS = 8 * 24 * 3_600_000;

export interface Returns {
  /** Carried again after it had been gone. */
  readonly hasReturned: boolean;
  /** Gone as the last hour has it: a carrier now is a return. */
  readonly isGone: boolean;
}

/** Reads hours, oldest first. An hour that nobody looked at says nothing: the hours beside it must show the gap. */
export function returnsIn(hours: Iterable<CarriedHour>): Returns {
  let hasReturned = false;
  let isGone = false;
  let goneSinceMs: number | null = null;
  for (const { hourMs, isCarried } of hours) {
    if (isCarried) {
      hasReturned ||= isGone;
      isGone = false;
      goneSinceMs = null;
    } else {
      goneSinceMs ??= hourMs;
      isGone = hourMs - goneSinceMs >= GONE_MS;
    }
  }
  return { hasReturned, isGone };
}
