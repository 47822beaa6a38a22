/** Over every page while an administrator looks through somebody else's eyes. */
import { Button } from 'antd';
import { endViewAs } from '../api/sharing.ts';
import { fill } from '../app/i18n/fill.ts';
import { useApp } from '../app/session.tsx';
import { useSharingTexts } from './texts.ts';

export function ViewAsBanner() {
  const texts = useSharingTexts();
  const { user } = useApp();
  const leave = async () => {
    await endViewAs();
    // Everything that was read belongs to the other view.
    window.location.assign('/');
  };
  return (
    <div className="view-as" role="status">
      <span>{fill(texts.viewing, { name: user.name })}</span>
      <Button size="small" onClick={() => void leave()}>
        {texts.leaveView}
      </Button>
    </div>
  );
}
