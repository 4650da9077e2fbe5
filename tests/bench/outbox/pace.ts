/** How fast time runs in the bench of the outbox: most of it were the minute of waiting after a lost answer otherwise. */

/** The clock is put forward in beats of so many real milliseconds. */
export const BEAT_MS = 200
/**
 * No faster than a call could outlast its fence by; and the faster, the more of the load is what the engine does every so many seconds, which is
 * little when time runs as it does.
 */
export const TIMES_FASTER = 5

/** What a post says once it was changed while it waited at its network. */
export const REWORDED = 'thinks of it'
