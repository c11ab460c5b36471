// The view of sources in the side bar: each speaker with their quotes.

import * as vscode from 'vscode';
import { draftEditor, isDraft } from './drafts';
import { type Quote, type Source, isUnresolved, sources } from './outline';
import type { Server } from './server';

// How long typing must pause before the view is drawn anew, in milliseconds.
const PAUSE = 250;

type Item = { source: Source; quote?: Quote };

export class SourcesView implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Item>;
  private readonly parts: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private document: vscode.TextDocument | undefined;
  private sources: Source[] = [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('copydesk.sources', { treeDataProvider: this, showCollapseAll: true });
    this.parts = [
      this.view,
      this.changed,
      server.onDidChange(() => this.refreshSoon()),
      vscode.window.onDidChangeActiveTextEditor(() => this.refreshSoon()),
      vscode.workspace.onDidCloseTextDocument(() => this.refreshSoon()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document) {
          this.refreshSoon();
        }
      }),
      // What the newsroom knows may change who is who while no one types; the findings then come anew.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === this.document?.uri.toString())) {
          this.refreshSoon();
        }
      }),
    ];
    this.refreshSoon();
  }

  getTreeItem({ source, quote }: Item): vscode.TreeItem {
    return quote ? this.quoteItem(source, quote) : this.sourceItem(source);
  }

  getChildren(item?: Item): Item[] {
    if (!item) {
      return this.sources.map((source) => ({ source }));
    }
    return item.quote ? [] : item.source.quotes.map((quote) => ({ source: item.source, quote }));
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.parts).dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }

  private async refresh(): Promise<void> {
    const document = draftEditor()?.document ?? this.stillShown();
    const found = document && (await sources(this.server, document));
    // An edit has come in between, and with it the next refresh.
    if (document && this.server.running && !found) {
      return;
    }
    this.document = document;
    this.sources = found ?? [];
    this.describe();
    this.changed.fire();
  }

  // While a person looks at something else, the draft that they see beside it stays.
  private stillShown(): vscode.TextDocument | undefined {
    const editors = vscode.window.visibleTextEditors;
    return editors.map((editor) => editor.document).find((shown) => shown === this.document && isDraft(shown));
  }

  private describe(): void {
    const speakers = this.sources.filter((source) => source.standing !== 'unknown').length;
    const quotes = this.sources.flatMap((source) => source.quotes.map((quote) => isUnresolved(source, quote)));
    const unresolved = quotes.filter(Boolean).length;
    this.view.description = this.document && `${count(speakers, 'source')}, ${count(quotes.length, 'quote')}`;
    this.view.badge = unresolved
      ? { value: unresolved, tooltip: `${count(unresolved, 'quote')} to look at: the speaker is not known or a guess` }
      : undefined;
    const empty = this.document && this.server.running && !this.sources.length;
    this.view.message = empty ? 'No one is quoted in this draft.' : undefined;
  }

  private sourceItem(source: Source): vscode.TreeItem {
    const item = new vscode.TreeItem(source.name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = source.name + this.sources.indexOf(source);
    item.description = source.detail;
    item.tooltip = `${source.name}: ${source.detail}`;
    item.iconPath = new vscode.ThemeIcon(
      { named: 'person', unnamed: 'account', unknown: 'question' }[source.standing],
      source.standing === 'unknown' ? new vscode.ThemeColor('list.warningForeground') : undefined,
    );
    item.contextValue = source.standing;
    item.command = this.reveal(source.range);
    return item;
  }

  private quoteItem(source: Source, quote: Quote): vscode.TreeItem {
    const item = new vscode.TreeItem(quote.name);
    const line = `line ${quote.range.start.line + 1}`;
    item.description = `${line} · ${quote.detail}`;
    item.tooltip = this.document?.getText(quote.range);
    item.iconPath = new vscode.ThemeIcon(
      'quote',
      isUnresolved(source, quote) ? new vscode.ThemeColor('list.warningForeground') : undefined,
    );
    item.contextValue = 'quote';
    item.command = this.reveal(quote.range);
    return item;
  }

  private reveal(selection: vscode.Range): vscode.Command | undefined {
    const options: vscode.TextDocumentShowOptions = { selection };
    return this.document && { title: 'Show in the Draft', command: 'vscode.open', arguments: [this.document.uri, options] };
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
