import argon2 from 'argon2';
import type { Random } from '../../runtime/random.ts';
import type { User, Users } from './users.ts';

/** The platform's own log-in: its users table and argon2id, nobody else is asked. */
export interface OwnLogin {
  /** The person, or undefined for a wrong password, an unknown name and a password that has not arrived yet. */
  authenticate(login: string, password: string): Promise<User | undefined>;
}

/** The cost of the bridge's rehash, so that an unknown name takes as long as a wrong password. */
const USUAL = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function createOwnLogin(users: Users, random: Random): Promise<OwnLogin> {
  const decoy = await argon2.hash(random(32), { ...USUAL, salt: random(16) });
  return {
    async authenticate(login, password) {
      const user = users.findByLogin(login);
      const stored = user?.password_hash?.startsWith('$argon2id$') ? user.password_hash : undefined;
      const verified = await argon2.verify(stored ?? decoy, password);
      return verified && stored !== undefined ? user : undefined;
    },
  };
}
