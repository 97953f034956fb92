import { judgedStrong } from '../../judgement.ts';
import { cryptScheme } from './crypt-scheme.ts';

const WHOLE = /^\$(g?y)\$([./0-9A-Za-z]{1,22})\$([./0-9A-Za-z]{0,86})\$([./0-9A-Za-z]{43})$/;

/**
 * `$y$`, the default of Debian, Ubuntu and Fedora since 2021, and `$gy$` of ALT Linux. They are recognised, so that a
 * report names them, but there is no implementation for Node: none of their passwords is ever let in.
 */
export const yescrypt = cryptScheme({
  name: 'yescrypt',
  aliases: ['gost-yescrypt'],
  about: {
    foundIn: 'Debian 11, Ubuntu 22.04, Fedora 35 and later: /etc/shadow; $gy$ of ALT Linux',
    example: '$y$j9T$seasaltseasaltseasalt1$jYsN6gF5IJCeDnNtMPp0PhNyCY4yHhrhCzCha20xyd0',
  },
  identifier: /^\$g?y\$/,
  read(encoded) {
    const [, kind, , , text] = WHOLE.exec(encoded) ?? [];
    if (text === undefined) return undefined;
    return {
      hash: text,
      parameters: { kind: kind === 'y' ? 'yescrypt' : 'gost-yescrypt' },
      judgement: judgedStrong,
      outOfBounds: `${kind === 'y' ? 'yescrypt' : 'gost-yescrypt'} cannot be verified here: there is no implementation of it for Node. These people need a reset.`,
      cost: 0,
      compute: () => '',
    };
  },
});
