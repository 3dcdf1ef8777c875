#!/usr/bin/env node
import { run } from './run.ts';

const controller = new AbortController();
// Once: a second Ctrl-C ends the process at once, whatever it waits for.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());

// `usher room list | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, signal: controller.signal });
