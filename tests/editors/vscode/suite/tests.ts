// The tests, in the order in which they run.

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  actions,
  becomes,
  copydesk,
  described,
  edit,
  find,
  finding,
  findings,
  folder,
  hover,
  open,
  openUntitled,
  running,
  set,
  wait,
  write,
} from './editor';

export const tests: [string, () => Promise<void>][] = [];

function test(name: string, body: () => Promise<void>): void {
  tests.push([name, body]);
}

const DRAFT = 'tehran-summit.txt';

// The findings that the table lists for the rules that exist. Its columns count UTF-16 units, as those of VS Code do.
async function expectedFindings(): Promise<string[]> {
  const { server } = await running();
  const known = (await server.print('rules')).split('\n').map((line) => line.split(' ', 1)[0]);
  const table = fs.readFileSync(path.join(folder(), 'tehran-summit.findings.tsv'), 'utf8').trim().split('\n').slice(1);
  return table
    .map((row) => row.split('\t'))
    .filter(([rule]) => known.includes(rule))
    .map(([rule, level, l0, c0, l1, c1, , message]) => `${rule} ${level} ${l0}:${c0}-${l1}:${c1} ${message}`)
    .sort();
}

async function openDraft(): Promise<vscode.TextEditor> {
  const editor = await open(DRAFT);
  const expected = await expectedFindings();
  assert.ok(expected.length, 'no finding to expect');
  await becomes('the findings', expected, () => described(editor.document));
  return editor;
}

function cursor(editor: vscode.TextEditor, line: number, words: string): void {
  const { start } = find(editor.document, line, words);
  editor.selection = new vscode.Selection(start, start);
}

test('the server that runs is the one inside the extension', async () => {
  const { server } = await running();
  const extension = vscode.extensions.getExtension('copydesk.copydesk');
  assert.equal(server.binary, path.join(extension?.extensionPath ?? '', 'bin', 'copydesk'));
  assert.match(server.version ?? '', /^\d+\.\d+\.\d+$/);
});

test('the findings of a draft are exact', async () => {
  await openDraft();
});

test('hints name the speakers that sentences leave out', async () => {
  const { document } = await openDraft();
  const hint = (line: number, words: string, label: string) => {
    const { end } = find(document, line, words);
    return `${end.line}:${end.character} ${label}`;
  };
  const expected = [
    hint(7, '”', '‹Putin? from line 5›'),
    hint(11, 'region,” he', '‹Raisi›'),
    hint(15, '“hundreds”', '‹unnamed: White House officials›'),
    hint(29, 'forward,” he', '‹Putin›'),
    hint(55, 'issue,” he', '‹Khamenei›'),
    hint(61, 'countries,” he', '‹Raisi›'),
  ];
  await becomes('the hints', expected.sort(), async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
    const label = ({ label }: vscode.InlayHint) => (typeof label === 'string' ? label : label.map((part) => part.value).join(''));
    return hints.map((hint) => `${hint.position.line}:${hint.position.character} ${label(hint)}`).sort();
  });
});

test('hover knows a name, a quote and a reporting verb', async () => {
  const { document } = await openDraft();
  const name = await hover(document, 39, 'Erdogan said');
  assert.match(name, /Recep Tayyip Erdogan/);
  assert.match(name, /Turkish President/);
  assert.match(await hover(document, 61, '“We believe'), /Raisi/);
  assert.match(await hover(document, 53, 'warned'), /warn/);
});

test('a pronoun leads to the first mention of the one whom it means, and to all of them', async () => {
  const { document } = await openDraft();
  const at = find(document, 11, 'he said').start;
  const definition = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, at);
  assert.deepEqual(definition[0]?.range.start, find(document, 3, 'Ebrahim Raisi').start);
  const mentions = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, at);
  const lines = mentions.map((mention) => mention.range.start.line + 1);
  assert.ok(lines.length > 3 && lines.includes(3) && lines.includes(11), String(lines));
  const marks = await vscode.commands.executeCommand<unknown[]>('vscode.executeDocumentHighlights', document.uri, at);
  assert.equal(marks.length, lines.length);
});

test('the outline lists the speakers', async () => {
  const { document } = await openDraft();
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
  assert.ok(symbols.some((symbol) => symbol.name === 'Ebrahim Raisi' && symbol.children.length > 1));
});

