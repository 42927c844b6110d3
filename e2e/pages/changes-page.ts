import type { Locator, Page } from '@playwright/test';
import { pages } from '#lib/routes.ts';

/** The page of changes, as its user sees it: the sentence, the table, one item in a dialog. */
export class ChangesPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly sentence: Locator;
  private readonly url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    this.dialog = page.getByRole('dialog');
    this.sentence = page.locator('main header').first();
  }

  async open(view: { readonly queue?: string; readonly id?: string } = {}): Promise<void> {
    await this.page.goto(`${this.url}${pages.changes('default', view)}`);
    await this.page.getByRole('table', { name: 'Changes' }).waitFor();
  }

  /** The row whose text holds these words; a card where it is narrow. */
  row(words: string | RegExp): Locator {
    return this.page.getByRole('table', { name: 'Changes' }).getByRole('row').filter({ hasText: words });
  }

  /** Opens one item by its heading. */
  link(name: string | RegExp): Locator {
    return this.page.getByRole('table', { name: 'Changes' }).getByRole('link', { name });
  }
}
