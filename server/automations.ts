/** What runs by itself beside the requests: workflows, deliveries, the daily mail. Every process of a workspace may run it. */
import type { Config } from './config.ts';
import { sendDigests } from './notices/digest.ts';
import { createDelivery } from './outbox/delivery.ts';
import { createSmtpMailer } from './outbox/mailer.ts';
import { createSafeFetch } from './outbox/safe-fetch.ts';
import { wakeStep } from './workflows/runs.ts';
import { createWorker } from './workflows/worker.ts';
import type { Workspace } from './workspace.ts';

const DIGEST_MS = 60_000;

/** Answers the way to stop: what is under way is finished. */
export function startAutomations(workspace: Workspace, config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl' | 'allowPrivateTargets'>): () => Promise<void> {
  const worker = createWorker(workspace);
  const delivery = createDelivery(workspace, {
    mailer: config.smtpUrl === undefined ? null : createSmtpMailer({ url: config.smtpUrl, from: config.mailFrom }),
    fetcher: createSafeFetch({ allowed: config.allowPrivateTargets }),
    publicUrl: config.publicUrl,
    onResult: async (tx, key, result) => {
      await wakeStep(tx, key, { ...result }, workspace.now());
      tx.afterCommit(worker.wake);
    },
  });
  const digests = setInterval(() => void sendDigests(workspace).catch((error: unknown) => workspace.log.error({ err: error }, 'the daily mail failed')), DIGEST_MS);
  worker.start();
  delivery.start();
  return async () => {
    clearInterval(digests);
    await worker.stop();
    await delivery.stop();
  };
}