test('the line above the story opens the source sheet', async () => {
  const { document } = await openDraft();
  const lens = await wait('the line', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    return lenses.find((lens) => lens.command?.command === 'copydesk.sources');
  });
  const { title, command, arguments: order } = lens.command ?? assert.fail('no command');
  assert.match(title, /^6 named, 1 unnamed/);
  await vscode.commands.executeCommand(command, ...(order ?? []));
  const text = await wait('the sheet', () => {
    const sheet = vscode.workspace.textDocuments.find((page) => page.uri.scheme === 'copydesk-sources');
    return sheet?.getText();
  });
  assert.ok(text.includes(title), text);
  assert.match(text, /## \d+ Ebrahim Raisi/);
});

test('a quick fix mends its finding and no other', async () => {
  const { document } = await openDraft();
  const broken = finding(document, 'broken-attribution') ?? assert.fail('no finding');
  const offered = await actions(document, broken.range);
  const fix = offered.find((action) => action.isPreferred) ?? assert.fail(offered.map((action) => action.title).join());
  assert.equal(fix.title, 'Delete the full stop');
  assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
  const others = (await expectedFindings()).filter((line) => !line.startsWith('broken-attribution '));
  await becomes('the other findings', others, () => described(document));
  assert.match(document.lineAt(broken.range.start.line).text, /told CNN last week\.$/);
});

test('an emoji in front of a finding moves it by two columns', async () => {
  const editor = await openDraft();
  const { document } = editor;
  const before = finding(document, 'broken-attribution')?.range ?? assert.fail('no finding');
  await edit(editor, (edit, uri) => edit.insert(uri, new vscode.Position(before.start.line, 0), '🎣 '));
  const after = new vscode.Range(before.start.translate(0, 3), before.end.translate(0, 3));
  await becomes('the finding', after, () => finding(document, 'broken-attribution')?.range);
  assert.equal(document.getText(after), 'told CNN. last week');
});

test('after a burst of typing the findings are those of the whole text', async () => {
  const editor = await open(DRAFT);
  const { document } = editor;
  const typed = '\n\n“We were told nothing 🎣 at all, and the boats are gone. “Nobody asked us,” said Ruth Okafor. on Monday.';
  const burst = [...typed.repeat(5)];
  assert.ok(burst.length > 500);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  await Promise.all(burst.map((text) => vscode.commands.executeCommand('type', { text })));
  await wait('the text', () => document.getText().endsWith(typed));
  const whole = await openUntitled('plaintext', document.getText());
  await wait('findings', () => findings(whole.document).length > 5);
  await wait('the same findings', () => described(document).join('\n') === described(whole.document).join('\n'));
});

test('in Markdown only prose is read', async () => {
  write(
    'pier.md',
    [
      '---', 'title: “A quote that is never closed', '---', '',
      '# The pier', '',
      'The council voted Monday to *close* the pier.', '',
      '“It is **over**.” said [Ruth Okafor](https://example.org), who runs the cafe.', '',
      '```', '“It is over.” he said.', '```', '',
    ].join('\n'),
  );
  const { document } = await open('pier.md');
  await becomes('one finding', ['broken-attribution 8'], () =>
    findings(document).map((finding) => `${finding.code} ${finding.range.start.line}`),
  );
});

test('in HTML only prose is read', async () => {
  write('pier.html', '<script>say("“It is over.” he said.")</script>\n<p>“It is <b>over</b>.” said Ruth Okafor, who runs the cafe.</p>\n');
  const { document } = await open('pier.html');
  await becomes('one finding', ['broken-attribution 1'], () =>
    findings(document).map((finding) => `${finding.code} ${finding.range.start.line}`),
  );
});

test('a draft that has no file yet is read', async () => {
  const editor = await openUntitled('plaintext', '');
  await edit(editor, (edit, uri) => edit.insert(uri, new vscode.Position(0, 0), '“It is over.” said Ruth Okafor.\n'));
  await wait('the finding', () => finding(editor.document, 'broken-attribution'));
  assert.match(await hover(editor.document, 1, 'Okafor'), /Ruth Okafor/);
});

