import type { Locator, Page } from '@playwright/test';
import { pages } from '#lib/routes.ts';

/** The page of one run, as its user sees it: the sentence, the patches, the entries of the timeline. */
export class RunPage {
  readonly page: Page;
  readonly main: Locator;
  private readonly address: string;

  /** @param runId empty: the newest run of the workflow id */
  constructor(page: Page, url: string, namespace: string, workflowId: string, runId = '') {
    this.page = page;
    this.main = page.getByRole('main');
    this.address = `${url}${pages.run(namespace, workflowId, runId)}`;
  }

  async open(): Promise<void> {
    await this.page.goto(this.address);
    await this.timeline().waitFor();
  }

  timeline(): Locator {
    return this.main.getByRole('table', { name: 'History through the version lens' });
  }

  /** The row of the timeline that holds the words; a card where it is narrow. */
  entry(words: string | RegExp): Locator {
    return this.timeline().getByRole('row').filter({ hasText: words });
  }

  patches(): Locator {
    return this.main.getByRole('list', { name: 'Recorded patches' });
  }

  filter(): Locator {
    return this.main.getByRole('searchbox', { name: /^Filter/ });
  }
}
