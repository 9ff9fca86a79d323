// A database that is being replaced is away for a moment: what only reads is read again.

const TRIES = 50
const PAUSE_MS = 200

/** @throws what the last of the tries threw */
export async function whenThere<Value>(read: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await read()
    } catch (error) {
      if (tries === TRIES) throw error
      await new Promise((done) => setTimeout(done, PAUSE_MS))
    }
  }
}
