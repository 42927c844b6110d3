import type { PlanNote, PlanNoteCode } from '#lib/domain/change-plan/types.ts';

export function planNote(code: PlanNoteCode, buildId: string | null, count: number | null = null): PlanNote {
  return { code, buildId, count };
}
