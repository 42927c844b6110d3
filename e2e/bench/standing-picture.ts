import { waitFor } from '#e2e/harness/wait.ts';
import type { Picture } from '#lib/api/shared/schemas.ts';
import { statusSchema } from '#lib/api/status/schemas.ts';
import { api } from '#lib/routes.ts';

/** Ten thousand histories at a thousand a second, on a machine that is busy with other things. */
const STANDS_WITHIN_MS = 180_000;
/** Histories that do not get more for so long go no further. */
const STUCK_AFTER_MS = 15_000;

/** Waits until every open run is listed, and its history read as far as histories can be. */
export async function untilPictureStands(url: string, namespace: string, openRuns: number): Promise<Picture> {
  let best = -1;
  let bestAt = performance.now();
  return waitFor(
    async () => {
      const { picture } = await readStatus(url, namespace);
      if (picture.historiesRead > best) {
        best = picture.historiesRead;
        bestAt = performance.now();
      }
      const isListed = picture.isListComplete && picture.runsListed === openRuns;
      const isRead = picture.historiesRead === openRuns || performance.now() - bestAt > STUCK_AFTER_MS;
      return isListed && isRead ? picture : undefined;
    },
    { what: `a picture of ${openRuns} open runs`, timeoutMs: STANDS_WITHIN_MS },
  );
}

/** The first answer that a page asks for. Throws while there is none. */
export async function readStatus(url: string, namespace: string) {
  const response = await fetch(`${url}${api.status(namespace)}`);
  if (!response.ok) throw new Error(`the status answered ${response.status}: ${await response.text()}`);
  return statusSchema.parse(await response.json());
}
