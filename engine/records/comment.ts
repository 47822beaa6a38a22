/** A comment on a record as the server tells it. Plain JSON, read by both sides. */
export interface Comment {
  readonly id: string;
  readonly at: string;
  /** Of a user, as in `included`. */
  readonly by: string;
  /** Markdown without HTML; people as `@{id}`. */
  readonly body: string;
  readonly version: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
  readonly access: { readonly update: boolean; readonly delete: boolean };
}

/** Somebody who may be mentioned on a record. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
  /** Tells namesakes apart. */
  readonly login: string;
}
