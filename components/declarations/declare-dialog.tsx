'use client';

import { useState } from 'react';
import { type ClaimDraft, claimOf, draftOf, emptyDraft } from '#components/declarations/claim-draft.ts';
import { ClaimFields } from '#components/declarations/claim-fields.tsx';
import { draftErrors } from '#components/declarations/draft-errors.ts';
import { useDeclare } from '#components/declarations/use-declare.ts';
import { Button } from '#components/ui/button.tsx';
import { useNow } from '#components/ui/clock.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import { Select, TextArea } from '#components/ui/controls.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import { errorWords } from '#lib/api/shared/api-error.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { FactClaim, FactKind } from '#lib/domain/verdict/declared-facts.ts';
import { CLAIM_KIND_WORDS } from '#lib/format/claim-kind-words.ts';
import { claimWords, declareCommand } from '#lib/format/declare-words.ts';

/** As the API takes it (`declareRequestSchema`). */
const NOTE_LIMIT = 2000;

interface DeclareDialogProps {
  readonly namespace: string;
  /** The patch that claims are about; null: only claims that belong to no patch can be made. */
  readonly patch: PatchRef | null;
  /** What to begin with; null: the reader chooses. */
  readonly initial: FactClaim | null;
  /** Asks the question again that the fact may change; null: there is none at hand. */
  readonly onAskAgain: (() => void) | null;
  readonly onClose: () => void;
}

/** Kinds that name no patch. */
const OF_NO_PATCH: readonly FactKind[] = ['ids-name-one-code', 'callback', 'queues', 'identity-confirmed'];
const NO_PATCH: PatchRef = { kind: 'core', id: '' };

/** Declares a fact that Temporal cannot tell: what it means, its fields, and that answers will print it. */
export function DeclareDialog({ namespace, patch, initial, onAskAgain, onClose }: DeclareDialogProps) {
  const declaring = useDeclare(namespace);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isLocked={declaring.isPending}
      title="Declare a fact"
      about="Something that Temporal cannot tell and you know. Answers that rest on it say so, with who declared it and when."
    >
      {declaring.data === undefined ? (
        <DeclareForm namespace={namespace} patch={patch} initial={initial} declaring={declaring} />
      ) : (
        <Declared
          claim={toFactClaim(declaring.data.claim)}
          by={declaring.data.declaredBy}
          onAskAgain={onAskAgain}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface DeclareFormProps extends Pick<DeclareDialogProps, 'namespace' | 'patch' | 'initial'> {
  readonly declaring: ReturnType<typeof useDeclare>;
}

function DeclareForm({ namespace, patch, initial, declaring }: DeclareFormProps) {
  const nowMs = useNow();
  const about = patch ?? NO_PATCH;
  const [draft, setDraft] = useState(() => (initial === null ? emptyDraft(about) : draftOf(initial, about)));
  const [note, setNote] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const errors = draftErrors(draft, nowMs);
  const isNoteTooLong = note.length > NOTE_LIMIT;
  const claim = Object.keys(errors).length === 0 ? claimOf(draft) : null;
  const change = (parts: Partial<ClaimDraft>) => setDraft({ ...draft, ...parts });
  const shownErrors = hasTried ? errors : {};
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setHasTried(true);
        if (claim !== null && !isNoteTooLong && !declaring.isPending) declaring.mutate({ claim, note });
      }}
    >
      <KindField draft={draft} onChange={change} isOfNoPatch={patch === null} error={shownErrors.kind ?? null} />
      <ClaimFields draft={draft} onChange={change} errors={shownErrors} />
      <Field
        label="Note"
        hint="Optional: why you know. It is kept with the fact."
        error={isNoteTooLong ? `At most ${NOTE_LIMIT} characters; these are ${note.length}.` : null}
      >
        <TextArea value={note} onChange={setNote} />
      </Field>
      {claim === null ? null : <ClaimPreview namespace={namespace} claim={toFactClaim(claim)} />}
      <DeclareError error={declaring.error} />
      <Button type="submit" look="primary" className="self-start" isBusy={declaring.isPending}>
        {declaring.isPending ? 'Declaring' : 'Declare'}
      </Button>
    </form>
  );
}

interface KindFieldProps {
  readonly draft: ClaimDraft;
  readonly onChange: (parts: Partial<ClaimDraft>) => void;
  readonly isOfNoPatch: boolean;
  readonly error: string | null;
}

function KindField({ draft, onChange, isOfNoPatch, error }: KindFieldProps) {
  const kinds = FACT_KINDS.filter((kind) => !isOfNoPatch || OF_NO_PATCH.includes(kind));
  return (
    <Field label="What you know" hint={CLAIM_KIND_WORDS[draft.kind].about} error={error}>
      <Select
        value={draft.kind}
        options={kinds.map((kind) => ({ value: kind, label: CLAIM_KIND_WORDS[kind].title }))}
        onChange={(value) => onChange({ kind: kinds.find((kind) => kind === value) ?? draft.kind })}
      />
    </Field>
  );
}

const FACT_KINDS = Object.keys(CLAIM_KIND_WORDS).filter((kind): kind is FactKind => kind in CLAIM_KIND_WORDS);

/** What every answer will print, and the line that declares the same. */
function ClaimPreview({ namespace, claim }: { namespace: string; claim: FactClaim }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 text-sm">
      <p className="wrap-anywhere">
        <span className="text-ink-soft">Answers will say: </span>assuming {claimWords(claim)}.
      </p>
      <p className="text-ink-soft">The same from a terminal:</p>
      <CommandLine text={declareCommand(namespace, claim)} />
    </div>
  );
}

function DeclareError({ error }: { error: Error | null }) {
  if (error === null) return null;
  const { message, hint } = errorWords(error);
  return <FailureNote message={message} hint={hint} />;
}

interface DeclaredProps extends Pick<DeclareDialogProps, 'onAskAgain' | 'onClose'> {
  readonly claim: FactClaim;
  readonly by: string;
}

function Declared({ claim, by, onAskAgain, onClose }: DeclaredProps) {
  return (
    <>
      <output className="block wrap-anywhere">
        <span className="font-semibold">Declared</span> by {by}: {claimWords(claim)}.
      </output>
      <p className="text-ink-soft">
        {onAskAgain === null
          ? 'The next answer uses it.'
          : 'The answer on the page does not know it yet. Ask again once everything is declared.'}
      </p>
      <div className="flex flex-wrap gap-3">
        {onAskAgain === null ? null : (
          <Button
            look="primary"
            onClick={() => {
              onAskAgain();
              onClose();
            }}
          >
            Ask again
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  );
}
