import type { Locator, Page } from '@playwright/test';
import { pages } from '#lib/routes.ts';

/** The page of one task queue, as its user sees it: lanes, buttons by what they say, the dialog of a change. */
export class QueuePage {
  readonly page: Page;
  readonly dialog: Locator;
  private readonly address: string;

  constructor(page: Page, url: string, namespace: string, queue: string) {
    this.page = page;
    this.dialog = page.getByRole('dialog');
    this.address = `${url}${pages.queue(namespace, queue)}`;
  }

  async open(): Promise<void> {
    await this.page.goto(this.address);
    await this.page.getByRole('region', { name: 'Version sets' }).waitFor();
  }

  /** The lane of the set whose default is `buildId`. */
  lane(buildId: string): Locator {
    return this.page
      .getByRole('article')
      .filter({ has: this.page.getByRole('heading', { name: `Set of ${buildId}` }) });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Step one of the dialog, then the plan. */
  async showPlan(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Show what changes' }).click();
    await this.dialog.getByText('Before', { exact: true }).waitFor();
  }

  /** The last button, then the outcome; closes the dialog again. */
  async apply(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button }).click();
    await this.stored().waitFor();
    await this.dialog.getByRole('button', { name: 'Close' }).last().click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  stored(): Locator {
    return this.dialog.getByText('stored', { exact: true });
  }

  takenUp(): Locator {
    return this.dialog.getByText('taken up', { exact: true });
  }
}
