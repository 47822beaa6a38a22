/** How often an address may open and send public forms, and how often one link may be answered. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '#engine/errors.ts';
import { network } from '../session/sign-in-limit.ts';

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
  const count = async (limit: RateLimiterMemory, key: string): Promise<void> => {
    try {
      await limit.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
      throw new AppError('rate_limited', { 'zh-CN': `提交过于频繁，请 ${minutes} 分钟后再试`, en: `Too many attempts; try again in ${minutes} minute(s)` });
    }
  };
  return {
    opened: (address) => count(opening, network(address)),
    sent: async (address, token) => {
      await count(perAddress, network(address));
      await count(perLink, token.slice(0, 60));
    },
  };
}
