import { openApiDocument } from '#server/http/openapi.ts';
import { PATCHBOARD_VERSION } from '#server/config/version.ts';
import { jsonResponse } from '#server/http/responses.ts';

/** Public and constant: it describes shapes, never data. */
export function GET(): Response {
  return jsonResponse(openApiDocument(PATCHBOARD_VERSION), 200, 'openapi');
}
