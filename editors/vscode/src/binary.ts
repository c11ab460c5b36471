// Where the binary of copydesk is.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export type Binary = { path: string } | { problem: string };

const NAME = process.platform === 'win32' ? 'copydesk.exe' : 'copydesk';

// Looks in the environment, then in the setting `copydesk.path`, then in the extension itself. Where a person has named
// a binary no other is taken: they would not learn that theirs is not the one that runs.
export function findBinary(extension: string, setting: string): Binary {
  const override = process.env['COPYDESK_BINARY'];
  if (override) {
    return isProgram(override) ? { path: override } : { problem: `COPYDESK_BINARY names no program: ${override}` };
  }
  const wanted = setting.trim();
  if (wanted) {
    const found = resolve(wanted);
    return found ? { path: found } : { problem: `The setting copydesk.path names no program: ${wanted}` };
  }
  const bundled = path.join(extension, 'bin', NAME);
  if (isProgram(bundled)) {
    return { path: bundled };
  }
  return { problem: `This copy of the extension holds no binary for ${platform()}. Name yours in the setting copydesk.path.` };
}

// A path with or without `~`, or the name of a program on the PATH.
function resolve(wanted: string): string | undefined {
  if (/^~(?=$|[\\/])/.test(wanted)) {
    wanted = os.homedir() + wanted.slice(1);
  }
  if (path.isAbsolute(wanted)) {
    return isProgram(wanted) ? wanted : undefined;
  }
  if (/[\\/]/.test(wanted)) {
    return undefined;
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const names = process.platform === 'win32' ? [wanted, `${wanted}.exe`] : [wanted];
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function platform(): string {
  return `${process.platform}-${process.arch}`;
}