test('a new name is written in all its forms', async () => {
  const { document } = await openUntitled('plaintext', 'Mayor Ann Meyer left. Tom Reyes waited for Meyer’s car.\n');
  await wait('the draft to be read', () => hover(document, 1, 'Meyer’s'));
  const change = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider', document.uri, new vscode.Position(0, 8), 'Anna Meier');
  assert.ok(await vscode.workspace.applyEdit(change));
  await becomes('the name', 'Mayor Anna Meier left. Tom Reyes waited for Meier’s car.\n', () => document.getText());
});

test('words are coloured by what they are', async () => {
  const { document } = await openDraft();
  const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
    'vscode.provideDocumentSemanticTokensLegend', document.uri);
  const colours = await vscode.commands.executeCommand<vscode.SemanticTokens>(
    'vscode.provideDocumentSemanticTokens', document.uri);
  const kinds = new Set([...colours.data].filter((_, at) => at % 5 === 3).map((kind) => legend.tokenTypes[kind]));
  assert.deepEqual([...kinds].sort(), ['cue', 'organisation', 'person', 'place', 'quote', 'role', 'speaker']);
});

test('the sample draft shows what there is to see', async () => {
  await vscode.commands.executeCommand('copydesk.openSample');
  const document = vscode.window.activeTextEditor?.document ?? assert.fail('no editor');
  assert.ok(document.isUntitled);
  await wait('findings of several rules', () => new Set(findings(document).map((finding) => finding.code)).size > 3);
});

test('settings of copydesk are no drafts, with or without an extension for TOML', async () => {
  write('copydesk.toml', '# “It is over.” said Ruth Okafor.\n');
  const { document } = await open('copydesk.toml');
  assert.equal(document.languageId, 'toml');
  await openDraft();
  assert.deepEqual(findings(document), []);
});

test('a change of settings is taken at once', async () => {
  const { document } = await openDraft();
  const all = await expectedFindings();
  const rule = 'rules.broken-attribution.level';
  await set(rule, 'error');
  await wait('the new level', () => finding(document, 'broken-attribution')?.severity === vscode.DiagnosticSeverity.Error);
  await set(rule, 'off');
  const others = all.filter((line) => !line.startsWith('broken-attribution '));
  await becomes('the findings without the rule', others, () => described(document));
  await set(rule, undefined);
  await becomes('all findings', all, () => described(document));
});

test('people whom every reader knows need no introduction', async () => {
  write('known.txt', 'The pier is closed, the council said.\n\n“It is rotten,” Okafor said.\n');
  const { document } = await open('known.txt');
  await wait('the finding', () => finding(document, 'first-reference-name'));
  await set('known-people', ['Okafor']);
  await wait('no finding', () => !finding(document, 'first-reference-name'));
  await set('known-people', undefined);
  await wait('the finding again', () => finding(document, 'first-reference-name'));
});

test('a rule is explained, from its finding or by its name', async () => {
  const editor = await openDraft();
  const broken = finding(editor.document, 'broken-attribution') ?? assert.fail('no finding');
  const offered = await actions(editor.document, broken.range);
  const explain = offered.find((action) => action.title === 'Explain broken-attribution') ?? assert.fail('not offered');
  const { command, arguments: given } = explain.command ?? assert.fail('no command');
  await vscode.commands.executeCommand(command, ...(given ?? []));
  const page = () => vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'copydesk-rule');
  const document = await wait('the page', page);
  assert.match(document.getText(), /^# broken-attribution\n[^]*## Why/);
  await wait('the preview', () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputWebview && input.viewType.includes('markdown.preview');
  });
});

test('the Sources view lists the speakers with their quotes, and leads to them', async () => {
  const { sources } = await running();
  const editor = await openDraft();
  const label = (item: Parameters<typeof sources.getTreeItem>[0]) => String(sources.getTreeItem(item).label);
  const raisi = await wait('Raisi', () => sources.getChildren().find((item) => label(item) === 'Ebrahim Raisi'));
  assert.match(String(sources.getTreeItem(raisi).description), /^Iranian President · \d+ quotes · \d+ words$/);
  const quote = sources.getChildren(raisi).find((item) => label(item).startsWith('“We believe')) ?? assert.fail('no quote');
  assert.match(String(sources.getTreeItem(quote).description), /^line 61 · \d+ words$/);
  const { command, arguments: given } = sources.getTreeItem(quote).command ?? assert.fail('no command');
  await vscode.commands.executeCommand(command, ...(given ?? []));
  await wait('the quote to be selected', () => editor.document.getText(vscode.window.activeTextEditor?.selection).startsWith('“We believe'));
});

