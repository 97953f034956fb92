import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/**
 * Writes a dump of a `be_users` table as mysqldump would, of about so many bytes.
 *
 * Usage: node bench/make-dump.ts FILE [MEGABYTES]
 */
export async function makeDump(file: string, bytes: number): Promise<{ bytes: number; rows: number }> {
  const out = createWriteStream(file, { highWaterMark: 4 * 1024 * 1024 });
  let size = 0;
  const write = async (text: string) => {
    size += Buffer.byteLength(text);
    if (!out.write(text)) await once(out, 'drain');
  };
  await write(HEAD);
  let id = 0;
  while (size < bytes) {
    const rows: string[] = [];
    for (let length = 0; length < STATEMENT_BYTES; ) {
      id += 1;
      const row = rowOf(id);
      rows.push(row);
      length += row.length;
    }
    await write(`INSERT INTO \`be_users\` VALUES ${rows.join(',')};\n`);
  }
  await write('/*!40000 ALTER TABLE `be_users` ENABLE KEYS */;\nUNLOCK TABLES;\n');
  out.end();
  await once(out, 'close');
  return { bytes: size, rows: id };
}

/** mysqldump's own. */
const STATEMENT_BYTES = 1_000_000;

const HEAD = `-- MySQL dump 10.13  Distrib 8.4.0, for Linux (x86_64)
/*!50503 SET NAMES utf8mb4 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
DROP TABLE IF EXISTS \`be_users\`;
CREATE TABLE \`be_users\` (
  \`id\` int unsigned NOT NULL AUTO_INCREMENT,
  \`first_name\` varchar(255) DEFAULT NULL,
  \`last_name\` varchar(255) DEFAULT NULL,
  \`username\` varchar(255) NOT NULL,
  \`email\` varchar(255) NOT NULL,
  \`password\` varchar(60) NOT NULL,
  \`gender\` enum('M','F') NOT NULL,
  \`birthday\` datetime DEFAULT NULL,
  \`accept_notifications\` tinyint(1) DEFAULT NULL,
  \`remember_token\` varchar(100) DEFAULT NULL,
  \`is_logged\` tinyint(1) NOT NULL DEFAULT '0',
  \`created_at\` timestamp NULL DEFAULT NULL,
  \`updated_at\` timestamp NULL DEFAULT NULL,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`be_users_username_unique\` (\`username\`),
  UNIQUE KEY \`be_users_email_unique\` (\`email\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
LOCK TABLES \`be_users\` WRITE;
`;

const LAST_NAMES = ['Ångström', "O\\'Brien", 'Müller', 'Rossi', 'García', 'Nowak', 'Smith', '王'];

function rowOf(id: number): string {
  const hash = `$2y$10$${(id * 2654435761).toString(36).padEnd(53, 'aB3./xYz').slice(0, 53)}`;
  const last = LAST_NAMES[id % LAST_NAMES.length];
  const token = id % 3 === 0 ? `'${(id * 40503).toString(16).padEnd(60, '0f1e2d')}'` : 'NULL';
  return (
    `(${id},'First${id % 1000}','${last}','user${id}','user${id}@example.com','${hash}','${id % 2 ? 'M' : 'F'}',` +
    `'19${50 + (id % 50)}-03-0${1 + (id % 9)} 00:00:00',${id % 2},${token},0,'2019-05-01 12:00:00','2024-01-0${1 + (id % 9)} 08:30:00')`
  );
}

if (import.meta.main) {
  const [file, megabytes = '1024'] = process.argv.slice(2);
  if (file === undefined) throw new Error('Usage: node bench/make-dump.ts FILE [MEGABYTES]');
  const made = await makeDump(file, Number(megabytes) * 1024 * 1024);
  console.log(`${file}: ${made.bytes} bytes, ${made.rows} rows`);
}
