// What the tests do and see in VS Code. Nothing is slept for: each check waits for its condition.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Copydesk } from '../../../../editors/vscode/src/extension';

// How long anything that must come is waited for, in milliseconds.
const PATIENCE = 30_000;

// The folder that is open; the driver fills it.
export const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? assert.fail('no folder is open');

export function write(name: string, text: string): string {
  const file = path.join(folder(), name);
  fs.writeFileSync(file, text);
  return file;
}

export async function wait<T>(what: string | (() => string), get: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await get();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

// Waits until something is as expected; what it was at last is shown where it never is.
export async function becomes<T>(what: string, expected: T, get: () => T | Promise<T>): Promise<void> {
  let last: T | undefined;
  await wait(
    () => `${what}\n--- expected\n${JSON.stringify(expected, null, 2)}\n--- actual\n${JSON.stringify(last, null, 2)}`,
    async () => {
      last = await get();
      try {
        assert.deepEqual(last, expected);
        return true;
      } catch {
        return false;
      }
    },
  );
}

export async function copydesk(): Promise<Copydesk> {
  const extension = vscode.extensions.getExtension<Copydesk>('copydesk.copydesk') ?? assert.fail('not installed');
  return extension.activate();
}

export async function running(): Promise<Copydesk> {
  const own = await copydesk();
  await wait(() => `the server to run; it is ${own.server.condition}: ${own.server.problem}`, () => own.server.running !== undefined);
  return own;
}

// Shows a file as it is on disk, whatever the test before has typed into it. Nothing is closed: VS Code would ask what to
// do with drafts that have no file.
export async function open(name: string): Promise<vscode.TextEditor> {
  await running();
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(folder(), name)));
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  if (document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await wait(`${name} to be as on disk`, () => !document.isDirty);
  }
  return editor;
}

export async function openUntitled(language: string, content: string): Promise<vscode.TextEditor> {
  await running();
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

export async function edit(editor: vscode.TextEditor, change: (edit: vscode.WorkspaceEdit, uri: vscode.Uri) => void): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  change(edit, editor.document.uri);
  assert.ok(await vscode.workspace.applyEdit(edit), 'the edit was refused');
}

export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((finding) => finding.source === 'copydesk');
}

export function finding(document: vscode.TextDocument, rule: string): vscode.Diagnostic | undefined {
  return findings(document).find((finding) => finding.code === rule);
}

// Findings as "rule severity l0:c0-l1:c1 message", in the order of the alphabet.
export function described(document: vscode.TextDocument): string[] {
  const severity = ['error', 'warning', 'information', 'hint'];
  const place = ({ start, end }: vscode.Range) => `${start.line}:${start.character}-${end.line}:${end.character}`;
  return findings(document)
    .map((finding) => `${finding.code} ${severity[finding.severity]} ${place(finding.range)} ${finding.message}`)
    .sort();
}

// The place of the nth occurrence of some words in a line counted from 1.
export function find(document: vscode.TextDocument, line: number, words: string, nth = 1): vscode.Range {
  const text = document.lineAt(line - 1).text;
  let at = -1;
  for (let count = 0; count < nth; count++) {
    at = text.indexOf(words, at + 1);
    assert.notEqual(at, -1, `“${words}” is not in line ${line}: ${text}`);
  }
  return new vscode.Range(line - 1, at, line - 1, at + words.length);
}

// What a hover over the first occurrence of some words says.
export async function hover(document: vscode.TextDocument, line: number, words: string): Promise<string> {
  const at = find(document, line, words).start;
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

export async function actions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);
}

// Sets a setting in the folder, or takes it back where there is no value.
export async function set(name: string, value: unknown): Promise<void> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration('copydesk').update(name, value ?? undefined, target);
}
