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

export const proposeInstall = (name: string, clashes: Clashes): Promise<TemplateProposal> => post(name, 'install', { clashes });
export const proposeUpgrade = (name: string, take: readonly string[]): Promise<TemplateProposal> => post(name, 'upgrade', { take });
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
