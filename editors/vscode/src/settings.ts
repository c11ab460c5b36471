// The settings as the server gets them.

import * as vscode from 'vscode';

type Tree = { [name: string]: unknown };

const SECTION = 'copydesk';

// What is for this extension alone.
const OWN = ['path', 'trace.server'];

// Only what a person has set. The defaults of VS Code would otherwise look like a choice, and overrule what the server
// takes from elsewhere.
export function chosen(extension: vscode.Extension<unknown>): Tree {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const tree: Tree = {};
  for (const name of names(extension)) {
    const found = settings.inspect(name);
    const value = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
    if (value !== undefined && value !== null) {
      plant(tree, name.split('.'), value);
    }
  }
  return tree;
}

function names(extension: vscode.Extension<unknown>): string[] {
  const groups: { properties: object }[] = extension.packageJSON.contributes.configuration;
  return groups
    .flatMap((group) => Object.keys(group.properties))
    .map((name) => name.slice(SECTION.length + 1))
    .filter((name) => !OWN.includes(name));
}

function plant(tree: Tree, way: string[], value: unknown): void {
  const last = way.pop() as string;
  for (const name of way) {
    tree = (tree[name] ??= {}) as Tree;
  }
  tree[last] = value;
}
