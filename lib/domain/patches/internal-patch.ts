/** Patches that the TypeScript SDK writes for itself (sdk-typescript `packages/workflow/src/workflow.ts`): nobody can remove them. */
export const INTERNAL_PATCH_IDS: ReadonlySet<string> = new Set([
  '__temporal_internal_connect_external_handle_cancel_to_scope',
  '__sdk_internal_patch_number:1',
]);

export function isInternalPatchId(id: string): boolean {
  return INTERNAL_PATCH_IDS.has(id);
}
