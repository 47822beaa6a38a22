/** What the draft's rights would mean for each user, counted on the real records before anything is saved. */
import { Button } from 'antd';
import { useState } from 'react';
import type { AccessChange } from '#engine/changes/plan.ts';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { AccessTable } from '../publish/AccessTable.tsx';
import { fetchPlan } from '../publish/api.ts';
import { useRoleTexts } from './texts.ts';

export function AccessImpact() {
  const texts = useRoleTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const { base, definitions, issues } = useDraft();
  const [result, setResult] = useState<{ of: unknown; access: readonly AccessChange[] } | null>(null);
  const [isWaiting, setIsWaiting] = useState(false);
  const look = async () => {
    setIsWaiting(true);
    try {
      const plan = await fetchPlan(base, { definitions, note: '' });
      const rows = new Map(plan.changes.flatMap((change) => change.access ?? []).map((row) => [`${row.user.id} ${row.table}`, row]));
      setResult({ of: definitions, access: [...rows.values()] });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setIsWaiting(false);
    }
  };
  const shown = result?.of === definitions ? result.access : null;
  return (
    <section className="access-impact">
      <p className="quiet">{issues.length > 0 ? texts.first : texts.impactHint}</p>
      <Button onClick={() => void look()} loading={isWaiting} disabled={issues.length > 0}>
        {texts.impact}
      </Button>
      {shown === null ? null : shown.length === 0 ? <p>{texts.impactNone}</p> : <AccessTable access={shown} />}
    </section>
  );
}
