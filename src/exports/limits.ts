/** The bounds of one export, each with its reason. What lies beyond is rejected and named, never cut. */

/** One row, or one statement that is not rows, in bytes: a user's row is thousands of times smaller. Memory follows it. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** MySQL ends at 64, PostgreSQL at 63, SQL Server at 128; CSV headers may be anything. In characters. */
export const MAX_NAME = 128;

/** MySQL ends at 4,096, SQLite as it is built here at 2,000. */
export const MAX_COLUMNS = 2_000;

/** MySQL servers of shared hosters hold thousands; a file of names alone must not fill the memory. */
export const MAX_TABLES = 20_000;

/** What a rejects file keeps of one piece of raw text, in bytes; it says so where it cut. */
export const MAX_REJECT_BYTES = 1024 * 1024;

/** How much is read at once. */
export const CHUNK_BYTES = 256 * 1024;
