import { Button } from '#components/ui/button.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { Remedy } from '#lib/domain/verdict/remedies.ts';
import { draftWords, isCompleteClaim } from '#lib/format/claim-kind-words.ts';
import { declareCommand } from '#lib/format/declare-words.ts';
import { checkCommand } from '#lib/format/patch-words.ts';

interface RemedyItemProps {
  readonly remedy: Remedy;
  readonly namespace: string;
  readonly patch: PatchRef;
  readonly verdict: Verdict;
  readonly onDeclare: (claim: FactClaim) => void;
  /** Why nothing can be declared here; null: it can. */
  readonly whyNoDeclaring: string | null;
  /** null: it is being asked already, or cannot be. */
  readonly onAsk: (() => void) | null;
}

/** An hour and a million histories: more than any picture that Patchboard was measured with. */
const LARGER_BUDGET = ' --timeout 3600 --max-histories 1000000';

/** One thing to do, with its button or the line to copy. Waiting and stopping workers are said with the reason itself. */
export function RemedyItem(props: RemedyItemProps) {
  const { remedy, namespace, patch, verdict, onDeclare, whyNoDeclaring, onAsk } = props;
  switch (remedy.kind) {
    case 'wait-for-runs':
    case 'stop-workers':
      return null;
    case 'ask':
      return remedy.budget === 'larger' ? (
        <li className="min-w-0">
          <CommandLine text={checkCommand(namespace, patch, verdict.question, verdict.min) + LARGER_BUDGET} />
        </li>
      ) : (
        <li>
          <Button disabled={onAsk === null} onClick={() => onAsk?.()}>
            {verdict.source === 'asked' ? 'Ask again' : 'Ask'}
          </Button>
        </li>
      );
    case 'declare':
      return (
        <li className="flex min-w-0 flex-col gap-1">
          <div className="flex min-w-0 flex-wrap items-start justify-between gap-x-4 gap-y-1">
            <span className="min-w-0 flex-1 basis-64 wrap-anywhere">
              Declare that {draftWords(remedy.claim)}
              {isCompleteClaim(remedy.claim) ? '' : ' …'}
            </span>
            <Button
              disabled={whyNoDeclaring !== null}
              {...(whyNoDeclaring === null ? {} : { title: whyNoDeclaring })}
              aria-label={`Declare that ${draftWords(remedy.claim)}`}
              onClick={() => onDeclare(remedy.claim)}
            >
              Declare
            </Button>
          </div>
          {isCompleteClaim(remedy.claim) && remedy.claim.kind !== 'manifest' ? (
            <CommandLine text={declareCommand(namespace, remedy.claim)} />
          ) : null}
        </li>
      );
  }
}
