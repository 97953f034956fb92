/** A piece of a bar, in percent of its length. */
export interface Segment {
  /** Says its colour: a class `share-..` of the stylesheet. */
  readonly kind: string;
  readonly start: number;
  readonly width: number;
}

export interface Part {
  readonly kind: string;
  readonly people: number;
}

/** Parts of a whole, one after the other. */
export function segmentsOf(parts: readonly Part[], whole: number): Segment[] {
  let before = 0;
  return parts
    .filter(({ people }) => people > 0)
    .map(({ kind, people }) => {
      const start = rounded((100 * before) / whole);
      before += people;
      return { kind, start, width: rounded((100 * before) / whole - start) };
    });
}

const rounded = (percent: number) => Math.round(percent * 100) / 100;
