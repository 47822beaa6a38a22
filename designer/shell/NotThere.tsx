import { Link } from 'react-router';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { useTexts } from '../i18n/index.ts';
import { DESIGNER } from '../paths.ts';

/** An address that names something the draft does not have (any more). */
export function NotThere() {
  const { shell } = useTexts();
  return <EmptyState title={shell.notFound} hint={shell.notFoundHint} action={<Link to={DESIGNER}>{shell.overview}</Link>} />;
}
