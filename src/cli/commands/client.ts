import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { clientMetadata, type RegisteredClient } from '../../clients/client.ts';
import { type Migration, MODES, type Mode, movedUrl } from '../../clients/migration.ts';
import { BridgeError } from '../../domain/errors.ts';
import type { Run } from '../command.ts';
import { actorOf, withOffice } from '../office.ts';
import { switchesText } from '../switch-text.ts';
import { formatTable } from '../table.ts';
import { addClientMode } from './client-mode.ts';
import { addClientShadow } from './client-shadow.ts';

const collect = (value: string, earlier: string[]) => [...earlier, value];

export function addClient(program: Command, run: Run): void {
  const client = program.command('client').description('the relying parties and their migration switch');

  client
    .command('add <client_id>')
    .description('register a client; its secret is printed once')
    .option('--redirect-uri <uri>', 'may be given several times', collect, [])
    .option('--post-logout-redirect-uri <uri>', 'may be given several times', collect, [])
    .option('--name <name>', 'what the login page calls it')
    .addOption(
      new Option('--auth <method>', 'how it proves itself at the token endpoint')
        .choices(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
        .default('client_secret_basic'),
    )
    .option('--jwks <file>', 'its public keys, for private_key_jwt')
    .option('--jwks-uri <uri>', 'where its public keys are, for private_key_jwt')
    .addOption(new Option('--pkce <rule>').choices(['required', 'optional']).default('required'))
    .option(
      '--scope <scopes>',
      'what it may ask for; "admin:read admin:write" lets a program use the admin API, "passwords:write" write passwords back',
    )
    .option('--target <name>', 'where its people are copied to')
    .option('--moved-url <url>', 'where people log in whose password lives at the new platform', readUrl)
    .addOption(new Option('--mode <mode>').choices([...MODES]).default('off'))
    .action((clientId: string, options: AddOptions) => add(run, clientId, options));

  client
    .command('list')
    .description('all clients')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withOffice(run, async ({ clients }) => {
        const all = await clients.list();
        if (json) return run.terminal.print(JSON.stringify(all.map(presentable), null, 2));
        if (all.length === 0)
          return run.terminal.print('No clients yet: footbridge client add <client_id> ...');
        const rows = all.map(({ metadata, migration, origin }) => [
          metadata.client_id,
          metadata.client_name ?? '',
          switchesText(migration),
          migration.target ?? '',
          origin,
        ]);
        for (const line of formatTable(['client_id', 'name', 'mode', 'target', 'from'], rows))
          run.terminal.print(line);
      }),
    );

  client
    .command('show <client_id>')
    .description('one client and what was done to it')
    .option('--json', 'as JSON')
    .action((clientId: string, { json }: { json?: boolean }) =>
      withOffice(run, async ({ clients }) => {
        const found = await clients.find(clientId);
        if (found === undefined)
          throw new BridgeError('not_found', `There is no client called "${clientId}".`);
        const audit = await clients.auditOf(clientId);
        if (json) return run.terminal.print(JSON.stringify({ ...presentable(found), audit }, null, 2));
        run.terminal.print(JSON.stringify(presentable(found), null, 2));
        const rows = audit.map(({ at, actor, action, before, after }) => [
          new Date(at).toISOString(),
          actor,
          action,
          action === 'client.mode' ? `${JSON.stringify(before)} -> ${JSON.stringify(after)}` : '',
        ]);
        for (const line of formatTable(['when', 'who', 'what', 'change'], rows)) run.terminal.print(line);
      }),
    );

  addClientMode(client, run);
  addClientShadow(client, run);

  client
    .command('remove <client_id>')
    .description('forget a client; people already copied stay copied')
    .action((clientId: string) =>
      withOffice(run, async ({ clients }) => {
        await clients.remove(clientId, actorOf(run));
        run.terminal.print(`${clientId}: removed`);
      }),
    );
}

interface AddOptions {
  readonly redirectUri: string[];
  readonly postLogoutRedirectUri: string[];
  readonly name?: string;
  readonly auth: string;
  readonly scope?: string;
  readonly jwks?: string;
  readonly jwksUri?: string;
  readonly pkce: string;
  readonly target?: string;
  readonly movedUrl?: string;
  readonly mode: Mode;
}

async function add(run: Run, clientId: string, options: AddOptions): Promise<void> {
  await withOffice(run, async ({ clients }, config) => {
    if (options.target !== undefined && !(options.target in config.targets)) {
      const names = Object.keys(config.targets).join(', ') || 'none is configured';
      throw new BridgeError('invalid_request', `There is no target "${options.target}"; targets: ${names}.`);
    }
    const metadata = clientMetadata.safeParse({
      client_id: clientId,
      client_name: options.name,
      redirect_uris: options.redirectUri,
      post_logout_redirect_uris:
        options.postLogoutRedirectUri.length > 0 ? options.postLogoutRedirectUri : undefined,
      token_endpoint_auth_method: options.auth,
      scope: options.scope,
      jwks: options.jwks === undefined ? undefined : readJson(options.jwks),
      jwks_uri: options.jwksUri,
      pkce: options.pkce,
    });
    if (metadata.data === undefined) {
      throw new BridgeError(
        'invalid_request',
        `The client cannot be registered:\n${z.prettifyError(metadata.error)}`,
      );
    }
    const migration: Migration = {
      target: options.target,
      movedUrl: options.movedUrl,
      mode: options.mode,
      percent: 100,
    };
    const secret = await clients.add(metadata.data, migration, actorOf(run));
    run.terminal.print(`client_id: ${clientId}`);
    if (secret !== undefined) run.terminal.print(`client_secret: ${secret}`);
    run.terminal.print(`issuer: ${config.issuer}`);
    if (secret !== undefined)
      run.terminal.complain('The secret is shown this once; the bridge keeps a digest of it.');
  });
}

function readUrl(text: string): string {
  if (movedUrl.safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be an http: or https: address.');
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new BridgeError('invalid_request', `${file} cannot be read as JSON.`, { cause });
  }
}

function presentable({ metadata, migration, origin, secretDigest }: RegisteredClient) {
  return { ...metadata, has_secret: secretDigest !== undefined, migration, origin };
}
