import { type Parameters, parameter } from './vector-parameters.ts';

interface Derived {
  readonly hash: string;
  readonly salt?: string | null | undefined;
}

/** Key derivation whose parameters stand beside the hash, as the families `pbkdf2-..(..)` and `scrypt(..)`. */
export function deriving(name: string, row: Derived, parameters: Parameters): readonly string[] {
  if (row.salt == null) return [];
  if (/pbkdf[-_]?2/i.test(name)) return pbkdf2(name, row, parameters);
  return /scrypt/i.test(name) && !/bcrypt|firebase|crypt\(3\)/i.test(name) ? scrypt(row, parameters) : [];
}

function pbkdf2(name: string, row: Derived, parameters: Parameters): readonly string[] {
  const said = parameter(parameters, 'digest', 'prf', 'hash', 'algorithm', 'hashalgorithm', 'hmac') ?? name;
  const digest = /sha-?_?(512|384|256|224|1)|md5/i.exec(`${said} ${name}`);
  const iterations =
    parameter(
      parameters,
      'iterations',
      'iteration',
      'iter',
      'rounds',
      'count',
      'c',
      'cost',
      'factor',
      'hashiterations',
      'iterationcount',
    ) ?? /(\d{3,})\s*(?:it\b|iter|rounds)/i.exec(name)?.[1];
  if (iterations === undefined) return [];
  const text = digest === null ? 'sha1' : digest[1] === undefined ? 'md5' : `sha${digest[1]}`;
  return forms(name, parameters).map(
    (form) =>
      `pbkdf2-${text}(iterations=${iterations},length=${lengthOf(row.hash, parameters)},salt=${form})`,
  );
}

function scrypt(row: Derived, parameters: Parameters): readonly string[] {
  const n = Number(
    parameter(parameters, 'n', 'nparameter', 'cost', 'costfactor', 'ln', 'logn', 'log2n', 'memcost') ??
      Number.NaN,
  );
  const [r, p] = [
    parameter(parameters, 'r', 'rparameter', 'blocksize', 'blocksizefactor') ?? '8',
    parameter(parameters, 'p', 'pparameter', 'parallelization', 'parallelism', 'parallelizationfactor') ??
      '1',
  ];
  if (Number.isNaN(n)) return [];
  const N = n <= 63 ? 2 ** n : n;
  return forms('', parameters).map(
    (form) => `scrypt(N=${N},r=${r},p=${p},length=${lengthOf(row.hash, parameters)},salt=${form})`,
  );
}

/** How the salt may be written; what is said comes alone. */
function forms(name: string, parameters: Parameters): readonly string[] {
  const said = parameter(parameters, 'saltencoding', 'saltformat', 'saltform') ?? name;
  if (/b64 salt|base64 salt|^base64|^b64/i.test(said)) return ['base64'];
  if (/hex salt|^hex/i.test(said)) return ['hex'];
  if (/text salt|^(?:text|utf-?8|raw|ascii)/i.test(said)) return ['text'];
  return ['text', 'base64', 'hex'];
}

function lengthOf(hash: string, parameters: Parameters): number {
  const bytes = Buffer.from(hash, 'base64').length;
  const actual = /^[0-9a-f]+$/i.test(hash) && hash.length % 2 === 0 ? hash.length / 2 : bytes;
  const said = Number(
    parameter(parameters, 'keylen', 'keylength', 'dklen', 'length', 'outputbytes') ?? actual,
  );
  return said === actual || said === bytes ? said : actual;
}
