// Adds to package-lock.json what npm leaves out when a registry does not carry every platform's build of an optional
// dependency: `npm ci` then refuses the whole lock, although this machine needs none of them. Run it after each
// `npm install`. An entry says which platform it is for, so that other platforms never ask for it.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const exact = /^\d+\.\d+\.\d+/;
const PLATFORM =
  /-(android|darwin|freebsd|linux|openbsd|win32)-(arm64|arm|ia32|x64)(?:-(musl|gnu|gnueabihf|eabi|msvc))?$/;
const LIBC = { musl: 'musl', gnu: 'glibc', gnueabihf: 'glibc' };

for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const platform = PLATFORM.exec(name);
    if (place in lock.packages || platform === null || !exact.test(version)) continue;
    const [, os, cpu, abi] = platform;
    lock.packages[place] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      ...(LIBC[abi] === undefined ? {} : { libc: [LIBC[abi]] }),
      optional: true,
      os: [os],
    };
    console.log(`added ${name} ${version}`);
  }
}
const names = Object.keys(lock.packages).sort((a, b) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(names.map((name) => [name, lock.packages[name]]));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
