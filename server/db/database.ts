/**
 * The two databases behind one face. Reads outside a transaction see the last commit; a transaction is the only way to
 * write and takes the write lock at its start, so what it read stays true until it commits.
 */
import type { RuleContext } from '#engine/rules/context.ts';
import type { Dialect } from './dialect/dialect.ts';
import type { Sql } from './sql.ts';
import type { Vault } from '../vault/vault.ts';

export type Row = Record<string, unknown>;

export interface Queryable {
  readonly dialect: Dialect;
  /** What is encrypted here is sealed and opened with it. */
  readonly vault: Vault;
  all<T = Row>(query: Sql, context?: RuleContext): Promise<T[]>;
  /** Rows as lists of values in the order selected: cheaper than objects where there are many columns. */
  values(query: Sql, context?: RuleContext): Promise<unknown[][]>;
  get<T = Row>(query: Sql, context?: RuleContext): Promise<T | undefined>;
}

export interface Transaction extends Queryable {
  /** Adds one row to a table of records and answers its `_rid`. */
  insert(query: Sql): Promise<number>;
  /** Answers how many rows were changed. */
  run(query: Sql, context?: RuleContext): Promise<number>;
  /** Called once the transaction is committed, in the order given. */
  afterCommit(action: () => void): void;
}

/** The whole database as one moment saw it, whatever is written meanwhile. */
export interface Snapshot extends Queryable {
  /** In batches, without holding them all. */
  rows(query: Sql): AsyncIterable<unknown[][]>;
}

export interface Database extends Queryable {
  /** As `values`, for a query that has one good plan whatever is bound to it: planned once, where planning costs as much as reading. */
  planned(query: Sql, context?: RuleContext): Promise<unknown[][]>;
  /** A read that may take long: it holds up nobody else. */
  aside(query: Sql, context?: RuleContext): Promise<Row[]>;
  snapshot<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Another process has changed the schema: what was prepared against the old one is prepared anew. */
  forgetPlans(): void;
  /** Writes these tables anew (SQLite: all), so that nothing of what once stood in them is left on the disk. */
  reclaim(tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A unique index refused a row; the server answers it as an issue on the field. */
export class UniqueViolation extends Error {
  readonly index: string;
  constructor(index: string) {
    super(`unique index ${index}`);
    this.index = index;
  }
}
