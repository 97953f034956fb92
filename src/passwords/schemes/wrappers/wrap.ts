import type { About, Scheme } from '../../scheme.ts';

/** A format that puts something in front of another one's value, and maybe in front of its computation. */
export interface Wrapper {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: About;
  /** What stands in front; the rest is the inner value. */
  readonly prefix: RegExp;
  /** The schemes that the rest may be of. */
  readonly inner: readonly Scheme[];
  /** What is handed to the inner scheme for a password. Looks at all of it, or the wrapper would be lossy. */
  prepare?(password: Uint8Array): Uint8Array;
}

export function wrapping({ name, aliases, about, prefix, inner, prepare }: Wrapper): Scheme {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    about: { ...about, ...ignoredBy(inner, prepare) },
    selfDescribing: true,

    parse(stored) {
      const front = prefix.exec(stored.encoded)?.[0];
      if (front === undefined) return undefined;
      const encoded = stored.encoded.slice(front.length);
      for (const scheme of inner) {
        const hash = scheme.parse({ ...stored, encoded });
        if (hash === undefined) continue;
        return {
          ...hash,
          scheme: name,
          verify: (password) => hash.verify(prepare?.(password) ?? password),
          lossy: prepare === undefined ? hash.lossy : () => false,
          decoy: () => `${front}${hash.decoy()}`,
          remake: async (password, fresh) =>
            inFront(front, await hash.remake?.(prepare?.(password) ?? password, fresh)),
        };
      }
      return undefined;
    },

    damage(encoded) {
      const front = prefix.exec(encoded)?.[0];
      if (front === undefined) return undefined;
      for (const scheme of inner) {
        const damage = scheme.damage?.(encoded.slice(front.length));
        if (damage !== undefined) return `${name}: ${damage}`;
      }
      return `${name}, but what stands behind its prefix is of no scheme that goes there: it was cut, or is not verified yet`;
    },
  };
}

/** @param value undefined stays so */
export const inFront = (front: string, value: string | undefined) =>
  value === undefined ? undefined : front + value;

/** What is prepared is a digest of all of the password: then nothing of it is ignored. */
function ignoredBy(inner: readonly Scheme[], prepare: Wrapper['prepare']): Pick<About, 'ignores'> {
  const [first] = inner;
  const ignores = inner.length === 1 ? first?.about.ignores : 'what the scheme behind the prefix ignores';
  return prepare !== undefined || ignores === undefined ? {} : { ignores };
}
