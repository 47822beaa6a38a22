/** Where everybody must have a second factor: all that one without it sees. */
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { signOut } from '../api/session.ts';
import type { User } from '../api/types.ts';
import { SESSION_KEY } from '../app/session.tsx';
import { FactorSetup } from './FactorSetup.tsx';
import { WelcomeStep } from './SignInSteps.tsx';
import { useAccountTexts } from './texts.ts';

export function EnrolPage({ user }: { user: User }) {
  const texts = useAccountTexts();
  const client = useQueryClient();
  const read = () => void client.invalidateQueries({ queryKey: SESSION_KEY });
  const leave = async () => {
    await signOut();
    client.clear();
    client.setQueryData(SESSION_KEY, null);
  };
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <img src="/favicon.svg" alt="" width={32} height={32} />
          <h1>{texts.must}</h1>
        </div>
        <p className="sign-in-tagline">{texts.mustHint}</p>
        {user.hasPassword ? <FactorSetup onDone={read} /> : <WelcomeStep user={user} onEntered={read} />}
        <Button type="link" onClick={() => void leave()}>{texts.signOut}</Button>
      </div>
    </div>
  );
}
