/** At most this many pages of 1,000 are joined: what a browser's table can still filter at once. */
const MAX_PAGES = 10;

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Joins the pages of a list. The result is the last page's frame with all items; its `nextCursor` is null when nothing was left out. */
export async function fetchAllPages<Item, List extends Page<Item>>(
  fetchPage: (cursor: string | undefined) => Promise<List & Page<Item>>,
): Promise<List> {
  let page = await fetchPage(undefined);
  const items = [...page.items];
  for (let count = 1; page.nextCursor !== null && count < MAX_PAGES; count += 1) {
    page = await fetchPage(page.nextCursor);
    items.push(...page.items);
  }
  return { ...page, items };
}
