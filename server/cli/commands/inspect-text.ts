import type { UnreadableReason } from '#lib/domain/patches/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import type { InspectReport, ReportedPatch } from '#server/usecases/inspect/to-report.ts';

const REASON_WORDS: Readonly<Record<UnreadableReason, string>> = {
  'encrypted-or-encoded': 'encrypted, or in an encoding that is not plain JSON',
  'not-json': 'its payload is not valid JSON',
  'details-missing': 'its details are not those of a patch marker',
  'id-missing': 'it names no patch',
  'deprecated-missing': 'it does not say whether the patch was deprecated',
  'version-missing': 'it names no whole-number version',
};

/** A report for people, ending with a newline. Names from the file can hide or reorder nothing. */
export function inspectText(report: InspectReport): string {
  const { sdk } = report;
  const lines = [
    escapeText(report.file),
    row('workflow', `${named(report.workflowId)}  run ${named(report.runId)}  ${report.closed ? 'closed' : 'open'}`),
    row('type', named(report.workflowType)),
    row('SDK', `${named(sdk.name)}${sdk.version === null ? '' : ` ${escapeText(sdk.version)}`}`),
    row('builds', listed(report.builds)),
    row('patches', report.patches.length === 0 ? 'none recorded' : ''),
    ...report.patches.map((patch) => `    ${patchText(patch)}`),
    row('labels', listed(report.labels)),
    ...report.unreadable.map(({ eventId, reason }) => row('unreadable', `event ${eventId}: ${REASON_WORDS[reason]}`)),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(10)} ${text}`;
}

function named(text: string | null): string {
  return text === null ? '(not in the file)' : escapeText(text);
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.map(escapeText).join(', ');
}

function patchText({ kind, id, deprecated, version, eventId, buildId }: ReportedPatch): string {
  const said = kind === 'core' ? (deprecated === true ? 'deprecate_patch' : 'patched') : `version ${version}`;
  return `${escapeText(id)}  ${said}  event ${eventId}  build ${buildId === null ? 'not sent' : escapeText(buildId)}`;
}
