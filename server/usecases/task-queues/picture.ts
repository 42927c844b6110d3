import type { Picture } from '#lib/api/shared/schemas.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** Age and completeness of a picture, as every answer that draws on it carries them. */
export function pictureOf(snapshot: CensusSnapshot): Picture {
  return {
    from: snapshot.fromMs === null ? null : timestampOf(snapshot.fromMs),
    to: snapshot.toMs === null ? null : timestampOf(snapshot.toMs),
    runsListed: snapshot.runs.length,
    historiesRead: snapshot.historiesRead,
    isListComplete: snapshot.isListComplete,
    trouble: snapshot.trouble,
  };
}
