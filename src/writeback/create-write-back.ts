import type { LegacyDirectories } from '../legacy/directories.ts';
import type { LegacyUser } from '../legacy/directory.ts';
import type { OldFormats, Remade } from '../passwords/remake.ts';
import type { DirectoryWriteBack } from './options.ts';
import type { PasswordColumn } from './password-column.ts';
import type { WriteBack, WriteBackResult } from './write-back.ts';

/** A legacy directory that may be written to. */
export interface OpenedColumn {
  readonly column: PasswordColumn;
  readonly options: DirectoryWriteBack;
}

export interface WriteBackDeps {
  readonly directories: Pick<LegacyDirectories, 'findPerson'>;
  readonly passwords: OldFormats;
  /** By the name of the directory. */
  readonly columns: ReadonlyMap<string, OpenedColumn>;
}

export function createWriteBack({ directories, passwords, columns }: WriteBackDeps): WriteBack {
  async function put(
    user: LegacyUser,
    { column, options }: OpenedColumn,
    made: Extract<Remade, { kind: 'made' }>,
  ): Promise<WriteBackResult> {
    if (made.judgement.strength === 'broken' && options.weakScheme !== 'allow') {
      return refused('weak', `${made.scheme} protects no password (${made.judgement.reason}); ${YES}`);
    }
    const { encoded, salt } = made;
    const replaced = await column.replace({ id: user.id, before: user.credential.encoded, encoded, salt });
    switch (replaced) {
      case 'changed-meanwhile':
        return { kind: replaced };
      case 'does-not-fit':
        return refused('column', TOO_NARROW);
      case 'replaced': {
        const credential = { ...user.credential, encoded, ...(salt === undefined ? {} : { salt }) };
        return { kind: 'written', scheme: made.scheme, credential };
      }
    }
  }

  return {
    async write(person, password) {
      const opened = columns.get(person.directory);
      if (opened === undefined) return { kind: 'off' };
      const user = await directories.findPerson(person);
      if (user === undefined) return { kind: 'unknown-person' };
      const { scheme, freshSalt } = opened.options;
      const made = await passwords.remake(password, user.credential, { scheme, freshColumnSalt: freshSalt });
      if (made.kind === 'made') return put(user, opened, made);
      return refused(made.kind === 'password' ? 'password' : 'scheme', made.reason);
    },
    close: async () => {
      await Promise.all([...columns.values()].map(({ column }) => column.close()));
    },
  };
}

const YES =
  'it is not written unless the configuration says weakScheme: allow, since it would give the new password away with the legacy table.';
const TOO_NARROW =
  'The legacy column did not keep the hash as it was written: it is too narrow, or something changes what is written to it. Nothing was changed.';

const refused = (what: Extract<WriteBackResult, { kind: 'refused' }>['what'], reason: string) =>
  ({ kind: 'refused', what, reason }) as const;
