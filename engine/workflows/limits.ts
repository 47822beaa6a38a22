/** How much one workflow may do, so that none can hold up the others. Each limit is answered with a sentence naming it. */
export const MOST_RECORDS = 1000;
export const MOST_STEPS = 10_000;
/** Workflows that set each other off. */
export const MOST_DEPTH = 5;
/** Of one run. */
export const MOST_NOTICES = 5000;
export const MOST_REQUESTS = 200;
export const MOST_WRITES = 5000;
/** Characters of what a node answers, as JSON. */
export const LARGEST_OUTPUT = 256_000;
/** Nodes inside one save or transaction block. */
export const MOST_INSTANT_STEPS = 500;
/** Tries of a step that failed for a reason that may pass. */
export const STEP_ATTEMPTS = 4;
export const DELIVERY_ATTEMPTS = 8;
/** A reminder that is later than this is dropped and counted: `catchup.max_days`. */
export const LATEST_DAYS = 7;
