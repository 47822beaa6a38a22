/** When a delivery that failed is tried again, and when a host that keeps failing is left alone for a while. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;
const GROWTH = 4;
const JITTER = 0.2;

/** `attempts`: how often it has been tried by now. Deliveries that failed together do not come back together. */
export function waitAfter(attempts: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** (attempts - 1));
  return Math.round(wait * (1 - JITTER * random));
}

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 60_000;

export interface CircuitBreaker {
  succeeded(host: string): void;
  failed(host: string, now: number): void;
  /** Hosts that nothing is sent to at present; after a minute one try is let through. */
  open(now: number): readonly string[];
}

export function createCircuitBreaker(): CircuitBreaker {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    succeeded: (host) => void failures.delete(host),
    failed(host, now) {
      const count = (failures.get(host)?.count ?? 0) + 1;
      failures.set(host, { count, until: count >= FAILURES_TO_OPEN ? now + OPEN_MS : 0 });
    },
    open: (now) => [...failures].flatMap(([host, { until }]) => (until > now ? [host] : [])),
  };
}
