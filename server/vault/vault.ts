/**
 * What is encrypted at rest, sealed and opened: AES-256-GCM with a nonce of its own for every text. The place where a text belongs
 * (table, field, record) is sealed in with it, so that it opens nowhere else. Texts name the key they were sealed with; the first key
 * seals, all of them open. One vault belongs to one database and goes with it as its dialect does.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError, type Label } from '#engine/errors.ts';
import { createKeyFile, KEY_BYTES, readKeyFile } from './key-file.ts';

export interface Vault {
  /** Something in the database is encrypted: copies of values in runs, mail and imports are sealed as well. */
  readonly isActive: boolean;
  /** Keys that the database was written with and nobody has given; nothing is sealed while one is missing. */
  readonly missing: readonly string[];
  /** The key that seals; null where there is none yet. */
  readonly current: string | null;
  holds(key: string): boolean;
  /** Throws `unavailable` without a key. */
  seal(text: string, place: string): string;
  /** Null: no key at hand opens it, or it belongs to another place. */
  open(sealed: string, place: string): string | null;
  sealBytes(bytes: Buffer, place: string): Buffer;
  openBytes(sealed: Buffer, place: string): Buffer | null;
  /** What the database says of itself: which keys it was written with, and whether anything in it is encrypted. */
  expect(keys: readonly string[], isActive: boolean): void;
  /** The key that seals, made on first need where a file may hold it. */
  ensureKey(): string;
}

export interface VaultSettings {
  /** 32 bytes each; the first seals. */
  readonly keys?: readonly Buffer[] | undefined;
  /** Where a key is kept that nobody has given; absent: none is made. */
  readonly keyFile?: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^enc1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;
const MARK = Buffer.from('enc1.');
const KEY_ID_LENGTH = 8;
const HEAD_BYTES = MARK.length + KEY_ID_LENGTH;

/** Says which key it is and nothing of the key. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('relata encryption key').update(key).digest('hex').slice(0, KEY_ID_LENGTH);
}

export function isSealedText(text: unknown): text is string {
  return typeof text === 'string' && FORM.test(text);
}

/** The id of the key that a text was sealed with. */
export function sealedWith(text: string): string | undefined {
  return FORM.exec(text)?.[1];
}

export function isSealedBytes(bytes: Buffer): boolean {
  return bytes.subarray(0, MARK.length).equals(MARK);
}

export function keyMissing(keys: readonly string[]): AppError {
  const names = keys.join(', ');
  const label: Label = {
    'zh-CN': `缺少加密密钥${names ? `（${names}）` : ''}，加密的内容暂时不能读写；请在 RELATA_ENCRYPTION_KEY 或 encryption.key 中恢复原来的密钥`,
    en: `The encryption key${names ? ` ${names}` : ''} is missing: what is encrypted can be neither read nor written for now; give the old key back in RELATA_ENCRYPTION_KEY or encryption.key`,
  };
  return new AppError('unavailable', label, [{ path: '', code: 'key_missing', message: label }]);
}

export function createVault({ keys = [], keyFile }: VaultSettings): Vault {
  const ring = new Map<string, Buffer>();
  let isActive = false;
  let expected: readonly string[] = [];
  for (const key of keys) ring.set(keyIdOf(key), key);
  const lookForFile = (): void => {
    const own = keyFile === undefined ? null : readKeyFile(keyFile);
    if (own) ring.set(keyIdOf(own), own);
  };
  lookForFile();
  const current = (): string | null => ring.keys().next().value ?? null;
  const missing = (): string[] => expected.filter((id) => !ring.has(id));

  function sealingKey(): [id: string, key: Buffer] {
    const lacking = missing();
    const id = current();
    if (lacking.length > 0 || id === null) throw keyMissing(lacking);
    return [id, ring.get(id) as Buffer];
  }
  function encrypt(key: Buffer, plain: Buffer, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }
  function decrypt(id: string, sealed: Buffer, place: string): Buffer | null {
    const key = ring.get(id);
    if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      // Sealed for another place, changed, or with a key of the same name: it does not open, and that is the answer.
      return null;
    }
  }

  return {
    get isActive() {
      return isActive;
    },
    get missing() {
      return missing();
    },
    get current() {
      return current();
    },
    holds: (id) => ring.has(id),
    seal(text, place) {
      const [id, key] = sealingKey();
      return `enc1.${id}.${encrypt(key, Buffer.from(text), place).toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id, body] = FORM.exec(sealed) ?? [];
      return id === undefined || body === undefined ? null : (decrypt(id, Buffer.from(body, 'base64url'), place)?.toString('utf8') ?? null);
    },
    sealBytes(bytes, place) {
      const [id, key] = sealingKey();
      return Buffer.concat([MARK, Buffer.from(id), encrypt(key, bytes, place)]);
    },
    openBytes: (sealed, place) => (isSealedBytes(sealed) ? decrypt(sealed.subarray(MARK.length, HEAD_BYTES).toString('latin1'), sealed.subarray(HEAD_BYTES), place) : null),
    expect(ids, active) {
      expected = ids;
      isActive = active;
      // Another process may have made the key a moment ago.
      if (missing().length > 0) lookForFile();
    },
    ensureKey() {
      if (current() === null && keyFile !== undefined) {
        const made = createKeyFile(keyFile, randomBytes(KEY_BYTES));
        ring.set(keyIdOf(made), made);
      }
      return sealingKey()[0];
    },
  };
}
