import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { UsageError, UsherError } from '../../common/errors.ts';
import { type Manifest, manifest } from '../cluster/manifest.ts';

/** It asks the cluster for its certificate. */
const timeoutMs = 60_000;

/**
 * The SealedSecret that `kubeseal` makes of a Secret.
 *
 * @param cert file of the certificate; undefined: kubeseal asks the controller in the cluster
 * @throws UsageError when there is no kubeseal, UsherError with its words when it fails
 */
export async function sealSecret(
  secret: Manifest,
  cert: string | undefined,
  signal: AbortSignal,
): Promise<Manifest> {
  const words = ['--format', 'json', ...(cert === undefined ? [] : ['--cert', cert])];
  const child = spawn('kubeseal', words, { signal, timeout: timeoutMs });
  // A program that ends before it has read all says why on stderr.
  child.stdin.on('error', () => undefined).end(JSON.stringify(secret));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended.catch((error: unknown) => {
    signal.throwIfAborted();
    const message =
      '--format sealedsecret needs `kubeseal` on the path; see https://github.com/bitnami-labs/sealed-secrets';
    throw new UsageError(message, { cause: error });
  });
  const [stdout, stderr] = await said;
  if (code !== 0) throw new UsherError(`kubeseal fails: ${stderr.trim() || `exit code ${code}`}`);
  return manifest.parse(JSON.parse(stdout));
}
