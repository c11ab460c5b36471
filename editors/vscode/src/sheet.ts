// The source sheet of a draft, as a page beside it.

import * as vscode from 'vscode';
import { draftEditor } from './drafts';

// The server's command: it answers with the sheet of the draft of a URI, as Markdown.
export const COMMAND = 'copydesk.sources';

// Sheets, as documents that are in no folder.
const SCHEME = 'copydesk-sources';

// The sheets that were asked for, by the URIs of their pages. They stay: a preview may load its page again at any time.
const sheets = new Map<string, string>();
const changed = new vscode.EventEmitter<vscode.Uri>();

export function register(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('copydesk.showSources', ask),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (page) => sheets.get(page.toString()) ?? '',
    }),
  );
}

async function ask(): Promise<void> {
  const editor = draftEditor();
  if (editor) {
    await vscode.commands.executeCommand(COMMAND, editor.document.uri.toString());
  } else {
    void vscode.window.showInformationMessage('Copydesk: Open a draft first.');
  }
}

// Shows what the server has answered about a draft.
export async function show(draft: unknown, sheet: unknown): Promise<void> {
  if (typeof draft !== 'string' || typeof sheet !== 'string') {
    return;
  }
  const name = vscode.Uri.parse(draft).path.split('/').pop() ?? '';
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/Sources of ${name}.md`, query: draft });
  sheets.set(page.toString(), sheet);
  changed.fire(page);
  await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
}
