/** Driving the workbench as a person does: keys, the palette, clicks. Nothing here waits by the clock. */
import type { Page } from 'playwright-core';

/** Runs a command from the palette, by its full title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list').getByText(title, { exact: true }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Opens a file by name, with the keyboard in its editor and the cursor on a line (counted from 1). */
export async function openFile(page: Page, name: string, line = 1): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input[type=text]').fill(`${name}:${line}`);
  await page.locator('.quick-input-list').getByText(name.split('/').at(-1)!).first().waitFor();
  await page.keyboard.press('Enter');
  await page
    .locator('.statusbar-item')
    .getByText(new RegExp(`^Ln ${line}, Col`))
    .waitFor();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Shows Switchyard's container, with both views. */
export async function openViews(page: Page): Promise<void> {
  await page
    .locator('.activitybar')
    .getByRole('tab', { name: /^Switchyard/ })
    .click();
  await pane(page, 'This Change').waitFor();
}

/** A view of the side bar by its title. */
export function pane(page: Page, title: string) {
  return page.locator('.split-view-view', { has: page.locator('.pane-header', { hasText: title }) }).last();
}

/** Drags the edge of the side bar, so that rows are read in full. */
export async function widenSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('there is no side bar');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 5 });
  await page.mouse.up();
}

/** Polls until a condition holds, at most 20 s. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`after 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ticks rows of the list that is shown, by their exact text, and goes on. */
export async function pickFromList(page: Page, ...labels: string[]): Promise<void> {
  for (const label of labels) await page.locator('.quick-input-list').getByText(label, { exact: true }).first().click();
  await page.locator('.quick-input-widget').getByText(`${labels.length} Selected`).waitFor();
  await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
}
