/** Milliseconds since 1970. The one place that reads the machine's clock. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
