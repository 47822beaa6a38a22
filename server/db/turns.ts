/** Work on something that serves one at a time: each begins when the one before has ended, well or not. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    const ended = () => undefined;
    // The failure is told to whoever asked for the work; it only does not stop the next.
    last = mine.then(ended, ended);
    return mine;
  };
}
