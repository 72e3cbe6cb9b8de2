import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { CommandError } from '../command-line/command-error.js';
import type { RunningTenantRecord } from '../running-tenants.js';

/**
 * Runs a command in whose environment the tenant's authority is trusted, beside the public ones, and `AUTH0_DOMAIN` is the
 * host of the https listener.
 *
 * @returns The exit code of the command; 128 and the signal's number if a signal ended it.
 */
export async function runWithCa(
  record: RunningTenantRecord,
  [command = '', ...args]: readonly string[],
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'auth0-local-ca-'));
  try {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, ...createEnvironment(record, folder) },
    });
    const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CommandError(`There is no command ${JSON.stringify(command)}`, { exitCode: 127 });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Node.js adds an authority to those it knows; curl, Python, Go and OpenSSL want all of them in one file. */
function createEnvironment(
  { ca, https_url: url, issuer }: RunningTenantRecord,
  folder: string,
): NodeJS.ProcessEnv {
  const own = join(folder, 'ca.pem');
  const bundle = join(folder, 'ca-bundle.pem');
  writeFileSync(own, ca, { mode: 0o600 });
  writeFileSync(bundle, [ca.trimEnd(), ...rootCertificates, ''].join('\n'), { mode: 0o600 });
  return {
    // One issuer for both listeners has its own name.
    AUTH0_DOMAIN: new URL(issuer.startsWith('https:') ? issuer : url).host,
    NODE_EXTRA_CA_CERTS: own,
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
  };
}
