/** Sign-in attempts: per account and address, and per address. Refusals say when to come back, never whether an account exists. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { count, network } from './rate-limit.ts';

export interface SignInLimit {
  /** Counts an attempt; throws `rate_limited`. */
  attempt(login: string, address: string): Promise<void>;
  /** A success clears the account's count. */
  succeeded(login: string, address: string): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;

export function createSignInLimit(): SignInLimit {
  const perAccount = new RateLimiterMemory({ points: 8, duration: WINDOW_SECONDS, blockDuration: WINDOW_SECONDS });
  const perAddress = new RateLimiterMemory({ points: 60, duration: WINDOW_SECONDS });
  const key = (login: string, address: string): string => `${login.trim().toLowerCase().slice(0, 200)} ${network(address)}`;
  return {
    async attempt(login, address) {
      await count(perAddress, network(address));
      await count(perAccount, key(login, address));
    },
    async succeeded(login, address) {
      await perAccount.delete(key(login, address));
    },
  };
}
