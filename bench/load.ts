import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { loadExport } from '../src/exports/load-export.ts';
import { openExport } from '../src/exports/open-export.ts';
import { makeDump } from './make-dump.ts';

/**
 * Loads a dump of 1 GiB and writes down rate and memory to bench/results/load.json. Ends by itself after ten minutes.
 *
 * Usage: node bench/load.ts [MEGABYTES]
 */
const [mode = '1024', ...files] = process.argv.slice(2);
if (mode === '--read') console.log(JSON.stringify(await reading(files[0] ?? '')));
else if (mode === '--load') console.log(JSON.stringify(await loading(files[0] ?? '', files[1] ?? '')));
else await measure(Number(mode));

/** Reading and loading each have a process of their own, so that the memory is theirs. */
async function measure(megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-bench-'));
  try {
    const dump = join(folder, 'dump.sql');
    const made = await makeDump(dump, megabytes * 1024 * 1024);
    const result = {
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`,
      node: process.version,
      sqlite: new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get(),
      dumpBytes: made.bytes,
      rows: made.rows,
      read: inProcess('--read', dump),
      loaded: inProcess('--load', dump, join(folder, 'legacy.sqlite')),
    };
    const results = resolve(import.meta.dirname, 'results');
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'load.json'), `${JSON.stringify(result, null, 2)}\n`);
    console.log(JSON.stringify(result, null, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inProcess(...args: string[]): unknown {
  return JSON.parse(
    execFileSync(process.execPath, [import.meta.filename, ...args], { encoding: 'utf8', timeout: 600_000 }),
  );
}

async function reading(file: string) {
  const started = performance.now();
  const reader = await openExport(file);
  let rows = 0;
  for await (const event of reader.events) if (event.kind === 'row') rows += 1;
  return { rows, ...rateOf(file, started) };
}

/** Memory is looked at in ten parts of the file, to show that it does not grow with it. */
async function loading(file: string, into: string) {
  const started = performance.now();
  const total = statSync(file).size;
  const rssMB: number[] = [];
  const summary = await loadExport(await openExport(file), into, {
    replace: true,
    signal: AbortSignal.timeout(600_000),
    onProgress: ({ bytesRead }) => {
      const part = Math.min(9, Math.floor((bytesRead / total) * 10));
      rssMB[part] = Math.max(rssMB[part] ?? 0, Math.round(process.memoryUsage().rss / 1e6));
    },
  });
  const maxRssMB = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
  const rows = summary.tables.reduce((sum, table) => sum + table.loaded, 0);
  return { rows, rejected: summary.rejected, ...rateOf(file, started), rssMBByTenth: rssMB, maxRssMB };
}

function rateOf(file: string, started: number) {
  const seconds = (performance.now() - started) / 1000;
  return {
    seconds: Number(seconds.toFixed(1)),
    megabytesPerSecond: Number((statSync(file).size / 1e6 / seconds).toFixed(1)),
  };
}
