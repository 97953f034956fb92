/**
 * How much verifying a run may do: everything cheap, and of the dear some, by the cost that the row claims. Counted and
 * not measured, so that a seed gives the same run on every machine.
 */
export interface Purse {
  /** @param cost milliseconds, as `ParsedHash.cost` counts them */
  spend(cost: number): boolean;
  /** From a finding on, everything is verified: what is smaller must fail in the same way. */
  open(): void;
}

/** One compartment each, so that the cheap does not use up what the dear needs. */
const CHEAP = 1;
const MEDIUM = 100;

/** @param milliseconds for each of three compartments: below 1 ms, below 100 ms, and above */
export function createPurse(milliseconds: readonly [number, number, number]): Purse {
  const left = [...milliseconds];
  let unlimited = false;
  return {
    spend(cost) {
      const compartment = cost < CHEAP ? 0 : cost < MEDIUM ? 1 : 2;
      const rest = left[compartment] ?? 0;
      if (!unlimited && rest <= 0) return false;
      left[compartment] = rest - cost;
      return true;
    },
    open() {
      unlimited = true;
    },
  };
}
