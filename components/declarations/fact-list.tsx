'use client';

import { useState } from 'react';
import { factSentence } from '#components/declarations/fact-sentence.ts';
import { WithdrawDialog } from '#components/declarations/withdraw-dialog.tsx';
import { Badge, Tag } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { contradictionWords } from '#lib/format/claim-kind-words.ts';

interface FactListProps {
  readonly namespace: string;
  readonly label: string;
  readonly facts: readonly Declaration[];
  /** Facts that the answer at hand rests on. */
  readonly assumed?: readonly Declaration[];
  readonly contradictions?: Verdict['contradictions'];
  /** Why nothing can be withdrawn here; null: it can. */
  readonly whyNot: string | null;
}

/** Declared facts, each with who said it and when, what speaks against it, and a button that withdraws it. */
export function FactList({ namespace, label, facts, assumed = [], contradictions = [], whyNot }: FactListProps) {
  const [leaving, setLeaving] = useState<Declaration | null>(null);
  const assumedIds = new Set(assumed.map(({ id }) => id));
  return (
    <>
      <RowList label={label}>
        {facts.map((fact) => (
          <FactRow
            key={fact.id}
            fact={fact}
            isAssumed={assumedIds.has(fact.id)}
            against={contradictions.filter((entry) => entry.fact.id === fact.id).map(contradictionWords)}
            whyNot={whyNot}
            onWithdraw={() => setLeaving(fact)}
          />
        ))}
      </RowList>
      {leaving === null ? null : (
        <WithdrawDialog namespace={namespace} fact={leaving} onClose={() => setLeaving(null)} />
      )}
    </>
  );
}

interface FactRowProps {
  readonly fact: Declaration;
  readonly isAssumed: boolean;
  readonly against: readonly string[];
  readonly whyNot: string | null;
  readonly onWithdraw: () => void;
}

function FactRow({ fact, isAssumed, against, whyNot, onWithdraw }: FactRowProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-3 py-2">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
        <p className="wrap-anywhere">
          {factSentence(fact)} {isAssumed ? <Tag>this answer rests on it</Tag> : null}
        </p>
        <p className="text-sm wrap-anywhere text-ink-soft">
          {fact.isConfigured ? (
            'Stands in Patchboard’s configuration.'
          ) : (
            <>
              {escapeText(fact.declaredBy)}, <Time iso={fact.declaredAt} />
            </>
          )}
          {fact.note === '' ? null : ` “${escapeText(fact.note)}”`}
        </p>
        {against.map((why) => (
          <p key={why} className="flex flex-wrap items-baseline gap-2 text-sm wrap-anywhere">
            <Badge meaning="attention">contradicted</Badge>
            <span className="min-w-0">Not used: {why}.</span>
          </p>
        ))}
      </div>
      {fact.isConfigured ? null : (
        <Button
          disabled={whyNot !== null}
          {...(whyNot === null ? {} : { title: whyNot })}
          aria-label={`Withdraw: ${factSentence(fact)}`}
          onClick={onWithdraw}
        >
          Withdraw
        </Button>
      )}
    </li>
  );
}
