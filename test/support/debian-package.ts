import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The path of a program that a test needs, never a skip: the machine's own, else Debian's package is installed, as
 * root or by sudo without a password.
 *
 * @param otherwise what else to do where neither works, as a sentence for whoever runs the tests
 */
export function programFromDebian(program: string, debianPackage: string, otherwise = ''): string {
  return findProgram(program) ?? install(program, debianPackage, otherwise);
}

const LOCK = join(tmpdir(), 'footbridge-packages.lock');

/** Whether packages may be installed here: as root, or by sudo without a password. */
export function mayInstall(): boolean {
  if (findProgram('apt-get') === undefined) return false;
  return process.getuid?.() === 0 || spawnSync('sudo', ['-n', 'true']).status === 0;
}

function install(program: string, debianPackage: string, otherwise: string): string {
  installFromDebian(debianPackage, program, otherwise);
  const installed = findProgram(program);
  if (installed === undefined) throw new Error(`${debianPackage} was installed, but brought no ${program}.`);
  return installed;
}

/** @param what the tests need of it, as a phrase for whoever runs them */
export function installFromDebian(debianPackage: string, what: string, otherwise = ''): void {
  if (!mayInstall()) {
    throw new Error(
      `The tests need ${what}. Install it (Debian: apt-get install ${debianPackage}). ${otherwise}`,
    );
  }
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  console.log(`Installing ${debianPackage} for the tests ...`);
  // Test files run side by side, and packages can be installed by one of them at a time.
  const apt = (...args: string[]) => {
    const [command = '', ...rest] = [...sudo, 'flock', LOCK, 'apt-get', ...args];
    execFileSync(command, rest, {
      stdio: 'pipe',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', debianPackage);
}

/** The path of a program of this machine, once nobody installs any more: half a package has programs, too. */
export function findProgram(name: string): string | undefined {
  spawnSync('flock', ['--shared', LOCK, 'true']);
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
