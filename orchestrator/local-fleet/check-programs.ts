import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { UsherError } from '../../common/errors.ts';

interface Needed {
  program: string;
  /** The oldest release that serves. */
  oldest: readonly [major: number, minor: number];
  /** What it says of its version; rejects with ENOENT when it is missing. */
  version(signal: AbortSignal): Promise<string>;
}

/** The releases of Debian 12; scripts/setup.sh asks for the same. */
const needed: readonly Needed[] = [
  { program: 'haproxy', oldest: [2, 6], version: (signal) => run('haproxy', ['-v'], signal) },
  {
    program: 'redis-server',
    oldest: [7, 0],
    version: (signal) => run('redis-server', ['--version'], signal),
  },
  { program: 'prosody', oldest: [0, 12], version: prosodyVersion },
  { program: 'nginx', oldest: [1, 18], version: (signal) => run('nginx', ['-v'], signal) },
];

/** Where to look for programs: Debian keeps servers in sbin, which is not on everyone's PATH. */
export function searchPath(): string {
  return [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':');
}

/** Throws one UsherError that names every program of a local fleet that is missing or too old. */
export async function checkPrograms(signal: AbortSignal): Promise<void> {
  const findings = (await Promise.all(needed.map((one) => findFault(one, signal)))).flat();
  signal.throwIfAborted();
  if (findings.length === 0) return;
  throw new UsherError(`${findings.join('; ')}. \`npm run setup\` installs what is missing`);
}

async function findFault({ program, oldest, version }: Needed, signal: AbortSignal): Promise<string[]> {
  try {
    const answer = await version(AbortSignal.any([signal, AbortSignal.timeout(10_000)]));
    const [, found = '', major, minor] = /((\d+)\.(\d+)\S*)/.exec(answer) ?? [];
    if (found === '' || isAtLeast([Number(major), Number(minor)], oldest)) return [];
    return [`${program} ${found} is too old: ${oldest.join('.')} or newer is needed`];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return [code === 'ENOENT' ? `${program} is missing` : `${program} does not run: ${String(error)}`];
  }
}

/** Debian's Prosody takes `--version` for a command to serve, so others are asked. */
async function prosodyVersion(signal: AbortSignal): Promise<string> {
  await run('sh', ['-c', 'command -v prosody || exit 127'], signal).catch((error: unknown) => {
    throw Object.assign(new Error('not found', { cause: error }), { code: 'ENOENT' });
  });
  try {
    return await readFile('/usr/lib/prosody/prosody.version', 'utf8');
  } catch {
    // Elsewhere than on Debian. `about` lists the libraries' versions too; Prosody's own has its name before it.
    const about = await run('prosodyctl', ['about'], signal);
    return /Prosody \d+\.\d+\S*/.exec(about)?.[0] ?? '';
  }
}

async function run(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const env = { ...process.env, PATH: searchPath() };
  const { stdout, stderr } = await promisify(execFile)(program, args, { env, signal });
  return `${stdout}${stderr}`;
}

function isAtLeast(found: readonly [number, number], oldest: readonly [number, number]): boolean {
  return found[0] > oldest[0] || (found[0] === oldest[0] && found[1] >= oldest[1]);
}
