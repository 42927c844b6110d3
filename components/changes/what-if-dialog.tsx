'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangeStart } from '#components/changes/change-start.ts';
import { type Draft, draftOf } from '#components/changes/draft-operations.ts';
import { WhatIfForm } from '#components/changes/what-if-form.tsx';
import { WhatIfResult } from '#components/changes/what-if-result.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { whatIfMutation } from '#lib/api/changes/queries.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';

interface WhatIfDialogProps {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly sets: VersionSets;
  /** Begins with the first of the operations; null: changes are not offered. */
  readonly onStart: ((start: ChangeStart) => void) | null;
  readonly onClose: () => void;
}

/** Several operations in a row, seen before any of them is made: choose them, look, then begin with the first. */
export function WhatIfDialog({ namespace, taskQueue, sets, onStart, onClose }: WhatIfDialogProps) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([{ key: 0, operation: draftOf('add-new-default', sets) }]);
  const [reason, setReason] = useState('');
  const trying = useMutation(whatIfMutation(namespace));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Try several changes"
      about="Shows what each of them would do after the ones before it. Nothing is written."
    >
      {trying.data === undefined ? (
        <WhatIfForm
          sets={sets}
          drafts={drafts}
          onDrafts={setDrafts}
          error={trying.error}
          isTrying={trying.isPending}
          onTry={() => trying.mutate({ taskQueue, operations: drafts.map((draft) => draft.operation) })}
        />
      ) : (
        <WhatIfResult
          result={trying.data}
          total={drafts.length}
          reason={reason}
          onReason={setReason}
          onStart={onStart}
          onBack={() => trying.reset()}
        />
      )}
    </Dialog>
  );
}
