/** How often an address may open and send public forms, and how often one link may be answered. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { count, network } from '../session/rate-limit.ts';

export interface FormLimit {
  /** Throws `rate_limited`. */
  opened(address: string): Promise<void>;
  sent(address: string, token: string): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;

export function createFormLimit(): FormLimit {
  const opening = new RateLimiterMemory({ points: 120, duration: WINDOW_SECONDS });
  const perAddress = new RateLimiterMemory({ points: 60, duration: WINDOW_SECONDS });
  const perLink = new RateLimiterMemory({ points: 300, duration: WINDOW_SECONDS });
  return {
    opened: (address) => count(opening, network(address)),
    sent: async (address, token) => {
      await count(perAddress, network(address));
      await count(perLink, token.slice(0, 60));
    },
  };
}
