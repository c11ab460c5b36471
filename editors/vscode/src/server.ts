// The server: started, stopped, and watched.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State } from 'vscode-languageclient/node';
import { findBinary } from './binary';
import { SELECTOR } from './drafts';
import { chosen } from './settings';
import * as sheet from './sheet';

const run = promisify(execFile);

// How long a command of the binary may take, in milliseconds.
const PATIENCE = 10_000;

// A server that dies by itself is started anew, but not more than so often in so many milliseconds.
const REVIVALS = 5;
const REVIVAL_SPAN = 180_000;

export type Condition = 'starting' | 'running' | 'stopped' | 'failed';

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly log = vscode.window.createOutputChannel('Copydesk', { log: true });
  private client: LanguageClient | undefined;
  // Starts and stops happen one after the other, however fast a person asks for them.
  private queue: Promise<void> = Promise.resolve();
  // When the server was last started anew after it had died.
  private revivals: number[] = [];

  readonly onDidChange = this.changed.event;
  condition: Condition = 'stopped';
  problem: string | undefined;
  binary: string | undefined;

  constructor(private readonly extension: vscode.Extension<unknown>) {}

  // The client, while the server answers.
  get running(): LanguageClient | undefined {
    return this.condition === 'running' ? this.client : undefined;
  }

  get version(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  get process(): number | undefined {
    return this.client?.serverProcess?.pid;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.open());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.close();
      await this.open();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.close());
  }

  showLog(): void {
    this.log.show();
  }

  // What a command of the binary prints.
  async print(...command: string[]): Promise<string> {
    if (!this.binary) {
      throw new Error(this.problem ?? 'The server has not been started.');
    }
    const { stdout } = await run(this.binary, command, { timeout: PATIENCE, windowsHide: true });
    return stdout;
  }

  dispose(): void {
    this.changed.dispose();
    this.log.dispose();
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work);
    return this.queue;
  }

  private async open(): Promise<void> {
    const settings = vscode.workspace.getConfiguration('copydesk');
    const found = findBinary(this.extension.extensionPath, settings.get('path', ''));
    if ('problem' in found) {
      this.binary = undefined;
      this.fail(found.problem);
      return;
    }
    this.binary = found.path;
    this.log.info(`The binary is ${found.path}`);
    const client = this.newClient(found.path);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) {
        return;
      }
      this.become(condition(newState));
      if (newState === State.Stopped) {
        void this.enqueue(() => this.revive(client));
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.fail(`The server does not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.become('stopped');
    // One that has died or never started has nothing to be stopped.
    await client?.dispose().catch((error: unknown) => this.log.debug(String(error)));
  }

  // Starts a new client in place of one whose server has died. The client's own restart gives up where messages were
  // on their way to the dead server.
  private async revive(dead: LanguageClient): Promise<void> {
    if (dead !== this.client) {
      return;
    }
    await this.close();
    const now = Date.now();
    this.revivals = this.revivals.filter((time) => time > now - REVIVAL_SPAN);
    if (this.revivals.length === REVIVALS) {
      this.revivals = [];
      this.fail(`The server has stopped ${REVIVALS + 1} times in ${REVIVAL_SPAN / 60_000} minutes.`);
      return;
    }
    this.revivals.push(now);
    this.log.warn('The server has stopped and is started anew');
    await this.open();
  }

  private newClient(binary: string): LanguageClient {
    // Under its name, so that a section in which nothing is chosen any more does not look like no answer.
    const settings = () => ({ copydesk: chosen(this.extension) });
    return new LanguageClient(
      'copydesk',
      'Copydesk',
      { command: binary, args: ['lsp'] },
      {
        documentSelector: SELECTOR,
        outputChannel: this.log,
        traceOutputChannel: tracing(this.log),
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        diagnosticCollectionName: 'copydesk',
        initializationOptions: settings,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
        },
        middleware: {
          executeCommand: async (command, args: unknown[], next) => {
            const answer: unknown = await next(command, args);
            if (command === sheet.COMMAND) {
              await sheet.show(args[0], answer);
            }
            return answer;
          },
          workspace: { configuration: (params) => params.items.map(settings) },
        },
      },
    );
  }

  private become(condition: Condition, problem?: string): void {
    this.condition = condition;
    this.problem = problem;
    this.changed.fire();
  }

  private fail(problem: string): void {
    this.log.error(problem);
    this.become('failed', problem);
    const settings = 'Open Settings';
    const log = 'Show Log';
    void vscode.window.showErrorMessage(`Copydesk: ${problem}`, settings, log).then((choice) => {
      if (choice === settings) {
        void vscode.commands.executeCommand('workbench.action.openSettings', 'copydesk.path');
      } else if (choice === log) {
        this.showLog();
      }
    });
  }
}

function condition(state: State): Condition {
  switch (state) {
    case State.Running:
      return 'running';
    case State.Starting:
      return 'starting';
    case State.StartFailed:
      return 'failed';
    default:
      return 'stopped';
  }
}

// The client traces messages only while the log's level is Trace, which no one finds. Here the setting
// `copydesk.trace.server` alone decides.
function tracing(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const level = () => {
    const trace = vscode.workspace.getConfiguration('copydesk').get('trace.server', 'off');
    return trace === 'off' ? vscode.LogLevel.Info : vscode.LogLevel.Trace;
  };
  return Object.create(log, {
    logLevel: { get: level },
    onDidChangeLogLevel: {
      value: (listener: (level: vscode.LogLevel) => void) =>
        vscode.workspace.onDidChangeConfiguration((event) => {
          if (event.affectsConfiguration('copydesk.trace.server')) {
            listener(level());
          }
        }),
    },
    trace: { value: (message: string) => log.info(message) },
  }) as vscode.LogOutputChannel;
}
