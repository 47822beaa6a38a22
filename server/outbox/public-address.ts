/** Which addresses a request of a workflow may go to: those of the public internet, whatever they are written as. */
import type { LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';
import type { Label } from '#engine/errors.ts';

/** Somewhere a request may not go; the sentence says why. */
export class Refused extends Error {
  readonly problem: Label;
  constructor(problem: Label) {
    super(problem.en);
    this.name = 'Refused';
    this.problem = problem;
  }
}

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
const LOWEST_FREE_PORT = 1024;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** An IPv4 address inside an IPv6 one is judged as the IPv4 address it is. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const found = ipaddr.process(address);
  // Of IPv6 only what is given out to the internet: `::7f00:1` is 127.0.0.1 in another dress, and no range of its own.
  return found.range() === 'unicast' && (!(found instanceof ipaddr.IPv6) || found.match(GLOBAL_IPV6));
}

/** A host name without what URLs put around it; null when it is no address but a name. */
export function addressOf(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return ipaddr.isValid(bare) ? bare : null;
}

export function targetOf(url: URL): string {
  return `${url.hostname}:${url.port || DEFAULT_PORTS[url.protocol] || ''}`;
}

/** Throws `Refused`. `allowed` holds `host:port` of targets that the operator of this server lets through. */
export function checkedUrl(text: string, allowed: ReadonlySet<string>): URL {
  if (!URL.canParse(text)) throw new Refused({ 'zh-CN': '网址无效', en: 'The address is not a valid URL' });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refused({ 'zh-CN': '只能请求 http 或 https 网址', en: 'Only http and https addresses may be called' });
  if (url.username !== '' || url.password !== '') throw new Refused({ 'zh-CN': '网址中不能带用户名和密码，请放在请求头中', en: 'The address may not hold a user name and password; put them in a header' });
  if (allowed.has(targetOf(url))) return url;
  const port = Number(targetOf(url).split(':').at(-1));
  if (port < LOWEST_FREE_PORT && !WEB_PORTS.has(port)) throw new Refused({ 'zh-CN': `不允许请求端口 ${port}`, en: `Port ${port} may not be called` });
  refuseHost(url.hostname);
  return url;
}

/** For names only what can be said without asking DNS; the rest is said when it answers. */
export function refuseHost(hostname: string): void {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const address = addressOf(hostname);
  if (name === 'localhost' || name.endsWith('.localhost') || (address !== null && !isPublicAddress(address))) throw notPublic(hostname);
}

export function refuseAnswers(hostname: string, answers: readonly LookupAddress[]): void {
  if (answers.length === 0 || !answers.every(({ address }) => isPublicAddress(address))) throw notPublic(hostname);
}

const notPublic = (hostname: string): Refused =>
  new Refused({ 'zh-CN': `“${hostname}”不是公网地址，已拒绝请求`, en: `"${hostname}" is not a public address; the request was refused` });
