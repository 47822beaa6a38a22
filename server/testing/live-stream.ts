/** The live events of a session, kept for a test to look at. */
import type { Client, TestServer } from './test-server.ts';

export interface LiveStream {
  readonly events: { event: string; data: unknown }[];
  readonly ended: Promise<void>;
  close(): void;
}

/** What a signed-in browser hears from the server, as it comes. */
export async function listen(server: TestServer, client: Client): Promise<LiveStream> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/events`, { headers: { cookie: client.cookie }, signal: abort.signal });
  const events: LiveStream['events'] = [];
  const read = async (): Promise<void> => {
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const event = /^event: (.+)$/m.exec(block)?.[1];
          const data = /^data: (.+)$/m.exec(block)?.[1];
          if (event) events.push({ event, data: data === undefined ? null : JSON.parse(data) });
        }
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  };
  return { events, ended: read(), close: () => abort.abort() };
}

/** Looks again for some seconds. */
export async function eventually(condition: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 30));
  return condition();
}
