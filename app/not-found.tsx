import { EmptyState } from '#components/ui/empty-state.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import { PageLink } from '#components/ui/page-link.tsx';

export const metadata = { title: 'No such page' };

/** An address that Patchboard does not have. Unknown queues and patches do not come here: their pages say so themselves. */
export default function NotFound() {
  return (
    <PageFrame
      title="No such page"
      opening={
        <EmptyState
          title="No page has this address."
          actions={
            <PageLink look="bare" href="/queues" className={buttonClass('primary')}>
              Go to the queues
            </PageLink>
          }
        >
          Names of namespaces, queues and patches stand in the query string, e.g.
          /queue?namespace=default&amp;name=orders.
        </EmptyState>
      }
    />
  );
}
