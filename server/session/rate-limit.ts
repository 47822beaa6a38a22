/** How often something may be done: counted in memory, refused with when to come back. */
import { BlockList, isIPv6 } from 'node:net';
import { type RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '#engine/errors.ts';

/** Throws `rate_limited`. */
export async function count(limit: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
    throw new AppError('rate_limited', { 'zh-CN': `尝试次数过多，请 ${minutes} 分钟后再试`, en: `Too many attempts; try again in ${minutes} minute(s)` });
  }
}

/** One subscriber holds a whole /64 of IPv6; counting single addresses would count nothing. */
export function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace('::ffff:', '');
  const full = new BlockList();
  full.addSubnet(address, 64, 'ipv6');
  return full.rules[0] ?? address;
}
