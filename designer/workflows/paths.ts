import { DESIGNER } from '../paths.ts';

export const WORKFLOWS = `${DESIGNER}/workflows`;

/** `node`: selected when it opens; `$trigger` for the trigger. */
export function workflowPath(name: string, node?: string): string {
  return `${WORKFLOWS}/edit/${name}${node === undefined ? '' : `?node=${encodeURIComponent(node)}`}`;
}

export function workflowRunsPath(name: string, run?: string): string {
  return `${WORKFLOWS}/edit/${name}/runs${run === undefined ? '' : `/${run}`}`;
}
