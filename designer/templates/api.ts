/** Templates, and definitions as files, over HTTP. */
import { useQuery } from '@tanstack/react-query';
import type { TableResolution, TemplateClash } from '#engine/changes/install-template.ts';
import type { Renames } from '#engine/changes/rename-definitions.ts';
import type { Issue, Label } from '#engine/errors.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { request } from '#runtime/api/client.ts';
import type { Proposed } from '../publish/api.ts';

export interface TemplateCard {
  readonly name: string;
  readonly label: Label;
  readonly description: Label | null;
  readonly version: string;
  readonly tables: readonly { readonly name: string; readonly label: Label }[];
  readonly records: number;
  readonly installed: string | null;
  readonly upgrade: boolean;
  readonly isEmpty: boolean;
  /** The part that is installed; null: none, or it has no parts. */
  readonly profile: string | null;
  /** Smallest first. */
  readonly profiles: readonly TemplateProfile[];
}

export interface TemplateProfile {
  readonly name: string;
  readonly label: Label;
  readonly description?: Label;
  readonly tables: readonly string[];
  readonly usual?: true;
}

/** What an installed part may grow into. */
export function largerProfiles({ profile, profiles }: TemplateCard): readonly TemplateProfile[] {
  const own = profiles.find(({ name }) => name === profile);
  return own ? profiles.filter(({ tables }) => tables.length > own.tables.length && own.tables.every((name) => tables.includes(name))) : [];
}

export type Clashes = Readonly<Record<string, TableResolution>>;

export interface TemplateProposal extends Proposed {
  /** Only where a template is installed. */
  readonly clashes?: readonly TemplateClash[];
  readonly renames?: Renames;
}

export const TEMPLATES_KEY = ['templates'];

export function useTemplates() {
  return useQuery({ queryKey: TEMPLATES_KEY, queryFn: async () => (await request<{ data: TemplateCard[] }>('GET', '/api/templates')).data });
}

const post = <Answer>(name: string, what: string, body: object = {}): Promise<Answer> => request('POST', `/api/templates/${name}/${what}`, { body });

export const proposeInstall = (name: string, clashes: Clashes, profile?: string): Promise<TemplateProposal> => post(name, 'install', { clashes, ...(profile !== undefined && { profile }) });
export const proposeUpgrade = (name: string, take: readonly string[], profile?: string): Promise<TemplateProposal> => post(name, 'upgrade', { take, ...(profile !== undefined && { profile }) });
export const proposeUninstall = (name: string): Promise<TemplateProposal> => post(name, 'uninstall');
export const loadSamples = (name: string): Promise<{ records: number }> => post(name, 'samples');

export type ImportMode = 'replace' | 'merge';

export function importFile(file: File, mode: ImportMode): Promise<{ definitions: Definitions; issues: readonly Issue[] }> {
  const form = new FormData();
  form.set('mode', mode);
  form.set('file', file);
  return request('POST', '/api/definitions/import', { form });
}

export function exportUrl(tables: readonly string[]): string {
  return `/api/definitions/export${tables.length > 0 ? `?tables=${tables.join(',')}` : ''}`;
}