test('the Sources view follows the draft', async () => {
  const { sources } = await running();
  write('new.txt', '“It is rotten,” said Ruth Okafor.\n');
  const editor = await open('new.txt');
  const labels = () => sources.getChildren().map((item) => sources.getTreeItem(item).label);
  await becomes('one speaker', ['Ruth Okafor'], labels);
  await edit(editor, (edit, uri) => edit.insert(uri, new vscode.Position(1, 0), '\n“It is not,” said Tom Reyes.\n'));
  await becomes('two speakers', ['Ruth Okafor', 'Tom Reyes'], labels);
  await open('copydesk.toml');
  await becomes('no speaker', [], labels);
});

test('quotes without a speaker are gone through one by one', async () => {
  write(
    'orphans.txt',
    [
      'The council voted on Monday to close the pier, as engineers had asked it to do for years.',
      '“It is rotten,” said Ruth Okafor.',
      '“We looked at every bolt of the deck on Monday, and at every plank of it, twice.”',
      'The pier opened in 1901. It has burned down two times since then.',
      '“Nobody has told the people who fish from it what they are supposed to do now.”',
      '',
    ].join('\n\n'),
  );
  const editor = await open('orphans.txt');
  await wait('the finding', () => finding(editor.document, 'orphan-quote'));
  const lines = [];
  for (let count = 0; count < 3; count++) {
    await vscode.commands.executeCommand('copydesk.nextUnresolved');
    lines.push(editor.selection.start.line + 1);
  }
  assert.deepEqual(lines, [5, 9, 5]);
});

test('names are added to a desk list, which is made for the first, and are known from then on', async () => {
  write('desk.txt', 'Mayor Tom Reyes met Ruth Okafor.\n\n“It is rotten,” Okafor said. “It is not,” said Reyes.\n');
  const list = path.join(folder(), 'copydesk-desk.toml');
  const add = async (name: string): Promise<string> => {
    const editor = await open('desk.txt');
    const says = (expected: RegExp) => () => hover(editor.document, 3, name).then((text) => expected.test(text));
    await wait(`${name} to be without an entry`, says(/Not in the knowledge base/));
    cursor(editor, 3, name);
    await vscode.commands.executeCommand('copydesk.addToDeskList');
    const shown = vscode.window.activeTextEditor?.document ?? assert.fail('no editor');
    assert.equal(shown.uri.fsPath, list);
    assert.ok(shown.isDirty, 'the list was saved without being asked to');
    await shown.save();
    await wait(`${name} to be known`, says(/Known: person \(copydesk-desk\.toml\)/));
    return shown.getText();
  };
  assert.match(await add('Reyes'), /^\[\[person\]\]\nname = "Tom Reyes"\n/);
  assert.match(await add('Okafor'), /^\[\[person\]\]\nname = "Tom Reyes"\n[^]*\n\n\[\[person\]\]\nname = "Ruth Okafor"\n/);
});

test('the server can be restarted', async () => {
  const { document } = await openDraft();
  const { server } = await running();
  const old = server.process;
  await vscode.commands.executeCommand('copydesk.restart');
  await wait('another server', () => server.running && server.process !== old);
  await becomes('the findings', await expectedFindings(), () => described(document));
});

test('a server that is killed comes back', async () => {
  const { document } = await openDraft();
  const { server } = await running();
  const old = server.process ?? assert.fail('no process');
  process.kill(old, 'SIGKILL');
  await wait('another server', () => server.running && server.process !== old);
  await becomes('the findings', await expectedFindings(), () => described(document));
});

test('a binary that is missing is named, and a change of its setting starts the server anew', async () => {
  const { server } = await copydesk();
  await set('path', '/nowhere/copydesk');
  await wait('the failure', () => server.condition === 'failed');
  assert.equal(server.problem, 'The setting copydesk.path names no program: /nowhere/copydesk');
  await set('path', undefined);
  const { document } = await openDraft();
  assert.ok(findings(document).length);
});

test('no server is left behind by restarts', async () => {
  const { server } = await running();
  const processes = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  const servers = processes.split('\n').filter((line) => line.includes('copydesk lsp'));
  assert.deepEqual(servers.map((line) => Number.parseInt(line, 10)), [server.process]);
});
