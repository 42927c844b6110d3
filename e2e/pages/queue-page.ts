import type { Locator, Page } from '@playwright/test';
import { pages } from '#lib/routes.ts';

/** The page of one task queue, as its user sees it: lanes, buttons by what they say, history, the dialog of a change. */
export class QueuePage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly history: Locator;
  private readonly address: string;

  constructor(page: Page, url: string, namespace: string, queue: string) {
    this.page = page;
    this.dialog = page.getByRole('dialog');
    this.history = page.getByRole('list', { name: 'History' });
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
  async showPlan(reason = ''): Promise<void> {
    if (reason !== '') await this.dialog.getByLabel('Reason').fill(reason);
    await this.dialog.getByRole('button', { name: 'Show what changes' }).click();
    await this.plan();
  }

  /** Resolves when the plan is shown. */
  async plan(): Promise<void> {
    await this.dialog.getByText('Before', { exact: true }).waitFor();
  }

  /** Where the build ID is typed, if the plan asks for it. */
  confirmField(): Locator {
    return this.dialog.getByLabel(/^Type the build ID/);
  }

  /** The last button, then the outcome. `typed`: the build ID, for a plan that may ask for it: a worker is forgotten after minutes. */
  async applyOnly(button: string, typed: string): Promise<void> {
    const last = this.dialog.getByRole('button', { name: button });
    await last.waitFor();
    if (await this.confirmField().isVisible()) await this.confirmField().fill(typed);
    await last.click();
    await this.stored().waitFor();
  }

  /** The last button and the outcome; closes the dialog again. */
  async apply(button: string, typed: string): Promise<void> {
    await this.applyOnly(button, typed);
    await this.close();
  }

  async close(): Promise<void> {
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
