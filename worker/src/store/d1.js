// A batch of statements for D1, as one text: a value by itself would cross the border between JavaScript and Wasm some hundred
// times in a batch.

/** The statements' texts by what the Worker calls them: each comes over once. */
const texts = new Map();

/**
 * @param {D1Database} database
 * @param {string} asked for each statement what it is called, its text where that is new, and its values
 * @returns {Promise<unknown[] | string>} how many rows were read and written in all; then of each statement how many it has
 * changed, and those that it gave back. A text says what went wrong.
 */
export async function batch(database, asked) {
  try {
    const statements = JSON.parse(asked);
    for (const [name, text] of statements) if (text) texts.set(name, text);
    const bound = statements.map(([name, , ...values]) =>
      database.prepare(texts.get(name)).bind(...values.map((value) => (Array.isArray(value) ? new Uint8Array(value) : value))),
    );
    const answer = [0, 0];
    for (const { results, meta } of await database.batch(bound)) {
      answer[0] += meta.rows_read ?? 0;
      answer[1] += meta.rows_written ?? 0;
      answer.push(meta.changes ?? 0, results);
    }
    return answer;
  } catch (error) {
    return String(error.cause?.message ?? error.message ?? error);
  }
}
