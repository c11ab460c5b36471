// The pictures of the documentation, taken of the sample draft. Whoever takes them anew looks at them.

import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const MEDIA = 'editors/vscode/media';

export async function takePictures(page: Page, root: string): Promise<void> {
  const take = async (name: string) => {
    await settle(page);
    await page.screenshot({ path: path.join(root, name) });
  };
  await page.locator('.squiggly-warning').first().waitFor();
  await run(page, 'Copydesk: Focus on Sources View');
  await page.getByRole('tree', { name: /Sources/ }).getByText('Tamsin Holt').waitFor();
  await take(`${MEDIA}/sources.png`);

  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Problems: Focus on Problems View');
  await page.getByText('Full stop inside the attribution').first().waitFor();
  await take(`${MEDIA}/findings.png`);
  await run(page, 'View: Hide Panel');

  await goTo(page, 7, 'the Wexmouth Echo');
  await page.keyboard.press('Control+.');
  await page.getByText('Delete the full stop').waitFor();
  await take(`${MEDIA}/fix.png`);
  await page.keyboard.press('Escape');

  await goTo(page, 3, 'she added');
  await run(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:visible').first().waitFor();
  await take(`${MEDIA}/hover.png`);
  await page.keyboard.press('Escape');
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await goTo(page, 11, 'he said');
  await run(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:visible').first().waitFor();
  await take('docs/vscode.png');
  await page.keyboard.press('Escape');
  await run(page, 'View: Toggle Primary Side Bar Visibility');

  await run(page, 'Preferences: Open Settings (UI)');
  await page.getByRole('treeitem', { name: /Commonly Used/ }).first().waitFor();
  await page.keyboard.type('@ext:copydesk.copydesk');
  await page.getByText('Known-people').first().waitFor();
  await take(`${MEDIA}/settings.png`);
}

// A command by its name in the palette.
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.fill(`>${command}`);
  const first: Locator = page.locator('.quick-input-list .monaco-list-row').first();
  await first.getByText(command.split(': ').at(-1) as string).first().waitFor();
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

// Puts the cursor into the first occurrence of some words, by the search of the editor.
async function goTo(page: Page, line: number, words: string): Promise<void> {
  await run(page, 'View: Focus Active Editor Group');
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input').first().fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+f');
  await page.locator('.find-widget textarea').first().fill(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
}

// What has just come may still be moving.
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(1500);
}
