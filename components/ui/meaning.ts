import { CircleHelp, CircleCheck, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';

/** The four things that colour says. Each comes with its icon and a word, everywhere the same. */
export type Meaning = 'safe' | 'blocked' | 'unknown' | 'attention';

interface MeaningLook {
  readonly icon: LucideIcon;
  /** The word when the place gives no better one. */
  readonly word: string;
  readonly text: string;
  readonly box: string;
}

export const MEANINGS: Readonly<Record<Meaning, MeaningLook>> = {
  safe: { icon: CircleCheck, word: 'safe', text: 'text-safe', box: 'bg-safe-ground border-safe-line text-safe' },
  blocked: {
    icon: OctagonX,
    word: 'blocked',
    text: 'text-blocked',
    box: 'bg-blocked-ground border-blocked-line text-blocked',
  },
  unknown: {
    icon: CircleHelp,
    word: 'unknown',
    text: 'text-unknown',
    box: 'bg-unknown-ground border-unknown-line text-unknown',
  },
  attention: {
    icon: TriangleAlert,
    word: 'attention',
    text: 'text-attention',
    box: 'bg-attention-ground border-attention-line text-attention',
  },
};
