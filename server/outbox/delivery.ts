/**
 * Sends what lies in the outbox: claims due rows under a lease, sends outside any transaction, then notes what came of it and tells the run
 * that waits, in one transaction. A process that dies between sending and noting sends again, with the same id. At most two deliveries to
 * one host are under way over all processes, and a host that keeps failing is left alone for a minute, so none holds up the others.
 */
import { randomUUID } from 'node:crypto';
import type { Label } from '#engine/errors.ts';
import { withoutNumbers } from '#engine/records/number-ban.ts';
import type { DeliveryResult } from '#engine/workflows/services.ts';
import type { Transaction } from '../db/database.ts';
import { join, sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { createCircuitBreaker, waitAfter } from './back-off.ts';
import { fillSecrets, hideSecrets } from './fill-secrets.ts';
import type { Mailer } from './mailer.ts';
import { type OutgoingEmail, payloadOf } from './queue.ts';
import { type Fetcher, readAnswer } from './safe-fetch.ts';

export interface DeliverySettings {
  /** Null: mail is held for the administrator to read. */
  readonly mailer: Mailer | null;
  readonly fetcher: Fetcher;
  /** Where the app stands, for links in mail: `https://crm.example.com`. */
  readonly publicUrl: string;
  /** Called in the transaction that notes the end of a delivery some step waits for. */
  onResult(tx: Transaction, wakeKey: string, result: DeliveryResult): Promise<void>;
  readonly random?: () => number;
}

export interface Delivery {
  /** Sends what is due and answers how many were tried. */
  deliverDue(): Promise<number>;
  /** Looks at once rather than at the next beat. */
  wake(): void;
  start(): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const BEAT_MS = 500;
const LEASE_MS = 30_000;
const MOST_AT_A_HOST = 2;
const MOST_AT_ONCE = 16;
const LOOKED_AT = 50;
const RETRIED_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);

interface Claimed {
  readonly id: string;
  readonly host: string;
  readonly payload: string;
  readonly attempts: number;
  readonly most_attempts: number;
  readonly wake_key: string | null;
}

type Outcome = { readonly kind: 'sent' | 'dead' | 'later'; readonly result: DeliveryResult };

export function createDelivery(workspace: Workspace, settings: DeliverySettings): Delivery {
  const { database } = workspace;
  const owner = randomUUID();
  const breaker = createCircuitBreaker();
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<number> | null = null;
  let again = false;
  const nowMs = (): number => Date.parse(workspace.now());

  async function claim(): Promise<Claimed[]> {
    // With a key missing nobody knows what to send: it waits.
    if (underWay.size >= MOST_AT_ONCE || database.vault.missing.length > 0 || !(await hasDue())) return [];
    return database.transaction(async (tx) => {
      const now = workspace.now();
      if (!settings.mailer) await tx.run(sql`UPDATE relata_outbox SET state = 'held' WHERE state = 'pending' AND kind = 'email'`);
      const busy = await tx.all<{ host: string; count: number }>(sql`SELECT host, count(*) AS count FROM relata_outbox WHERE state = 'sending' AND lease_until > ${now} GROUP BY host`);
      const count = new Map(busy.map((row) => [row.host, Number(row.count)]));
      const full = [...busy.filter((row) => Number(row.count) >= MOST_AT_A_HOST).map((row) => row.host), ...breaker.open(nowMs())];
      const others = full.length === 0 ? sql`1 = 1` : sql`host NOT IN (${join(full.map((host) => sql`${host}`), ', ')})`;
      const due = await tx.all<Claimed>(
        sql`SELECT id, host, payload, attempts, most_attempts, wake_key FROM relata_outbox
            WHERE ((state = 'pending' AND next_at <= ${now}) OR (state = 'sending' AND lease_until <= ${now})) AND ${others} ORDER BY next_at, id LIMIT ${LOOKED_AT}`,
      );
      const claimed: Claimed[] = [];
      const until = new Date(Date.parse(now) + LEASE_MS).toISOString();
      for (const row of due) {
        const here = count.get(row.host) ?? 0;
        if (here >= MOST_AT_A_HOST || claimed.length + underWay.size >= MOST_AT_ONCE) continue;
        count.set(row.host, here + 1);
        await tx.run(sql`UPDATE relata_outbox SET state = 'sending', attempts = ${Number(row.attempts) + 1}, lease_owner = ${owner}, lease_until = ${until} WHERE id = ${row.id}`);
        claimed.push({ ...row, attempts: Number(row.attempts) + 1 });
      }
      return claimed;
    });
  }

  /** So that an idle outbox takes no write lock. */
  async function hasDue(): Promise<boolean> {
    const now = workspace.now();
    return (await database.get(sql`SELECT 1 AS due FROM relata_outbox WHERE (state = 'pending' AND next_at <= ${now}) OR (state = 'sending' AND lease_until <= ${now}) LIMIT 1`)) !== undefined;
  }

  async function deliver(row: Claimed): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await send(row);
    } catch (error) {
      workspace.log.error({ err: error, delivery: row.id }, 'a delivery failed unexpectedly');
      outcome = { kind: 'later', result: failed({ 'zh-CN': '发送时出错', en: 'Sending failed' }) };
    }
    if (outcome.kind === 'later') breaker.failed(row.host, nowMs());
    else breaker.succeeded(row.host);
    await settle(row, outcome.kind === 'later' && row.attempts >= Number(row.most_attempts) ? { ...outcome, kind: 'dead' } : outcome);
  }

  async function send(row: Claimed): Promise<Outcome> {
    const payload = payloadOf(database, row);
    if (payload.kind === 'email') return sendMail(row.id, payload.email);
    const filled = await fillSecrets(database, payload.request);
    if ('problem' in filled) return { kind: 'dead', result: failed(filled.problem) };
    const { request } = filled;
    const outcome = await settings.fetcher({ ...request, headers: { ...usualHeaders(request.body), ...lowerCase(request.headers), 'idempotency-key': row.id, 'user-agent': 'Relata' } });
    if (outcome.kind !== 'answer') return { kind: outcome.kind === 'refused' ? 'dead' : 'later', result: failed(outcome.problem) };
    // What others send is kept by our rule on personal numbers.
    const body = withoutNumbers(readAnswer({ ...outcome, text: hideSecrets(outcome.text, filled.values) }));
    const { status } = outcome;
    if (status >= 200 && status < 300) return { kind: 'sent', result: { ok: true, status, body, error: null } };
    const isPassing = status >= 500 || RETRIED_STATUS.has(status);
    return { kind: isPassing ? 'later' : 'dead', result: { ok: false, status, body, error: statusProblem(status) } };
  }

  async function sendMail(id: string, { to, subject, text, link }: OutgoingEmail): Promise<Outcome> {
    // Without a mailer nothing of the kind is claimed; a lease may run out after the settings have changed.
    if (!settings.mailer) return { kind: 'later', result: failed({ 'zh-CN': '没有设置邮件服务器', en: 'No mail server is set up' }) };
    const outcome = await settings.mailer.send({ id, to, subject, text: link === null ? text : `${text}\n\n${settings.publicUrl}${link}` });
    if (outcome.kind === 'sent') return { kind: 'sent', result: { ok: true, status: null, body: null, error: null } };
    return { kind: outcome.kind === 'refused' ? 'dead' : 'later', result: failed(outcome.problem) };
  }

  async function settle(row: Claimed, { kind, result }: Outcome): Promise<void> {
    await database.transaction(async (tx) => {
      const now = workspace.now();
      const nextAt = kind === 'later' ? new Date(Date.parse(now) + waitAfter(row.attempts, (settings.random ?? Math.random)())).toISOString() : null;
      const changed = await tx.run(
        sql`UPDATE relata_outbox SET state = ${kind === 'later' ? 'pending' : kind}, next_at = ${nextAt}, sent_at = ${kind === 'sent' ? now : null},
            problem = ${result.error === null ? null : JSON.stringify(result.error)}, lease_owner = ${null}, lease_until = ${null},
            wake_key = ${kind === 'later' ? row.wake_key : null} WHERE id = ${row.id} AND state = 'sending' AND lease_owner = ${owner}`,
      );
      // Somebody else took it over when the lease ran out, and will tell.
      if (changed === 1 && kind !== 'later' && row.wake_key !== null) await settings.onResult(tx, row.wake_key, result);
    });
  }

  /** Claims until nothing is due that may be sent now; does not wait for what it has begun. */
  async function look(): Promise<number> {
    let begun = 0;
    for (let rows = await claim(); rows.length > 0; rows = await claim()) {
      begun += rows.length;
      for (const row of rows) {
        const work: Promise<void> = deliver(row)
          .catch((error: unknown) => workspace.log.error({ err: error, delivery: row.id }, 'what came of a delivery could not be noted'))
          .finally(() => {
            underWay.delete(work);
            // The next for this host need not wait for the beat.
            if (timer) beat();
          });
        underWay.add(work);
      }
    }
    return begun;
  }

  function beat(): void {
    if (looking) {
      again = true;
      return;
    }
    again = false;
    looking = look()
      .catch((error: unknown) => {
        workspace.log.error({ err: error }, 'the outbox could not be looked at');
        return 0;
      })
      .finally(() => {
        looking = null;
        if (again && timer) beat();
      });
  }

  return {
    async deliverDue() {
      let tried = 0;
      for (let begun = await look(); begun > 0; begun = await look()) {
        tried += begun;
        await Promise.all(underWay);
      }
      return tried;
    },
    wake: beat,
    start() {
      timer ??= setInterval(beat, BEAT_MS);
      beat();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await looking;
      await Promise.all(underWay);
    },
  };
}

const failed = (error: Label): DeliveryResult => ({ ok: false, status: null, body: null, error });

function statusProblem(status: number): Label {
  if (status >= 300 && status < 400) return { 'zh-CN': `对方要求跳转到别处（${status}），不会跟随`, en: `It redirects elsewhere (${status}), which is not followed` };
  if (status === 410) return { 'zh-CN': '对方表示这个接口已停用（410）', en: 'It answers that it is gone for good (410)' };
  return { 'zh-CN': `对方返回 ${status}`, en: `It answered ${status}` };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function usualHeaders(body: string | null): Record<string, string> {
  return body !== null && /^\s*[[{]/.test(body) ? { 'content-type': 'application/json; charset=utf-8' } : {};
}
