import type { Scheme } from '../../scheme.ts';
import { binaryLayouts } from './binary-layouts.ts';
import { p5k2Layouts } from './p5k2-layouts.ts';
import { pbkdf2Scheme } from './pbkdf2.ts';
import { textLayouts } from './text-layouts.ts';

/** PBKDF2 in every layout that describes itself. */
export const pbkdf2: readonly Scheme[] = [...textLayouts, ...binaryLayouts, ...p5k2Layouts].map(pbkdf2Scheme);

/** ASP.NET Identity of either version, for a table that was carried from one to the other. */
export const aspnetIdentity: Scheme = {
  name: 'aspnet-identity',
  aliases: ['aspdotnet'],
  about: {
    foundIn: 'ASP.NET Identity 1 to 3 and Core, whichever version wrote the row: AspNetUsers.PasswordHash',
    example: 'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg+HNphercic/uMU10oVOJcFooxzoeSLoVHx/CnyVEI1LA==',
  },
  selfDescribing: false,

  parse({ encoded }) {
    for (const scheme of pbkdf2.filter(({ name }) => name.startsWith('aspnet-identity-'))) {
      const hash = scheme.parse({ encoded });
      if (hash !== undefined) return { ...hash, scheme: 'aspnet-identity' };
    }
    return undefined;
  },
};
