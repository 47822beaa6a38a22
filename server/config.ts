/** The only reader of the environment. */
import { join, resolve } from 'node:path';
import { readKey } from './vault/key-file.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** `postgres://…`; absent: SQLite in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  /** For what is encrypted at rest, 32 bytes each: the first encrypts, all decrypt. Absent: a key file in the data directory. */
  readonly encryptionKeys?: readonly Buffer[] | undefined;
  /** Where backups go; best on another disk. */
  readonly backupDir: string;
  readonly logLevel: string;
  /** Where templates are read from. */
  readonly templatesDir: string;
  /** The built runtime; absent in tests of the API alone. */
  readonly publicDir: string | undefined;
  /** Sample data with a template on the first start. */
  readonly sampleData: boolean;
  /** The part of the template the first start installs; absent: the usual one. */
  readonly profile?: string | undefined;
  /** Cookies only over https: set behind a TLS proxy. */
  readonly secureCookies: boolean;
  /** How many proxies in front may be believed about the client's address. */
  readonly trustedProxies: number;
  /** Where people open the app, for links in mail. */
  readonly publicUrl: string;
  /** Mail leaves only where this is set: `smtps://user:password@mail.example.com:465`. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** `host:port` inside private networks that workflows may call all the same. */
  readonly allowPrivateTargets: readonly string[];
}

export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const port = wholeNumber(env.PORT, 3000, 'PORT');
  const dataDir = resolve(env.RELATA_DATA_DIR ?? join(root, 'data'));
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    dataDir,
    databaseUrl: env.DATABASE_URL || undefined,
    admin: env.RELATA_ADMIN_EMAIL && env.RELATA_ADMIN_PASSWORD ? { email: env.RELATA_ADMIN_EMAIL, password: env.RELATA_ADMIN_PASSWORD } : undefined,
    encryptionKeys: keys(env.RELATA_ENCRYPTION_KEY),
    backupDir: resolve(env.RELATA_BACKUP_DIR || join(dataDir, 'backups')),
    logLevel: env.RELATA_LOG_LEVEL ?? 'info',
    templatesDir: join(root, 'templates'),
    publicDir: join(root, 'dist', 'runtime'),
    sampleData: env.RELATA_SAMPLE_DATA !== 'off',
    profile: env.RELATA_PROFILE || undefined,
    secureCookies: env.RELATA_SECURE_COOKIES === 'on',
    trustedProxies: wholeNumber(env.RELATA_TRUSTED_PROXIES, 0, 'RELATA_TRUSTED_PROXIES'),
    publicUrl: (env.RELATA_PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, ''),
    smtpUrl: env.RELATA_SMTP_URL || undefined,
    mailFrom: env.RELATA_MAIL_FROM || 'Relata <relata@localhost>',
    allowPrivateTargets: (env.RELATA_ALLOW_PRIVATE_TARGETS ?? '').split(',').map((target) => target.trim()).filter((target) => target !== ''),
  };
}

function keys(text: string | undefined): Buffer[] | undefined {
  if (!text?.trim()) return undefined;
  return text.split(',').map((part, i) => {
    const key = readKey(part);
    // The text itself is a secret and stands in no message.
    if (!key) throw new Error(`RELATA_ENCRYPTION_KEY must hold keys of 32 bytes in base64, separated by commas; number ${i + 1} is none.`);
    return key;
  });
}

function wholeNumber(text: string | undefined, fallback: number, name: string): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} must be a whole number, not ${JSON.stringify(text)}.`);
  return value;
}
