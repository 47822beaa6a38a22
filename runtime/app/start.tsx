/** Starts the runtime in the page. `designer/main.tsx` is the page's entry and hands over the pages it adds. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ExtraPage } from './extra-pages.ts';
import { startI18n } from './i18n/index.ts';
import { Root } from './Root.tsx';
import './base.css';

export function start(pages: readonly ExtraPage[]): void {
  startI18n();
  const place = document.getElementById('root');
  if (!place) throw new Error('index.html has no #root');
  createRoot(place).render(
    <StrictMode>
      <Root pages={pages} />
    </StrictMode>,
  );
}
