// copydesk in a real VS Code: a draft is opened as a person opens it, and what VS Code then knows is checked.
// Runs inside the extension host, as an extension beside the one that is tested; tests/editors/vscode/run starts it.

import * as fs from 'node:fs';
import { tests } from './tests';

// How long one test may take, in milliseconds.
const PATIENCE = 60_000;

export function activate(): void {
  const report = process.env['COPYDESK_TEST_REPORT'];
  if (report) {
    void run((line) => fs.appendFileSync(report, `${line}\n`));
  }
}

class Late extends Error {}

async function run(say: (line: string) => void): Promise<void> {
  let failed = 0;
  let passed = 0;
  for (const [name, body] of tests) {
    const start = Date.now();
    try {
      await inTime(body());
      passed += 1;
      say(`ok ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      say(`FAILED ${name}\n${error instanceof Error ? error.stack : String(error)}`);
      // Its remains would be in the way of all that follow.
      if (error instanceof Late) {
        break;
      }
    }
  }
  say(`vscode: ${passed} passed, ${failed} failed, ${tests.length - passed - failed} not run`);
  say(failed ? 'end: failed' : 'end: passed');
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`not done in ${PATIENCE / 1000} s`)), PATIENCE);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
