/** How a badge or a notice looks. The word says the same: colour is never alone. */
export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'plain';

const TONES: Readonly<Record<string, Tone>> = {
  // modes of a switch
  off: 'plain',
  shadow: 'info',
  lazy: 'warn',
  cutover: 'good',
  // states of a row in the ledger
  captured: 'info',
  copying: 'info',
  copied: 'good',
  retrying: 'warn',
  parked: 'bad',
  conflict: 'bad',
  stale: 'warn',
  gone: 'plain',
  excluded: 'plain',
  // levels of a finding
  ok: 'good',
  warning: 'warn',
  error: 'bad',
  // a target
  open: 'good',
  failing: 'warn',
  resting: 'warn',
  // a run
  running: 'info',
  stopping: 'warn',
  interrupted: 'warn',
  done: 'good',
  held: 'warn',
  stopped: 'plain',
  failed: 'bad',
  // a password
  strong: 'good',
  weak: 'warn',
  broken: 'bad',
};

export const toneOf = (word: string): Tone => TONES[word] ?? 'plain';
