// The beginning and the end.

import * as vscode from 'vscode';
import { register } from './commands';
import { draftEditor } from './drafts';
import { Server } from './server';
import * as sheet from './sheet';
import { SourcesView } from './sources';
import { StatusItem } from './status';

let server: Server | undefined;

// What other extensions get: the tests look at the server and the view as a person sees them.
export interface Copydesk {
  server: Server;
  sources: SourcesView;
}

export function activate(context: vscode.ExtensionContext): Copydesk {
  const own = new Server(context.extension);
  server = own;
  const sources = new SourcesView(own);
  context.subscriptions.push(
    own,
    sources,
    new StatusItem(own),
    register(own, context.extensionUri),
    sheet.register(),
    vscode.window.onDidChangeActiveTextEditor(offerCommands),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('copydesk.path')) {
        void own.restart();
      }
    }),
  );
  offerCommands();
  // Nothing waits for it: the views are there at once, and say that the server is starting.
  void own.start();
  return { server: own, sources };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

// Commands for drafts are offered only in drafts.
function offerCommands(): void {
  void vscode.commands.executeCommand('setContext', 'copydesk.draft', draftEditor() !== undefined);
}
