/** The contract of a panel type: its settings and what it names of the panel's table. One type is one file and one line in `index.ts`. */
import type { TObject } from 'typebox';
import type { ChartDefinition } from '../charts/definitions.ts';
import type { Issue, Label } from '../errors.ts';
import type { ActionDefinition } from '../model/definitions.ts';
import type { FieldTables } from '../rules/paths.ts';
import type { ValueKind } from '../rules/rule.ts';
import type { PanelDefinition } from './definitions.ts';

export interface PanelPath {
  /** The setting that holds it. */
  readonly at: string;
  readonly path: string;
  /** Without it there is nothing to show. */
  readonly needed: boolean;
  /** Kinds the field may have; absent: any. */
  readonly kinds?: readonly ValueKind[];
}

export interface PanelPlace {
  readonly tables: FieldTables;
  readonly path: string;
  /** Actions of a table, as written. */
  readonly actions: (table: string) => readonly ActionDefinition[];
}

export interface PanelType {
  readonly label: Label;
  /** Stands beside name, label, table, field and filter in a panel's definition. */
  readonly settings: TObject;
  /** Paths over the panel's table. */
  paths(panel: PanelDefinition): readonly PanelPath[];
  /** The chart whose numbers it shows; who may not know all of it does not get the panel. */
  chart?(panel: PanelDefinition): ChartDefinition;
  /** What is wrong beyond shape and paths. */
  issues?(panel: PanelDefinition, place: PanelPlace): readonly Issue[];
  /** What a fresh one begins with, from the fields that fit; undefined where none does. */
  begin(table: string, tables: FieldTables): Readonly<Record<string, unknown>> | undefined;
}

export function pathsOf(panel: PanelDefinition, settings: Readonly<Record<string, Omit<PanelPath, 'at' | 'path'>>>): PanelPath[] {
  return Object.entries(settings).flatMap(([at, rest]) => {
    const path = panel[at];
    return typeof path === 'string' ? [{ at, path, ...rest }] : [];
  });
}
