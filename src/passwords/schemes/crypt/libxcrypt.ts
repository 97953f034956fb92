import { createRequire } from 'node:module';
import type Koffi from 'koffi';

/** What libxcrypt calls itself: with and without the interfaces of glibc's own crypt(3), which it replaced. */
const FILES = ['libcrypt.so.1', 'libcrypt.so.2'];
/** `struct crypt_data`, whose size is part of the library's binary interface. */
const DATA_BYTES = 32_768;
/** The first character says that nothing was computed; a hash begins with its setting. */
const FAILURE = '*';

type CryptRn = (phrase: Uint8Array, setting: string, data: Uint8Array, size: number) => string | null;

/** Looked for once in each thread, and only when a row needs it. */
let loaded: { readonly crypt: CryptRn | undefined } | undefined;

/**
 * crypt(3) of the machine's libxcrypt. Computes on the thread that asks, which has to be a worker.
 *
 * @param phrase without NUL, fewer than 512 bytes
 * @returns undefined when there is no such library here, or it does not know the setting
 */
export function cryptByLibxcrypt(phrase: Uint8Array, setting: string): string | undefined {
  loaded ??= { crypt: load() };
  if (loaded.crypt === undefined) return undefined;
  const text = Buffer.alloc(phrase.length + 1);
  text.set(phrase);
  const data = Buffer.alloc(DATA_BYTES);
  try {
    const hashed = loaded.crypt(text, setting, data, data.length);
    return hashed === null || hashed.startsWith(FAILURE) ? undefined : hashed;
  } finally {
    text.fill(0);
    data.fill(0);
  }
}

/** koffi is an optional package, libxcrypt a library of some Linux distributions: either may be missing. */
function load(): CryptRn | undefined {
  for (const file of FILES) {
    try {
      const koffi: typeof Koffi = createRequire(import.meta.url)('koffi');
      return koffi
        .load(file)
        .func('str crypt_rn(const uint8_t *phrase, const char *setting, uint8_t *data, int size)');
    } catch {
      // The next name; glibc's own library has no crypt_rn.
    }
  }
  return undefined;
}
