/**
 * A checksum of rows that does not depend on their order nor on how a database spells JSON, so that a table can be compared with
 * what was restored from it, also on the other database.
 */
import { createHash } from 'node:crypto';
import { sortKeys } from '#engine/changes/diff-definitions.ts';
import type { BackupTable } from './manifest.ts';

const MODULUS = 1n << 128n;

export class RowDigest {
  #sum = 0n;
  #rows = 0;
  readonly #json: readonly number[];

  constructor(columns: BackupTable['columns']) {
    this.#json = columns.flatMap(({ type }, i) => (type === 'json' ? [i] : []));
  }

  add(row: readonly unknown[]): void {
    const values = [...row];
    for (const i of this.#json) if (typeof values[i] === 'string') values[i] = sortKeys(JSON.parse(values[i] as string));
    const hash = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
    this.#rows += 1;
  }

  get rows(): number {
    return this.#rows;
  }

  toString(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }
}
