// The item in the status bar: how the server is, and how many findings the draft has.

import * as vscode from 'vscode';
import { draftEditor, findings } from './drafts';
import type { Server } from './server';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('copydesk.status', vscode.StatusBarAlignment.Right, 100);
  private readonly parts: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.item.name = 'Copydesk';
    const update = () => this.update();
    this.parts = [
      this.item,
      server.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.languages.onDidChangeDiagnostics(update),
    ];
    update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }

  private update(): void {
    const { condition, problem } = this.server;
    const draft = draftEditor()?.document;
    const failed = condition === 'failed';
    this.item.backgroundColor = failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    switch (condition) {
      case 'running': {
        const found = draft ? findings(draft).length : 0;
        this.item.text = `$(quote) Copydesk: ${found}`;
        this.item.accessibilityInformation = { label: `Copydesk, ${found} findings` };
        this.item.tooltip = draft && tooltip(draft, this.server);
        this.item.command = 'workbench.actions.view.problems';
        break;
      }
      case 'starting':
        this.item.text = '$(loading~spin) Copydesk';
        this.item.tooltip = 'The server is starting';
        this.item.command = 'copydesk.showLog';
        break;
      default:
        this.item.text = failed ? '$(error) Copydesk' : '$(circle-slash) Copydesk';
        this.item.tooltip = `${problem ?? 'The server has stopped.'} Click to start it again.`;
        this.item.command = 'copydesk.restart';
    }
    if (draft || failed) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }
}

function tooltip(draft: vscode.TextDocument, server: Server): vscode.MarkdownString {
  const found = findings(draft);
  const severities: [vscode.DiagnosticSeverity, string][] = [
    [vscode.DiagnosticSeverity.Error, 'errors'],
    [vscode.DiagnosticSeverity.Warning, 'warnings'],
    [vscode.DiagnosticSeverity.Information, 'notes'],
    [vscode.DiagnosticSeverity.Hint, 'hints'],
  ];
  const counts = severities
    .map(([severity, name]) => ({ name, number: found.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ name, number }) => `${number} ${number === 1 ? name.slice(0, -1) : name}`);
  const text = new vscode.MarkdownString(
    [
      `**Copydesk ${server.version ?? ''}**: ${counts.join(', ') || 'no findings'}`,
      '[Next unresolved speaker](command:copydesk.nextUnresolved) · [Log](command:copydesk.showLog) · ' +
        '[Restart](command:copydesk.restart)',
    ].join('\n\n'),
  );
  text.isTrusted = { enabledCommands: ['copydesk.nextUnresolved', 'copydesk.showLog', 'copydesk.restart'] };
  return text;
}
