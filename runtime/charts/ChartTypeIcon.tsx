/** A small drawing of every chart type, for choosing among them. */
import type { ReactNode } from 'react';
import type { ChartTypeName } from '#engine/charts/index.ts';

const DRAWINGS: Readonly<Record<ChartTypeName, ReactNode>> = {
  number: <text x="12" y="17" textAnchor="middle" fontSize="13" fontWeight="700" fill="currentColor" stroke="none">12</text>,
  bar: <path d="M5 20v-6M10 20V6M15 20v-9M20 20V3" />,
  line: <path d="M3 17l5-6 5 3 8-9" />,
  pie: <path d="M12 3a9 9 0 1 0 9 9h-9zM15 3.5A9 9 0 0 1 20.500 9H15z" />,
  funnel: <path d="M3 4h18l-4 6H7zM7.500 12h9l-2.500 4h-4zM10.500 18h3v3h-3z" />,
  pareto: <path d="M4 20V6M9 20v-8M14 20v-5M19 20v-3M4 5c6-3 10-2 16-2" />,
  combo: <path d="M5 20v-5M10 20v-8M15 20v-4M20 20v-9M3 10l6-5 5 3 7-5" />,
  heat: <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />,
  table: <path d="M3 5h18v14H3zM3 10h18M3 14.500h18M10 5v14" />,
  gauge: <path d="M4 17a8.500 8.500 0 1 1 16 0M12 15l4-5" />,
};

export function ChartTypeIcon({ type }: { type: string }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {DRAWINGS[type as ChartTypeName] ?? null}
    </svg>
  );
}
