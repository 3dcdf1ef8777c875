import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, UsherError } from '../../../common/errors.ts';
import { endProcesses } from './end-processes.ts';
import { logWriters } from './log-writers.ts';
import { processIdentity } from './process-identity.ts';
import { logTail, openLog, previousLog } from './process-log.ts';
import { listRecords, type ProcessRecord, readRecord, removeRecord, writeRecord } from './process-record.ts';

/** A program to run. */
export interface ProcessSpec {
  /** Unique in its directory; names the record and the log, so: letters, digits, `.`, `-`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of whoever starts it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** How long `stop` waits for an orderly end before it kills, in milliseconds. */
const stopTimeoutMs = 10_000;

/**
 * The child processes of one fleet. They outlive whoever starts them: each is its own session, writes to
 * `log/<name>.log`, and is described by `run/<name>.json`, by which a later process finds it again.
 */
export class ProcessDirectory {
  readonly #run: string;
  readonly #log: string;

  constructor(directory: string) {
    mkdirSync(join(directory, 'run'), { recursive: true });
    mkdirSync(join(directory, 'log'), { recursive: true });
    this.#run = realpathSync(join(directory, 'run'));
    this.#log = realpathSync(join(directory, 'log'));
  }

  /**
   * Starts a program, or returns the record of the one that runs under this name already. What a lost
   * starter left under this name without a record is ended first.
   * @throws UsherError when the program can't be executed.
   */
  async start(spec: ProcessSpec): Promise<ProcessRecord> {
    const running = this.find(spec.name);
    if (running) return running;
    await this.stop(spec.name);
    const log = openLog(this.logFile(spec.name));
    try {
      const child = spawn(spec.command, spec.args, {
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, ...spec.env },
        ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      });
      await once(child, 'spawn');
      child.unref();
      return this.#record(spec, child.pid ?? 0);
    } catch (error) {
      throw new UsherError(`${spec.name}: can't run ${spec.command}: ${messageOf(error)}`, undefined, {
        cause: error,
      });
    } finally {
      closeSync(log);
    }
  }

  /** The record of the process that runs under this name, if one does. */
  find(name: string): ProcessRecord | undefined {
    const record = readRecord(this.#recordFile(name));
    return record && processIdentity(record.pid) === record.identity ? record : undefined;
  }

  /** Whether a process runs under this name. A pid that has passed to a stranger does not count. */
  isRunning(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** The records of all running processes, by name. */
  list(): ProcessRecord[] {
    return listRecords(this.#run).filter(({ name }) => this.isRunning(name));
  }

  /**
   * Ends the process of this name and what it started: TERM to the process itself, and after `timeoutMs`, or
   * when it has gone and left children behind, KILL to whatever still writes to its log. Does nothing when
   * there is no such process.
   */
  async stop(name: string, timeoutMs = stopTimeoutMs): Promise<void> {
    const running = this.find(name);
    if (running) await endProcesses([running.pid], timeoutMs);
    await endProcesses(logWriters(this.#logFiles(name)), running ? 0 : timeoutMs);
    removeRecord(this.#recordFile(name));
  }

  /**
   * Ends the processes that no record names, left behind by a starter that was killed between starting and
   * recording, and removes records of processes that no longer run. Returns the names of what was ended.
   */
  async removeOrphans(): Promise<string[]> {
    for (const record of listRecords(this.#run)) {
      if (!this.isRunning(record.name)) removeRecord(this.#recordFile(record.name));
    }
    const logged = new Set(
      readdirSync(this.#log).map((entry) => basename(entry, '.previous').replace(/\.log$/, '')),
    );
    const orphaned: string[] = [];
    for (const name of logged) {
      if (this.isRunning(name) || logWriters(this.#logFiles(name)).length === 0) continue;
      await this.stop(name);
      orphaned.push(name);
    }
    return orphaned;
  }

  /** Where the process of this name writes; the run before is kept in the same place with `.previous` added. */
  logFile(name: string): string {
    return join(this.#log, `${name}.log`);
  }

  /** The last lines that the process wrote, for messages. */
  logTail(name: string, lines?: number): string[] {
    return logTail(this.logFile(name), lines);
  }

  #record(spec: ProcessSpec, pid: number): ProcessRecord {
    // A process that is gone already gets a record that fits no process, so that it counts as not running.
    const identity = processIdentity(pid) ?? 'gone';
    const record = {
      name: spec.name,
      pid,
      identity,
      command: spec.command,
      args: [...spec.args],
      startedAt: Date.now(),
    };
    writeRecord(this.#recordFile(spec.name), record);
    return record;
  }

  #recordFile(name: string): string {
    return join(this.#run, `${name}.json`);
  }

  #logFiles(name: string): ReadonlySet<string> {
    return new Set([this.logFile(name), previousLog(this.logFile(name))]);
  }
}
