/** A thread that answers with what it was sent. */
export async function verify(task: { password: Uint8Array }) {
  return { bytes: [...task.password], bufferLength: task.password.buffer.byteLength };
}
