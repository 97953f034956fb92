import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programFromDebian } from './debian-package.ts';

/** A certificate authority of the test's own, a certificate of it for one host, and another authority. */
export interface Certificates {
  readonly folder: string;
  readonly ca: string;
  readonly otherCa: string;
  readonly cert: string;
  /** Of the same authority and key, for `elsewhere.example`. */
  readonly certOfAnotherHost: string;
  readonly key: string;
}

/** @param host what the certificate is made out to, e.g. `DNS:localhost` */
export function createCertificates(host: string): Certificates {
  const openssl = programFromDebian('openssl', 'openssl');
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-certificates-'));
  const run = (...args: string[]) => execFileSync(openssl, args, { cwd: folder, stdio: 'pipe' });
  for (const name of ['ca', 'other-ca']) {
    const subject = ['-subj', `/CN=${name} of a test`, '-days', '2'];
    run(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      ...subject,
    );
  }
  run(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=server',
  );
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'server.ext', '-days', '2'];
  for (const [name, alternative] of [
    ['server', host],
    ['elsewhere', 'DNS:elsewhere.example'],
  ]) {
    writeFileSync(join(folder, 'server.ext'), `subjectAltName=${alternative}\n`);
    run('x509', '-req', '-in', 'server.csr', '-out', `${name}.pem`, ...by);
  }
  // The server runs as another user; the key is a test's.
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'server.key'), 0o644);
  const path = (name: string) => join(folder, name);
  return {
    folder,
    ca: path('ca.pem'),
    otherCa: path('other-ca.pem'),
    cert: path('server.pem'),
    certOfAnotherHost: path('elsewhere.pem'),
    key: path('server.key'),
  };
}
