/** Sign-in attempts: per account and address, and per address. Refusals say when to come back, never whether an account exists. */
import { BlockList, isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '#engine/errors.ts';

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
      try {
        await perAddress.consume(network(address));
        await perAccount.consume(key(login, address));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
        throw new AppError('rate_limited', { 'zh-CN': `尝试次数过多，请 ${minutes} 分钟后再试`, en: `Too many attempts; try again in ${minutes} minute(s)` });
      }
    },
    async succeeded(login, address) {
      await perAccount.delete(key(login, address));
    },
  };
}

/** One subscriber holds a whole /64 of IPv6; counting single addresses would count nothing. */
export function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace('::ffff:', '');
  const full = new BlockList();
  full.addSubnet(address, 64, 'ipv6');
  return full.rules[0] ?? address;
}
