// Drives a browser to code-server: lets the suite run inside its extension host, or takes the pictures of the docs.
//
//   node drive.js ADDRESS FOLDER REPORT PICTURES      the suite's report goes to the output; then looks at the screen
//   node drive.js --pictures ADDRESS FOLDER PICTURES

import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { takePictures } from './pictures';

// How long the whole suite may take, and anything that must come on the screen, in milliseconds.
const SUITE = 480_000;
const PATIENCE = 30_000;

async function main(): Promise<number> {
  const [first, ...rest] = process.argv.slice(2) as [string, ...string[]];
  const browser = await launch();
  try {
    if (first === '--pictures') {
      const [address, folder, pictures] = rest as [string, string, string];
      await takePictures(await open(browser, address, folder, 'sample.txt'), pictures);
      return 0;
    }
    const [folder, report, pictures] = rest as [string, string, string];
    return await test(browser, first, folder, report, pictures);
  } finally {
    await browser.close();
  }
}

function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  return chromium.launch({ executablePath, chromiumSandbox: false, args: [...args, '--disable-component-update'] });
}

// A window of VS Code on a folder, with one of its files.
async function open(browser: Browser, address: string, folder: string, file: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1120, height: 680 } });
  page.setDefaultTimeout(PATIENCE);
  const { host } = new URL(address);
  const payload = JSON.stringify([['openFile', `vscode-remote://${host}${path.posix.join(folder, file)}`]]);
  await page.goto(`${address}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`);
  await page.locator('.monaco-workbench').waitFor();
  return page;
}

async function test(browser: Browser, address: string, folder: string, report: string, pictures: string): Promise<number> {
  const page = await open(browser, address, folder, 'tehran-summit.txt');
  try {
    const passed = await follow(report);
    await look(page);
    return passed ? 0 : 1;
  } finally {
    await page.screenshot({ path: path.join(pictures, 'tests.png') });
  }
}

// Repeats the suite's report line by line, until its end.
async function follow(report: string): Promise<boolean> {
  const end = Date.now() + SUITE;
  let told = 0;
  while (Date.now() < end) {
    const text = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
    process.stdout.write(text.slice(told).replace(/^end: .*\n/m, ''));
    told = text.length;
    const [, verdict] = /^end: (passed|failed)$/m.exec(text) ?? [];
    if (verdict) {
      return verdict === 'passed';
    }
    await new Promise((resume) => setTimeout(resume, 200));
  }
  console.log(`FAILED: the suite did not end within ${SUITE / 1000} s`);
  return false;
}

// What only the screen shows. The suite has left the draft open, and it has findings.
async function look(page: Page): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+Home');
  await page.locator('.squiggly-warning').first().waitFor();
  await page.getByText('‹Raisi›').first().waitFor();
  const status = page.locator('[id="copydesk.copydesk.copydesk.status"]');
  await status.getByText(/Copydesk: [1-9]/).waitFor();
  await page.getByRole('tab', { name: /^Copydesk/ }).first().click();
  const view = page.getByRole('tree', { name: /Sources/ });
  await view.getByText('Ebrahim Raisi').waitFor();
  await view.getByText('Iranian President').first().waitFor();
  console.log('ok the screen shows squiggles, hints, the status and the Sources view');
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
