/** Named places where a test may kill the process, to prove that nothing is lost there. Does nothing in production. */
export type FaultPoints = (name: string) => void;

export const noFaults: FaultPoints = () => {};

/**
 * @param armed `NAME` or `NAME:N`: the N-th time the process reaches NAME it ends as by SIGKILL
 * @param kill ends the process without any clean-up
 */
export function armFaultPoint(armed: string, kill: () => void): FaultPoints {
  const [target, count] = armed.split(':');
  let left = Number(count ?? 1);
  return (name) => {
    if (name !== target) return;
    left -= 1;
    if (left === 0) kill();
  };
}
