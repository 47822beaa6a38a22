import { Link } from 'react-router';
import type { PlannedChange } from '#engine/changes/plan.ts';
import { useDraft } from '../draft/draft-context.ts';
import { DESIGNER } from '../paths.ts';
import { usePublishTexts } from './texts.ts';

/** A new table that nobody may see would be published in vain. */
export function NoRoleNote({ change }: { change: PlannedChange }) {
  const texts = usePublishTexts();
  const { definitions } = useDraft();
  const table = definitions.tables.find((one) => one.name === change.table);
  if (change.subject !== 'table' || change.action !== 'add' || !table || Object.keys(table.permissions ?? {}).length > 0) return null;
  const role = definitions.app.roles.find((one) => !one.owner);
  return (
    <p className="plan-note plan-warning">
      {texts.noRole} {role ? <Link to={`${DESIGNER}/roles?role=${role.name}&table=${table.name}`}>{texts.giveRights}</Link> : null}
    </p>
  );
}
