/** A thread that answers with what it was sent. */
export async function verify(batch: { password: Uint8Array }[]) {
  const answers = batch.map(({ password }) => ({
    bytes: [...password],
    bufferLength: password.buffer.byteLength,
  }));
  return { answers, milliseconds: 1 };
}
