// Who speaks in a draft, from the outline that the server gives.

import * as vscode from 'vscode';
import { type DocumentSymbol, DocumentSymbolRequest, SymbolKind } from 'vscode-languageclient/node';
import type { Server } from './server';

export interface Source {
  name: string;
  // Role, quotes and words, as in "mayor · 2 quotes · 31 words".
  detail: string;
  standing: 'named' | 'unnamed' | 'unknown';
  // Where the draft first names them.
  range: vscode.Range;
  quotes: Quote[];
}

export interface Quote {
  name: string;
  detail: string;
  range: vscode.Range;
  // Carried over from the paragraph before, which may be wrong.
  guessed: boolean;
}

// These are the server's words; its outline has no other sign of them.
const UNKNOWN = 'Speaker not known';
const UNNAMED = 'unnamed · ';
const GUESSED = ', speaker guessed';

// None where the server does not run, or the draft was edited before it could answer.
export async function sources(server: Server, document: vscode.TextDocument): Promise<Source[] | undefined> {
  const client = server.running;
  if (!client) {
    return undefined;
  }
  const { version } = document;
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
  const answer = await client.sendRequest(DocumentSymbolRequest.type, { textDocument }).catch(() => null);
  if (!answer || document.version !== version) {
    return undefined;
  }
  const range = client.protocol2CodeConverter.asRange;
  return (answer as DocumentSymbol[])
    .filter((symbol) => symbol.kind === SymbolKind.Class)
    .map((symbol) => ({
      name: symbol.name,
      detail: symbol.detail ?? '',
      standing: standing(symbol),
      range: range(symbol.selectionRange),
      quotes: (symbol.children ?? []).map((quote) => ({
        name: quote.name,
        detail: quote.detail ?? '',
        range: range(quote.range),
        guessed: quote.detail?.endsWith(GUESSED) ?? false,
      })),
    }));
}

export function isUnresolved(source: Source, quote: Quote): boolean {
  return source.standing === 'unknown' || quote.guessed;
}

function standing(symbol: DocumentSymbol): Source['standing'] {
  if (symbol.name === UNKNOWN) {
    return 'unknown';
  }
  return symbol.detail?.startsWith(UNNAMED) ? 'unnamed' : 'named';
}
