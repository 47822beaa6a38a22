/** What a handler gets and gives. One endpoint is one line in `routes.ts`; the OpenAPI document is printed from the same lines. */
import type { Request, Response } from 'express';
import type { TSchema } from 'typebox';
import type { Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Config } from '../config.ts';
import type { FormLimit } from '../public-forms/form-limit.ts';
import type { SignInLimit } from '../session/sign-in-limit.ts';
import type { Workspace } from '../workspace.ts';

/** A restore that the running server does by itself, and what became of the last one. */
export interface Restoring {
  readonly begin: (file: string) => void;
  /** One is about to begin; the server that starts afterwards is another. */
  asked: boolean;
  /** Why the last one did not come to be. */
  problem: Label | null;
}

export interface HttpContext {
  readonly workspace: Workspace;
  readonly config: Config;
  readonly signInLimit: SignInLimit;
  readonly formLimit: FormLimit;
  /** Aborts when the server stops: streams that would stay open for hours end at once. */
  readonly closing?: AbortSignal;
  /** Another with every start, so that who waits for a restart sees that it has happened. */
  readonly run?: string;
  /** Absent where nobody starts the server again afterwards. */
  readonly restoring?: Restoring;
}

export interface Call extends HttpContext {
  readonly request: Request;
  readonly response: Response;
  /** The signed-in actor; on public endpoints reading it throws `unauthenticated`. */
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Handler = (call: Call) => Promise<Answer | undefined>;

/** Undefined from a handler: it has answered the response itself (files, streams). */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path below `/api`. */
  readonly path: string;
  readonly summary: Label;
  readonly handler: Handler;
  readonly public?: true;
  /** Changes nothing, though it is a POST: it may be run again when the definitions have moved on beneath it. */
  readonly reads?: true;
  /** Also while somebody looks through another's eyes: leaving that view, signing out. */
  readonly whileViewing?: true;
  /** JSON body; checked before the handler runs. */
  readonly body?: TSchema;
  /** Definitions of a whole workspace: larger than any record. */
  readonly largeBody?: true;
  /** Multipart: the handler reads the stream. */
  readonly upload?: true;
  readonly query?: Readonly<Record<string, string>>;
  readonly status?: number;
}
