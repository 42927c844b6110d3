import type { ChangedSince } from '#lib/domain/change-plan/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';

/** Why a change can be undone no more: what stands there now. */
export function changedSinceWords({ what, was, became, is }: ChangedSince): string {
  const [former, made] = [escapeText(was), escapeText(became)];
  if (what === 'sets-merged') return `Cannot be undone: the sets of ${former} and ${made} have been merged since.`;
  const isGone = what === 'queue-default' ? is === became : is === null;
  if (isGone) return `Cannot be undone: ${former} is in no set any more.`;
  const now = is === null ? 'no build' : escapeText(is);
  return what === 'queue-default'
    ? `Cannot be undone: it gave new runs to ${made} instead of ${former}, and by now they go to ${now}.`
    : `Cannot be undone: it made ${made} the set’s default instead of ${former}, and by now it is ${now}.`;
}
