/** What the operations stand on: one open workspace. Passed explicitly; there are no globals. */
import type { Logger } from 'pino';
import type { AppModel } from '#engine/model/app-model.ts';
import { type Actor, ruleContextOf } from '#engine/permissions/actor.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Database } from './db/database.ts';
import type { Directory } from './records/directory.ts';
import type { ChangeFeed } from './records/change-feed.ts';

export interface Workspace {
  readonly database: Database;
  /** The live model; replaced as a whole when definitions change. */
  readonly model: AppModel;
  /** Counts publications; part of the ETag of `/api/app`. */
  readonly definitionsVersion: number;
  readonly directory: Directory;
  readonly changes: ChangeFeed;
  readonly log: Logger;
  /** Where uploads lie; outside of what is served. */
  readonly filesDir: string;
  /** ISO UTC. Injectable, so that tests can move it. */
  now(): string;
}

export function contextOf(workspace: Workspace, actor: Actor): RuleContext {
  return ruleContextOf(actor, workspace.now(), workspace.model.settings.timeZone);
}
