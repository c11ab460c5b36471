// Which documents copydesk reads.

import * as vscode from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient/node';

const LANGUAGES = ['plaintext', 'markdown', 'html'];

// Only what a person writes: not the left side of a comparison, nor what other extensions show as documents.
const SCHEMES = ['file', 'untitled'];

const DRAFTS = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));

// The server adds names to the desk list behind what is typed there and not yet saved, so it must see the open list.
export const SELECTOR: DocumentSelector = [...DRAFTS, { scheme: 'file', pattern: '**/copydesk-desk.toml' }];

export function isDraft(document: vscode.TextDocument): boolean {
  return vscode.languages.match(DRAFTS, document) > 0;
}

// The editor that the person is in, if it shows a draft.
export function draftEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && isDraft(editor.document) ? editor : undefined;
}

export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((finding) => finding.source === 'copydesk');
}

// The rule of a finding.
export function ruleOf(finding: vscode.Diagnostic): string | undefined {
  const code = typeof finding.code === 'object' ? finding.code.value : finding.code;
  return typeof code === 'string' ? code : undefined;
}
