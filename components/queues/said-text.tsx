import { classNames } from '#components/ui/class-names.ts';
import { MEANINGS } from '#components/ui/meaning.ts';
import { PhraseText } from '#components/ui/phrase.tsx';
import type { Said } from '#lib/format/queue-words.ts';

/** One plain sentence in a lane; with its icon when something waits. */
export function SaidText({ said }: { said: Said }) {
  const { icon: Icon, text, word } = MEANINGS.attention;
  return (
    <p className={classNames('flex items-start gap-1 text-sm', said.needsAttention ? text : 'text-ink-soft')}>
      {said.needsAttention ? (
        <>
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="sr-only">{word}: </span>
        </>
      ) : null}
      <span>
        <PhraseText phrase={said.phrase} />
      </span>
    </p>
  );
}
