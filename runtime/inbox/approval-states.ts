import type { ApprovalItem } from '#engine/workflows/reports.ts';

export const APPROVAL_STATES = ['pending', 'queued', 'approved', 'rejected', 'returned', 'delegated', 'closed'] as const satisfies readonly ApprovalItem['state'][];

export function isApprovalState(text: string): text is ApprovalItem['state'] {
  return APPROVAL_STATES.some((state) => state === text);
}

/** Not decided yet, by this person. */
export function isWaiting(approval: ApprovalItem | null): boolean {
  return approval?.state === 'pending' || approval?.state === 'queued';
}
