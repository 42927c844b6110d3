/** How often pages ask again. The picture behind lists advances in seconds to minutes; one queue is read live. */
export const POLL_MS = { list: 10_000, detail: 5_000, status: 10_000, settling: 1_000 } as const;

/** Data younger than this is not asked for again when a second component needs it. */
export const FRESH_MS = 2_000;
