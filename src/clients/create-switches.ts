import { BridgeError } from '../domain/errors.ts';
import { readAudit, writeAudit } from '../store/audit.ts';
import type { Store } from '../store/store.ts';
import type { RegisteredClient } from './client.ts';
import { requireClient } from './client-rows.ts';
import type { Clients, ShadowFindings, SwitchChange, TargetFacts, TurnedSwitch } from './clients.ts';
import { doubtsOf, judgeSwitch, judgeTarget } from './judge-switch.ts';
import { lastSwitch, type SwitchNote } from './last-switch.ts';
import type { Migration, MigrationSwitch } from './migration.ts';
import { switchOf, turnedSwitch, withSwitch } from './turned-switch.ts';

export interface SwitchesDeps {
  readonly store: Store;
  /** The configured targets, by name. */
  readonly targets: ReadonlyMap<string, TargetFacts>;
  readonly shadowOf: (target: string) => Promise<ShadowFindings>;
}

type Switches = Pick<
  Clients,
  'setMode' | 'removeApp' | 'foresee' | 'lastSwitch' | 'undoSwitch' | 'doubtsAboutCutover'
>;

/** The switches of clients that are registered: thinking changes through, making them, taking them back. */
export function createSwitches({ store, targets, shadowOf }: SwitchesDeps): Switches {
  const trailOf = (clientId: string) => readAudit(store, `client:${clientId}`);

  const doubts = async (migration: Migration) =>
    migration.target === undefined ? [] : doubtsOf(migration, await shadowOf(migration.target));

  /** @throws BridgeError when this cannot be honoured at all */
  async function judge(present: RegisteredClient, { migration, after }: TurnedSwitch) {
    const { client_id } = present.metadata;
    const isElsewhere = migration.target !== present.migration.target;
    if (isElsewhere) judgeTarget(present, migration.target, targets);
    // With another target every switch means another house; else only what is turned is looked at.
    const concerned = isElsewhere ? [migration, ...Object.values(migration.apps ?? {})] : [after];
    const now = await store.now();
    for (const one of concerned) {
      if (one !== undefined) judgeSwitch(client_id, migration, one, { targets, now });
    }
  }

  /**
   * @returns whether it is done all the same, by force
   * @throws BridgeError `not_in_this_state`
   */
  async function isCutOverUnseen(
    clientId: string,
    { migration, after }: TurnedSwitch,
    { force = false }: Pick<SwitchChange, 'force'>,
  ): Promise<boolean> {
    if (after?.mode !== 'cutover' || !migration.cutover?.requireCleanShadow) return false;
    const reasons = await doubts(migration);
    if (reasons.length === 0 || force) return reasons.length > 0;
    const rule = `Client "${clientId}" is configured to be cut over only when shadow is clean.`;
    throw new BridgeError('not_in_this_state', [rule, ...reasons].join(' '));
  }

  /** Changes the switches of a client as they are at that moment, or not at all when somebody else was faster. */
  async function turn(
    clientId: string,
    actor: string,
    wanted: Pick<SwitchChange, 'app' | 'force' | 'version'>,
    next: (present: RegisteredClient) => Promise<TurnedSwitch> | TurnedSwitch,
    undo = false,
  ): Promise<RegisteredClient> {
    const present = await requireClient(store, clientId);
    if (wanted.version !== undefined && wanted.version !== present.version) throw changedMeanwhile(clientId);
    const turned = await next(present);
    await judge(present, turned);
    const forced = await isCutOverUnseen(clientId, turned, wanted);
    const { before, after, migration } = turned;
    const named = wanted.app === undefined ? {} : { app: wanted.app };
    const targetOf = ({ target = null }: { readonly target?: string | null | undefined }): SwitchNote =>
      migration.target === present.migration.target ? {} : { target };
    const at = await store.now();
    await store.db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('client')
        .set({ migration: JSON.stringify(migration), version: present.version + 1, updated_at: at })
        .where('client_id', '=', clientId)
        .where('version', '=', present.version)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw changedMeanwhile(clientId);
      await writeAudit(transaction, `client:${clientId}`, {
        at,
        actor,
        action: 'client.mode',
        before: { ...named, ...before, ...targetOf(present.migration) },
        after: {
          ...named,
          ...after,
          ...targetOf(migration),
          ...(forced ? { forced } : {}),
          ...(undo ? { undo } : {}),
        },
      });
    });
    return requireClient(store, clientId);
  }

  async function undone(
    { metadata, migration }: RegisteredClient,
    app: string | undefined,
  ): Promise<TurnedSwitch> {
    const { client_id } = metadata;
    const about = `the switch of client "${client_id}"${app === undefined ? '' : `, app "${app}"`}`;
    const line = lastSwitch(await trailOf(client_id), app);
    if (line === undefined) {
      throw new BridgeError(
        'not_in_this_state',
        `Nothing can be taken back: ${about} is as it was registered.`,
      );
    }
    const present = switchOf(migration, app);
    const isAsLeft =
      isSame(present, line.after) &&
      (line.target === undefined || line.target.after === (migration.target ?? null));
    if (!isAsLeft) {
      const message = `Nothing is taken back: ${about} is not as its last change left it. Look at it and turn it.`;
      throw new BridgeError('not_in_this_state', message);
    }
    const at =
      line.target === undefined ? migration : { ...migration, target: line.target.before ?? undefined };
    return { before: present, after: line.before, migration: withSwitch(at, app, line.before) };
  }

  return {
    setMode: (clientId, mode, actor, wanted = {}) =>
      turn(clientId, actor, wanted, ({ migration }) => turnedSwitch(migration, mode, wanted)),
    removeApp: (clientId, app, actor, version) =>
      turn(clientId, actor, { app, version }, (present) => withoutApp(present, app)),
    undoSwitch: (clientId, actor, wanted = {}) =>
      turn(clientId, actor, wanted, (present) => undone(present, wanted.app), true),
    async foresee(clientId, mode, wanted = {}) {
      const client = await requireClient(store, clientId);
      const turned =
        mode === undefined
          ? withoutApp(client, wanted.app ?? '')
          : turnedSwitch(client.migration, mode, wanted);
      const refusal = await judge(client, turned)
        .then(() => isCutOverUnseen(clientId, turned, wanted))
        .then(() => undefined, asRefusal);
      const isCutOver = turned.after?.mode === 'cutover' && targets.has(turned.migration.target ?? '');
      return { ...turned, client, refusal, doubts: isCutOver ? await doubts(turned.migration) : [] };
    },
    async lastSwitch(clientId, app) {
      await requireClient(store, clientId);
      return lastSwitch(await trailOf(clientId), app);
    },
    async doubtsAboutCutover(clientId) {
      return doubts((await requireClient(store, clientId)).migration);
    },
  };
}

function withoutApp({ metadata, migration }: RegisteredClient, app: string): TurnedSwitch {
  const before = switchOf(migration, app);
  if (before !== undefined)
    return { before, after: undefined, migration: withSwitch(migration, app, undefined) };
  const message = `Client "${metadata.client_id}" has no switch of an app called "${app}".`;
  throw new BridgeError('not_found', message);
}

function asRefusal(error: unknown): BridgeError {
  if (error instanceof BridgeError && REFUSALS.includes(error.code)) return error;
  throw error;
}

const REFUSALS: readonly string[] = ['cannot_be_honoured', 'not_in_this_state'];

function changedMeanwhile(clientId: string): BridgeError {
  return new BridgeError(
    'changed_meanwhile',
    `Client "${clientId}" was changed by somebody else. Look at it again, then repeat your change.`,
  );
}

function isSame(one: MigrationSwitch | undefined, other: MigrationSwitch | undefined): boolean {
  const comparable = (value: MigrationSwitch | undefined) =>
    JSON.stringify(
      Object.entries(value ?? {})
        .filter(([, part]) => part !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return comparable(one) === comparable(other);
}
