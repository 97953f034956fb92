import { type ChildProcess, spawn } from 'node:child_process';
import { hkdfSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { LegacyId } from '../src/domain/ids.ts';
import { deriveSubject } from '../src/domain/subject.ts';
import { startPrivate } from '../test/support/database-server.ts';

/**
 * Backfills a table of MariaDB into another one, kills the process twice on the way and takes the run up again, compares
 * the two row by row, and writes the figures to bench/results/backfill.md.
 *
 * Usage: npm run build && node bench/backfill.ts [PEOPLE]
 */
const PEOPLE = Number(process.argv[2] ?? 1_000_000);
const KILL_AT = [1 / 3, 2 / 3];
const SECRET_KEY = Buffer.alloc(32, 11);
/** As it is published: reading TypeScript takes memory of its own. */
const MAIN = resolve(import.meta.dirname, '../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'footbridge-bench-'));

const server = await startPrivate('mariadb', ['--innodb-buffer-pool-size=1G']);
try {
  const admin = await createConnection({ uri: server.address.adminUrl, multipleStatements: true });
  await makeTables(admin);
  const config = configuration(server.address.adminUrl);
  const lives: Life[] = [];
  for (const killAt of [...KILL_AT, undefined]) {
    lives.push(await live(config, admin, killAt === undefined ? undefined : Math.floor(PEOPLE * killAt)));
    console.log(JSON.stringify(lives.at(-1)));
  }
  const compared = await compare(admin);
  const [version] = (await admin.query<RowDataPacket[]>('select version() as version'))[0];
  await admin.end();
  write(lives, compared, String(version?.version));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One process, from its start to its end or its death. */
interface Life {
  readonly killed: boolean;
  readonly seconds: number;
  /** How many people arrived in it. */
  readonly arrived: number;
  readonly peakRssMb: number;
  /** Resident memory at ten moments or so, in MB. */
  readonly rssMb: readonly number[];
}

async function makeTables(admin: Connection): Promise<void> {
  console.log(`Making ${PEOPLE} people.`);
  const hash = `$2y$10$${'abcdefghijklmnopqrstuv'}${'x'.repeat(31)}`;
  await admin.query(`
    create database old character set utf8mb4; create database new character set utf8mb4;
    use old;
    create table old.be_users (
      id bigint primary key, username varchar(60) unique, email varchar(190) unique, password varchar(100),
      first_name varchar(60), last_name varchar(60), active tinyint not null default 1, updated_at datetime);
    create table new.users (
      id bigint auto_increment primary key, sub varchar(64) character set ascii collate ascii_bin unique,
      email varchar(190) unique, first_name varchar(60), last_name varchar(60), username varchar(60));
    insert into old.be_users
      select seq * 3, concat('user', seq), concat('user', seq, '@example.com'), '${hash}',
        concat('Ärne ', seq % 997), concat('O''Neil ', seq % 1999), 1, '2024-05-01 12:00:00'
      from seq_1_to_${PEOPLE}`);
}

function configuration(adminUrl: string): string {
  const url = (name: string) => Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  const file = join(folder, 'footbridge.json');
  const config = {
    issuer: 'http://127.0.0.1:4000',
    store: `sqlite:${join(folder, 'store.sqlite')}`,
    secretKey: SECRET_KEY.toString('base64'),
    legacy: {
      kind: 'mysql',
      url: url('old'),
      table: 'be_users',
      id: 'id',
      login: ['username', 'email'],
      updatedAt: 'updated_at',
      password: { column: 'password' },
      profile: {
        preferred_username: 'username',
        email: 'email',
        given_name: 'first_name',
        family_name: 'last_name',
      },
    },
    targets: {
      new: {
        kind: 'sql',
        url: url('new'),
        table: 'users',
        externalId: 'sub',
        columns: {
          email: 'email',
          first_name: 'given_name',
          last_name: 'family_name',
          username: 'preferred_username',
        },
      },
    },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

async function live(config: string, admin: Connection, killAt: number | undefined): Promise<Life> {
  const before = await arrivedAt(admin);
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, '--config', config, 'backfill', 'new', '--json'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<number | string>((done) => {
    child.once('exit', (code, signal) => done(code ?? signal ?? ''));
  });
  const rssMb: number[] = [];
  let peakRssMb = 0;
  let end: number | string | undefined;
  void ended.then((how) => {
    end = how;
  });
  for (let tick = 0; end === undefined; tick += 1) {
    await Promise.race([ended, new Promise((done) => setTimeout(done, 250))]);
    const { now, peak } = memoryOf(child);
    peakRssMb = Math.max(peakRssMb, peak);
    if (tick % 20 === 0 && now > 0) rssMb.push(now);
    if (killAt !== undefined && (await arrivedAt(admin)) >= killAt) child.kill('SIGKILL');
  }
  if (killAt === undefined && end !== 0) throw new Error(`The backfill ended with ${end}.`);
  return {
    killed: end === 'SIGKILL',
    seconds: Math.round((performance.now() - started) / 100) / 10,
    arrived: (await arrivedAt(admin)) - before,
    peakRssMb,
    rssMb,
  };
}

async function arrivedAt(admin: Connection): Promise<number> {
  const [[row]] = await admin.query<RowDataPacket[]>('select coalesce(max(id), 0) as n from new.users');
  return Number(row?.n);
}

function memoryOf({ pid }: ChildProcess): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    return { now: Math.round(kilobytes('VmRSS') / 1024), peak: Math.round(kilobytes('VmHWM') / 1024) };
  } catch {
    return { now: 0, peak: 0 };
  }
}

/** Every person of the old table, at the new one, in every column; and nobody else there. */
async function compare(admin: Connection): Promise<{ equal: number; total: number }> {
  const subjectKey = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'footbridge subjects', 32));
  const subjectOf = (id: unknown) =>
    deriveSubject(subjectKey, { directory: 'legacy', legacyId: String(id) as LegacyId });
  let equal = 0;
  for (let after = 0; ; ) {
    const [old] = await admin.query<RowDataPacket[]>(
      'select * from old.be_users where id > ? order by id limit 5000',
      [after],
    );
    const last = old.at(-1);
    if (last === undefined) break;
    after = Number(last.id);
    const [rows] = await admin.query<RowDataPacket[]>('select * from new.users where sub in (?)', [
      old.map(({ id }) => subjectOf(id)),
    ]);
    const found = new Map(rows.map((row) => [row.sub, row]));
    for (const { id, email, first_name, last_name, username } of old) {
      const there = found.get(subjectOf(id));
      const same = [email, first_name, last_name, username].join('\0');
      if (there && [there.email, there.first_name, there.last_name, there.username].join('\0') === same)
        equal += 1;
    }
  }
  const [[count]] = await admin.query<RowDataPacket[]>('select count(*) as n from new.users');
  return { equal, total: Number(count?.n) };
}

function write(lives: readonly Life[], { equal, total }: { equal: number; total: number }, mariadb: string) {
  const seconds = lives.reduce((sum, life) => sum + life.seconds, 0);
  const peak = Math.max(...lives.map(({ peakRssMb }) => peakRssMb));
  const ok = equal === PEOPLE && total === PEOPLE && peak < 250;
  const text = `# Backfill of ${PEOPLE.toLocaleString('en')} people

\`npm run build && node bench/backfill.ts ${PEOPLE}\`: a MariaDB table into a \`sql\` target on the same MariaDB, profile only, the ledger in
SQLite. The process was killed (SIGKILL) twice on the way; the same command took the run up again each time, after the
lease of the dead process (15 s) was over.

| | |
|---|---|
| rows a second | **${Math.round(PEOPLE / seconds).toLocaleString('en')}** (all three processes, their start and the wait for the leases included) |
| time | ${Math.round(seconds)} s |
| most memory | **${peak} MB** resident |
| target equals source | ${equal.toLocaleString('en')} of ${PEOPLE.toLocaleString('en')} rows, ${total.toLocaleString('en')} at the target |
| date | ${new Date().toISOString().slice(0, 10)} |
| machine | ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, shared with the database and other work |
| versions | Node ${process.version}, MariaDB ${mariadb} |

| process | ended | time | arrived | most memory | memory every 5 s, MB |
|---|---|---|---|---|---|
${lives.map((life, index) => `| ${index + 1} | ${life.killed ? 'killed' : 'by itself'} | ${life.seconds} s | ${life.arrived.toLocaleString('en')} | ${life.peakRssMb} MB | ${life.rssMb.join(' ')} |`).join('\n')}
`;
  console.log(text);
  if (!ok) throw new Error('The target does not equal the source, or the memory was more than 250 MB.');
  const results = resolve(import.meta.dirname, 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, PEOPLE === 1_000_000 ? 'backfill.md' : `backfill-${PEOPLE}.md`), text);
}
