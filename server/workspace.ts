/** What the operations stand on: one open workspace. Passed explicitly; there are no globals. */
import type { Logger } from 'pino';
import type { AppModel } from '#engine/model/app-model.ts';
import { type Actor, ruleContextOf } from '#engine/permissions/actor.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Database } from './db/database.ts';
import type { Directory } from './records/directory.ts';
import type { ChangeFeed } from './records/change-feed.ts';
import type { Published, PublishRequest, PublishStep } from './definitions/publish.ts';

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
  /** Makes definitions live, or changes nothing: see `definitions/publish.ts`. Others publish only after it is done. */
  publish(request: PublishRequest): Promise<Published>;
  /** The publication under way in this process, for a progress bar. */
  readonly publishing: Publishing | null;
  /** Takes up the definitions that another process has published; answers whether there were any. */
  follow(): Promise<boolean>;
}

export interface Publishing {
  readonly by: string;
  readonly step: PublishStep;
  readonly done: number;
  readonly total: number;
  /** Takes it back; nothing has been changed then. */
  cancel(): void;
}

export function contextOf(workspace: Workspace, actor: Actor): RuleContext {
  return ruleContextOf(actor, workspace.now(), workspace.model.settings.timeZone);
}
