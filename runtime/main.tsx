import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Root } from './app/Root.tsx';
import { startI18n } from './app/i18n/index.ts';
import './app/base.css';

startI18n();
const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
