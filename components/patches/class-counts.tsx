import { Badge } from '#components/ui/badge.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { RunClass } from '#lib/domain/verdict/types.ts';
import { CLASS_MEANING_WORDS, CLASS_WORDS, classMeaning } from '#lib/format/class-words.ts';
import { formatCount } from '#lib/format/count.ts';

/** The runs that were considered, by what they are to the question; only classes that have any. */
export function ClassCounts({ verdict }: { verdict: Verdict }) {
  const { classes, question, isStoppedAtBlocker, evidence } = verdict;
  const found = CLASS_NAMES.filter((name) => classes[name] > 0);
  const noun = evidence.policy === 'open' ? 'open run' : 'run';
  return (
    <Section
      title="What the runs are to this question"
      {...(isStoppedAtBlocker ? { about: 'Reading ended at the first blocker: counts are at least these.' } : {})}
    >
      {found.length === 0 ? (
        <p className="rounded-md border border-line bg-surface p-3 text-ink-soft">
          No {noun} of a workflow type that uses the patch.
        </p>
      ) : (
        <RowList label="Runs by class">
          {found.map((name) => {
            const meaning = classMeaning(name, question);
            return (
              <li
                key={name}
                className="row grid items-center gap-x-4 gap-y-0 px-3 py-1 sm:grid-cols-[6.5rem_8rem_minmax(0,1fr)]"
              >
                <span>
                  <Badge meaning={meaning}>{CLASS_MEANING_WORDS[meaning]}</Badge>
                </span>
                <span className="font-medium">
                  {isStoppedAtBlocker ? 'at least ' : ''}
                  {formatCount(classes[name], noun)}
                </span>
                <span className="min-w-0">
                  {CLASS_WORDS[name].title}
                  <span className="text-ink-soft">. {CLASS_WORDS[name].sentence}</span>
                </span>
              </li>
            );
          })}
        </RowList>
      )}
    </Section>
  );
}

const CLASS_NAMES = Object.keys(CLASS_WORDS).filter((name): name is RunClass => name in CLASS_WORDS);
