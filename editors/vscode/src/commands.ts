// What a person can ask for.

import * as vscode from 'vscode';
import { draftEditor, findings, ruleOf } from './drafts';
import { isUnresolved, sources } from './outline';
import type { Server } from './server';

// Documentation of a rule, as a document that is in no folder.
const SCHEME = 'copydesk-rule';

export function register(server: Server, extension: vscode.Uri): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('copydesk.restart', () => server.restart()),
    registerCommand('copydesk.showLog', () => server.showLog()),
    registerCommand('copydesk.explainRule', (rule?: string) => explainRule(server, rule)),
    registerCommand('copydesk.addToDeskList', addToDeskList),
    registerCommand('copydesk.nextUnresolved', () => nextUnresolved(server)),
    registerCommand('copydesk.openSample', () => openSample(extension)),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => server.print('explain', ruleOfPage(uri)),
    }),
    vscode.languages.registerCodeActionsProvider(
      [{ scheme: 'file' }, { scheme: 'untitled' }],
      { provideCodeActions: (_document, _range, { diagnostics }) => explanations(diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function explanations(found: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const rules = found.filter((finding) => finding.source === 'copydesk').map(ruleOf);
  return [...new Set(rules)].filter((rule) => rule !== undefined).map((rule) => {
    const title = `Explain ${rule}`;
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: 'copydesk.explainRule', arguments: [rule] };
    return action;
  });
}

async function explainRule(server: Server, rule?: string): Promise<void> {
  const name = rule ?? ruleAtCursor() ?? (await pickRule(server));
  if (name) {
    await vscode.commands.executeCommand('markdown.showPreview', page(name));
  }
}

function page(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
}

function ruleOfPage(uri: vscode.Uri): string {
  return uri.path.slice('/'.length, -'.md'.length);
}

function ruleAtCursor(): string | undefined {
  const editor = draftEditor();
  const here = editor && findings(editor.document).find((finding) => finding.range.contains(editor.selection.active));
  return here && ruleOf(here);
}

async function pickRule(server: Server): Promise<string | undefined> {
  const table = await server.print('rules');
  const rules = table.split('\n').flatMap((line) => {
    const [, label, group, , detail] = /^(\S+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return label && detail ? [{ label, description: group ?? '', detail }] : [];
  });
  const choice = await vscode.window.showQuickPick(rules, { placeHolder: 'The rule to explain', matchOnDetail: true });
  return choice?.label;
}

// Runs the server's own action on the name under the cursor. The list is then shown and not saved, since the person may
// have more to say of whom they add.
async function addToDeskList(): Promise<void> {
  const editor = draftEditor();
  if (!editor) {
    tell('Put the cursor on a name in a draft first.');
    return;
  }
  const { document, selection } = editor;
  const here = new vscode.Range(selection.active, selection.active);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    here,
    vscode.CodeActionKind.Refactor.value,
  );
  const edit = actions.find((action) => /^Add .+ to the desk list$/.test(action.title))?.edit;
  const list = edit?.entries()[0]?.[0];
  if (!edit || !list) {
    tell(
      vscode.workspace.workspaceFolders
        ? 'No name stands here that the desk list lacks.'
        : 'The desk list stands in the folder that you have open. Open one first.',
    );
    return;
  }
  await vscode.workspace.applyEdit(edit);
  const open = await vscode.window.showTextDocument(list, { viewColumn: vscode.ViewColumn.Beside });
  const end = open.document.lineAt(open.document.lineCount - 1).range.end;
  open.selection = new vscode.Selection(end, end);
  open.revealRange(open.selection);
}

// Goes to the next quote whose speaker is not known or only guessed; from the last to the first.
async function nextUnresolved(server: Server): Promise<void> {
  const editor = draftEditor();
  const found = editor && (await sources(server, editor.document));
  if (!found) {
    tell(editor ? 'The draft is still being read.' : 'Open a draft first.');
    return;
  }
  const places = found
    .flatMap((source) => source.quotes.filter((quote) => isUnresolved(source, quote)))
    .map((quote) => quote.range)
    .sort((one, other) => one.start.compareTo(other.start));
  const next = places.find((place) => place.start.isAfter(editor.selection.start)) ?? places[0];
  if (!next) {
    tell('Every quote has a speaker.');
    return;
  }
  editor.selection = new vscode.Selection(next.start, next.end);
  editor.revealRange(next, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

// A draft of nobody's, to be changed at will.
async function openSample(extension: vscode.Uri): Promise<void> {
  const sample = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(extension, 'media', 'sample.txt'));
  const draft = await vscode.workspace.openTextDocument({ language: 'plaintext', content: sample.getText() });
  await vscode.window.showTextDocument(draft, { viewColumn: vscode.ViewColumn.One });
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(`Copydesk: ${message}`);
}
