/** Mail over SMTP against a server that misbehaves in every way a mail server does. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpMailer, isMailAddress, type Mailer } from './mailer.ts';

interface FakeServer {
  readonly mailer: Mailer;
  readonly messages: string[];
}

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** Answers each command by its first word; null hangs up instead. */
async function smtp(answers: Readonly<Record<string, string | null>> = {}): Promise<FakeServer> {
  const messages: string[] = [];
  const usual: Record<string, string | null> = { EHLO: '250 hello', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', '.': '250 taken', QUIT: '221 bye', ...answers };
  const serve = (socket: Socket): void => {
    let isData = false;
    let text = '';
    const say = (key: string): void => {
      const answer = usual[key] ?? null;
      if (answer === null) socket.destroy();
      else socket.write(`${answer}\r\n`);
    };
    socket.on('error', () => undefined);
    socket.write('220 fake\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        if (isData) {
          const stop = text.indexOf('\r\n.\r\n');
          if (stop < 0) return;
          messages.push(text.slice(0, stop));
          text = text.slice(stop + 5);
          isData = false;
          say('.');
          continue;
        }
        const command = text.slice(0, end).split(/[ :]/)[0]?.toUpperCase() ?? '';
        text = text.slice(end + 2);
        isData = command === 'DATA' && usual.DATA?.startsWith('354') === true;
        say(command);
      }
    });
  };
  const server = createServer(serve);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { messages, mailer: createSmtpMailer({ url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, from: 'Relata <crm@example.com>' }) };
}

const message = { id: '0190-1', to: 'anna@example.com', subject: '客户“华信”三天未跟进', text: '请今天联系。' };

describe('the SMTP mailer', () => {
  it('sends text with the Message-ID of the delivery', async () => {
    const { mailer, messages } = await smtp();
    expect(await mailer.send(message)).toEqual({ kind: 'sent' });
    expect(messages[0]).toContain('Message-ID: <0190-1@example.com>');
    expect(messages[0]).toContain('Auto-Submitted: auto-generated');
    expect(messages[0]).toContain('To: anna@example.com');
  });

  it('tries later when it is told to, and gives up when it is refused', async () => {
    expect(await (await smtp({ RCPT: '451 greylisted' })).mailer.send(message)).toMatchObject({ kind: 'later', problem: { en: expect.stringContaining('451 greylisted') } });
    expect(await (await smtp({ RCPT: '550 no such user' })).mailer.send(message)).toMatchObject({ kind: 'refused', problem: { en: expect.stringContaining('550 no such user') } });
  });

  it('says that it may have arrived when the connection ends before the server confirms', async () => {
    const { mailer, messages } = await smtp({ '.': null });
    expect(await mailer.send(message)).toMatchObject({ kind: 'later', problem: { en: expect.stringContaining('it may have arrived') } });
    expect(messages).toHaveLength(1);
  });

  it('tries later when nobody listens', async () => {
    const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'crm@example.com' });
    expect((await mailer.send(message)).kind).toBe('later');
  });

  it('puts no header of a subject or an address into the message', async () => {
    const { mailer, messages } = await smtp();
    await mailer.send({ ...message, subject: 'a\r\nBcc: eve@example.com\r\n\r\nbody' });
    expect(messages[0]).not.toMatch(/^Bcc:/m);
    expect((await mailer.send({ ...message, to: 'anna@example.com\r\nBcc: eve@example.com' })).kind).toBe('refused');
    expect((await mailer.send({ ...message, to: 'a@example.com,b@example.com' })).kind).toBe('refused');
  });

  it('knows an address from what is none', () => {
    expect(['a@b.cn', '张三@例子.中国'].every(isMailAddress)).toBe(true);
    expect(['', 'a', 'a@', '@b', 'a b@c.d', 'a@b@c', '<a@b.c>'].some(isMailAddress)).toBe(false);
  });
});
