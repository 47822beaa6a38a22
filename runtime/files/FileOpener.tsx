/** Opens the preview of files; it loads when the first is opened. */
import { lazy, type ReactNode, Suspense, type SyntheticEvent, useState } from 'react';
import type { FileInfo } from '../api/types.ts';

const FilePreview = lazy(() => import('./index.ts').then((module) => ({ default: module.FilePreview })));

/** React lets events of the preview rise to whatever holds the opener: a row of a list must not take them for its own. */
const keepHere = (event: SyntheticEvent) => event.stopPropagation();

export function FileOpener({ files, children }: { files: readonly FileInfo[]; children: (open: (id: string) => void) => ReactNode }) {
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      {children(setShown)}
      {shown === null ? null : (
        <span onClick={keepHere} onDoubleClick={keepHere} onKeyDown={keepHere}>
          <Suspense>
            <FilePreview files={files} first={shown} onClose={() => setShown(null)} />
          </Suspense>
        </span>
      )}
    </>
  );
}
