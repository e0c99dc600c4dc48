// Runs one task at a time; of those that wait, only the latest.

/**
 * Returns a function that runs `work`, or remembers its argument while an earlier call is running. What it remembered before
 * is dropped.
 * @template Argument
 * @param {(argument: Argument) => Promise<void>} work It must not reject.
 */
export const latestOnly = (work) => {
  /** @type {{ argument: Argument } | undefined} */
  let waiting;
  let isRunning = false;
  return async (/** @type {Argument} */ argument) => {
    waiting = { argument };
    if (isRunning) return;
    isRunning = true;
    while (waiting) {
      const next = waiting;
      waiting = undefined;
      await work(next.argument);
    }
    isRunning = false;
  };
};
