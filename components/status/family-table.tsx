import { Badge, Tag } from '#components/ui/badge.tsx';
import { Identifier } from '#components/ui/identifier.tsx';
import { RowList } from '#components/ui/row-list.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Status } from '#lib/api/status/schemas.ts';

type Families = Status['families'];

const NAMES: Readonly<Record<keyof Families, string>> = {
  versionSets: 'Version sets',
  rules: 'Versioning rules',
  deployments: 'Worker deployments',
};

const ORDER = ['versionSets', 'rules', 'deployments'] as const;

/** The API families of this namespace, found by calling each, and the exact setting that turns one on. */
export function FamilyTable({ families }: { families: Families }) {
  return (
    <Section title="API families" about="Found by calling each once. Settings are the server’s dynamic configuration.">
      <RowList label="API families">
        {ORDER.map((name) => (
          <li key={name} className="row flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1">
            <span className="w-44 font-medium">{NAMES[name]}</span>
            <span className="w-24">
              <FamilyState state={families[name].state} />
            </span>
            <span className="min-w-0">
              <Identifier text={families[name].setting} />
            </span>
          </li>
        ))}
      </RowList>
    </Section>
  );
}

function FamilyState({ state }: Pick<Families['versionSets'], 'state'>) {
  switch (state) {
    case 'on':
      return <Tag>on</Tag>;
    case 'off':
      return <Badge meaning="attention">off</Badge>;
    case 'unknown':
      return <Badge meaning="unknown">not known</Badge>;
  }
}
