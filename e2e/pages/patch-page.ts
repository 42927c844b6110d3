import { expect, type Locator, type Page } from '@playwright/test';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { pages } from '#lib/routes.ts';

/** Evidence is gathered in seconds on a machine that does little else. */
const ANSWER_LIMIT_MS = 60_000;

/** The page of one patch, as its user sees it: the sentence, what stands in the way, what would change it, the facts. */
export class PatchPage {
  readonly page: Page;
  readonly dialog: Locator;
  /** The answer in words. */
  readonly sentence: Locator;
  private readonly address: string;

  constructor(page: Page, url: string, namespace: string, patch: PatchRef) {
    this.page = page;
    this.dialog = page.getByRole('dialog');
    this.sentence = page.locator('main header').first();
    this.address = `${url}${pages.patch(namespace, patch)}`;
  }

  async open(): Promise<void> {
    await this.page.goto(this.address);
    await this.page.getByRole('list', { name: 'Life of the patch' }).waitFor();
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Resolves when the answer that the page shows was asked, and says these words. */
  async expectAnswer(words: string, timeout = ANSWER_LIMIT_MS): Promise<void> {
    await expect(this.askAgain()).toBeEnabled({ timeout });
    await expect(this.sentence).toContainText(words, { timeout });
    await expect(this.sentence).toContainText('for open runs');
  }

  async ask(): Promise<void> {
    await this.askAgain().click();
  }

  /** The button beside the sentence; others of the name stand with what would change the answer. */
  askAgain(): Locator {
    return this.button('Ask again').first();
  }

  /** The dialog's last button, then its report; the page behind stays as it was. */
  async declare(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Declare' }).click();
    await this.dialog.getByText('Declared', { exact: true }).waitFor();
    await this.dialog.getByRole('button', { name: 'Close' }).last().click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  facts(): Locator {
    return this.page.getByRole('list', { name: 'Declared facts' }).getByRole('listitem');
  }
}
