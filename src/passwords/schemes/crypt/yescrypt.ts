import { judgeScrypt } from '../../judgement.ts';
import type { Scheme } from '../../scheme.ts';
import { cryptScheme } from './crypt-scheme.ts';
import { cryptByLibxcrypt } from './libxcrypt.ts';
import { readYescryptParameters, yescryptFault, yescryptWork } from './yescrypt-parameters.ts';

/** Up to 64 bytes of salt, in the one way to write them; libxcrypt computes nothing for another text. */
const SALT =
  '(?=[./0-9A-Za-z]{0,86}\\$)(?:[./0-9A-Za-z]{4}){0,21}(?:[./0-9A-Za-z][./01]|[./0-9A-Za-z]{2}[./0-9A-D])?';
const WHOLE = new RegExp(`^(\\$(g?y)\\$([./0-9A-Za-z]{3,48})\\$${SALT})\\$([./0-9A-Za-z]{42}[./0-9A-D])$`);

const MILLISECONDS_OF_A_BLOCK = 0.00015;

type Kind = 'y' | 'gy';
const NAMES = { y: 'yescrypt', gy: 'gost-yescrypt' } as const;

/** The cheapest setting that has everything in it; known to libxcrypt or to nobody here. */
const TRIAL = { y: '$y$j/.$..', gy: '$gy$j/.$..' } as const;

/** @returns undefined where the setting cannot be computed */
type CryptByLibrary = (phrase: Uint8Array, setting: string) => string | undefined;

/**
 * `$y$`, the default of Debian, Ubuntu and Fedora since 2021, and `$gy$` of ALT Linux. There is no implementation for
 * Node: the machine's libxcrypt computes them, where there is one and the optional package koffi that reaches it.
 * Elsewhere they are recognised, so that a report names them, and none of their passwords is let in.
 */
export const yescrypt = yescryptBy(cryptByLibxcrypt);

/** The same by another library. */
export function yescryptBy(crypt: CryptByLibrary): Scheme {
  const computable = new Map<Kind, boolean>();

  /** @returns a sentence when this machine cannot compute it */
  function absence(kind: Kind): string | undefined {
    const can = computable.get(kind) ?? crypt(Buffer.from('trial'), TRIAL[kind]) !== undefined;
    computable.set(kind, can);
    if (can) return undefined;
    return `${NAMES[kind]} cannot be verified here: it takes Linux with libxcrypt (libcrypt.so) and the optional package koffi. Elsewhere these people need a reset.`;
  }

  return cryptScheme({
    name: 'yescrypt',
    aliases: ['gost-yescrypt', 'gost_yescrypt'],
    about: {
      foundIn: 'Debian 11, Ubuntu 22.04, Fedora 35 and later: /etc/shadow; $gy$ of ALT Linux',
      example: '$y$j9T$seasaltseasaltseasalt1$jYsN6gF5IJCeDnNtMPp0PhNyCY4yHhrhCzCha20xyd0',
    },
    identifier: /^\$g?y\$/,
    read(encoded) {
      const [, setting, kind, text = '', hash] = WHOLE.exec(encoded) ?? [];
      const parameters = readYescryptParameters(text);
      if (setting === undefined || hash === undefined || parameters === undefined) return undefined;
      const { log2, r, p, t } = parameters;
      const N = 2 ** log2;
      const outOfBounds = yescryptFault(parameters) ?? absence(kind as Kind);
      return {
        hash,
        parameters: { kind: NAMES[kind as Kind], N, r, p, t },
        judgement: judgeScrypt({ N, r, p }),
        ...(outOfBounds === undefined ? {} : { outOfBounds }),
        cost: MILLISECONDS_OF_A_BLOCK * yescryptWork(parameters),
        compute: (password) => crypt(password, setting)?.slice(-hash.length) ?? '',
      };
    },
  });
}
