import type { MigrationSwitch } from '../../clients/migration.ts';
import { hasCode } from '../../domain/errors.ts';
import type { StewardsDesk } from '../desk.ts';
import { counted, estimated, type Figure, UNKNOWN } from './figures.ts';

/** Of so many people at a target it is looked up whether a switch means them; of more, some are as good as all. */
const LOOKED_AT = 20_000;

/** How many people a switch means, and for how many of them the target would decide. */
export function createSwitchPeople({
  directories,
  capabilities,
  targetPeople,
  isMeant,
}: Pick<StewardsDesk, 'directories' | 'capabilities' | 'targetPeople' | 'isMeant'>) {
  return {
    /** Everybody in the old tables, as far as these say it cheaply. */
    async everybody(): Promise<Figure> {
      try {
        const counts = await Promise.all([...directories.byName.values()].map((one) => one.count()));
        return counts.includes(undefined)
          ? UNKNOWN
          : estimated(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0));
      } catch (error) {
        if (!hasCode(error, 'legacy_unavailable')) throw error;
        return UNKNOWN;
      }
    },
    /** Whom the switch means of everybody. */
    meant({ percent, allow = [], deny = [] }: MigrationSwitch, everybody: Figure): Figure {
      if (percent === 0) {
        const named = allow.filter((entry) => !deny.includes(entry));
        return namesDomains(named) ? UNKNOWN : counted(named.length);
      }
      if (everybody.number === null) return UNKNOWN;
      const left = percent === 100 ? everybody.number - deny.length : (everybody.number * percent) / 100;
      return estimated(Math.max(0, left));
    },
    /** Of the people whose password has arrived at the target, those whom the switch means. */
    async across(one: MigrationSwitch, target: string): Promise<Figure> {
      const { allow = [], deny = [], percent } = one;
      const takesHashes = capabilities.get(target)?.firstHash ?? true;
      const isForAll = percent === 100 && deny.length === 0;
      const { people, first } = await targetPeople.across(target, takesHashes, isForAll ? 0 : LOOKED_AT);
      if (isForAll || people === 0) return counted(people);
      const meant = first.filter((person) => isMeant(one, person)).length;
      if (people === first.length && !namesDomains([...allow, ...deny])) return counted(meant);
      return estimated((meant / Math.max(1, first.length)) * people);
    },
  };
}

/** The ledger keeps nobody's e-mail address. */
const namesDomains = (list: readonly string[]) => list.some((entry) => entry.startsWith('@'));
