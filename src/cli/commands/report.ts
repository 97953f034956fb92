import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { makeReportAlone, verifyReport } from '../../compose/report.ts';
import { BridgeError } from '../../domain/errors.ts';
import { renderMarkdown } from '../../report/render-markdown.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { withOffice } from '../office.ts';
import { createProgress, type Progress } from '../progress.ts';
import { worldOf } from '../world.ts';

interface Options {
  readonly target?: string;
  readonly out?: string;
  readonly withNames?: boolean;
  readonly examples: string;
  readonly verify?: string;
  readonly jwks?: string;
  readonly json?: boolean;
}

const MOST_EXAMPLES = 100_000;

export function addReport(program: Command, run: Run): void {
  program
    .command('report')
    .description('can the legacy table be switched off: who is across, who is not and why; signed')
    .option('--target <name>', 'where people are to be')
    .option('--out <file>', 'write the report (JSON), <file>.md to read, and <file>.jws, the signature')
    .option('--examples <n>', 'people to name of each group that is not across, by legacy id', '20')
    .option('--with-names', 'name them by username, e-mail or name as well: personal data')
    .option('--verify <file>', 'check <file> against <file>.jws instead')
    .option('--jwks <url>', 'with the keys of this URL, instead of this bridge’s own')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
The signature is a detached JWS over the file as it is (RFC 7797), by the key that signs ID tokens; the key set is
published at the issuer's jwks_uri. --verify ends with 1 when the file is not what was signed.`,
    )
    .action((options: Options) =>
      options.verify === undefined ? report(run, options) : verify(run, options.verify, options),
    );
}

async function report(run: Run, { target, out, withNames = false, ...options }: Options): Promise<void> {
  const examples = Number(options.examples);
  if (!Number.isInteger(examples) || examples < 0 || examples > MOST_EXAMPLES) {
    throw new BridgeError('invalid_request', `--examples is a number from 0 to ${MOST_EXAMPLES}.`);
  }
  if (target === undefined) throw new BridgeError('invalid_request', 'Say --target, or --verify.');
  await withOffice(run, async (office, config) => {
    let progress: Progress | undefined;
    const made = await makeReportAlone(
      config,
      office,
      worldOf(run.terminal, 'warn'),
      { target, examples, withNames },
      (people, total) => {
        progress ??= createProgress(run.terminal, { label: 'Reading', total });
        progress.update(people);
      },
    );
    progress?.end();
    if (out === undefined) {
      run.terminal.print(options.json ? made.document.toString().trimEnd() : renderMarkdown(made.report));
      return;
    }
    writeFileSync(out, made.document);
    writeFileSync(`${out}.jws`, `${made.jws}\n`);
    writeFileSync(`${out}.md`, renderMarkdown(made.report));
    const { verdict, people, across } = made.report;
    const written = { out, signature: `${out}.jws`, markdown: `${out}.md`, verdict, people, across };
    if (options.json) run.terminal.print(JSON.stringify(written, null, 2));
    else run.terminal.print(`${across} of ${people} people are across (${verdict}): ${out}, .jws and .md.`);
  });
}

async function verify(run: Run, file: string, { jwks, json }: Options): Promise<void> {
  const [document, jws] = [read(file), read(`${file}.jws`).toString('utf8')];
  await withOffice(run, async (office) => {
    const kid = await verifyReport(office, document, jws, jwks);
    if (kid === undefined) run.exitWith(EXIT.failed);
    if (json) run.terminal.print(JSON.stringify({ file, valid: kid !== undefined, kid: kid ?? null }));
    else if (kid === undefined) run.terminal.print(`${file} is NOT what was signed, or others signed it.`);
    else run.terminal.print(`${file} is as it was signed, by key ${kid}.`);
  });
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BridgeError('invalid_request', `${file} cannot be read.`, { cause });
  }
}
