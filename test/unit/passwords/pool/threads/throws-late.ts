/** A thread that throws where nobody catches. */
export function verify(): Promise<never> {
  setTimeout(() => {
    throw new Error('thrown late');
  });
  return new Promise(() => {});
}
