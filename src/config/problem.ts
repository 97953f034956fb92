/** One thing wrong with the configuration, and where. */
export interface Problem {
  /** As one would write it in the file, e.g. `clients[0].redirect_uris[1]`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and what to write instead; never the value itself, which may be a secret. */
  readonly message: string;
}

export function pathOf(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    return path === '' ? String(segment) : `${path}.${String(segment)}`;
  }, '');
}
