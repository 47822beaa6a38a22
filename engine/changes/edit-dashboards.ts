/** Edits of dashboards: definition in, definition out, nothing changed in place and nothing judged. */
import type { ChartDefinition } from '../charts/definitions.ts';
import { type CardDefinition, type DashboardDefinition, GRID_COLUMNS } from '../dashboards/definitions.ts';
import type { Label } from '../errors.ts';
import type { AppDefinition, Definitions } from '../model/definitions.ts';
import { freeName, moveItem, type Patch, patched } from './edits.ts';

export function dashboardOf(definitions: Definitions, name: string): DashboardDefinition | undefined {
  return definitions.dashboards?.find((dashboard) => dashboard.name === name);
}

export function updateDashboard(definitions: Definitions, name: string, patch: Patch<DashboardDefinition> | ((dashboard: DashboardDefinition) => DashboardDefinition)): Definitions {
  const change = typeof patch === 'function' ? patch : (dashboard: DashboardDefinition) => patched(dashboard, patch);
  return { ...definitions, dashboards: (definitions.dashboards ?? []).map((dashboard) => (dashboard.name === name ? change(dashboard) : dashboard)) };
}

export function addDashboard(definitions: Definitions, label: Label, from?: DashboardDefinition): { readonly definitions: Definitions; readonly name: string } {
  const name = freeName('dashboard', (definitions.dashboards ?? []).map((own) => own.name));
  const made: DashboardDefinition = { ...(from ?? { cards: [] }), name, label };
  return { definitions: { ...definitions, dashboards: [...(definitions.dashboards ?? []), made] }, name };
}

export function removeDashboard(definitions: Definitions, name: string): Definitions {
  const { dashboards: _old, ...rest } = definitions;
  const left = (definitions.dashboards ?? []).filter((dashboard) => dashboard.name !== name);
  return { ...rest, app: homesAmong(definitions.app, left), ...(left.length > 0 && { dashboards: left }) };
}

/** The app whose home pages, everybody’s and those of roles, are all among these dashboards: others are let go. */
export function homesAmong(app: AppDefinition, dashboards: readonly DashboardDefinition[]): AppDefinition {
  const kept = <Part extends { readonly workbench?: string }>(part: Part): Part =>
    part.workbench === undefined || dashboards.some(({ name }) => name === part.workbench) ? part : patched<{ readonly workbench?: string }>(part, { workbench: undefined }) as Part;
  return { ...kept(app), roles: app.roles.map(kept) };
}

/** The roles that begin with it, and no others; a role that began with another one leaves that. */
export function setHomeOfRoles(definitions: Definitions, name: string, roles: readonly string[]): Definitions {
  const change = (role: Definitions['app']['roles'][number]): typeof role =>
    roles.includes(role.name) ? { ...role, workbench: name } : role.workbench === name ? patched(role, { workbench: undefined }) : role;
  return { ...definitions, app: { ...definitions.app, roles: definitions.app.roles.map(change) } };
}

export function moveDashboard(definitions: Definitions, from: number, to: number): Definitions {
  return { ...definitions, dashboards: moveItem(definitions.dashboards ?? [], from, to) };
}

/** The first place from the top left where a card of that size overlaps no other. */
export function freePlace({ cards }: DashboardDefinition, { w, h }: { readonly w: number; readonly h: number }): { readonly x: number; readonly y: number } {
  const bottom = Math.max(0, ...cards.map((card) => card.y + card.h));
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x + w <= GRID_COLUMNS; x++) {
      if (!cards.some((card) => x < card.x + card.w && card.x < x + w && y < card.y + card.h && card.y < y + h)) return { x, y };
    }
  }
  return { x: 0, y: bottom };
}

type NewCard = Partial<Pick<CardDefinition, 'chart' | 'list' | 'text' | 'inbox'>>;

export function addCard(definitions: Definitions, dashboard: string, card: NewCard, size: { readonly w: number; readonly h: number } = { w: 6, h: 6 }): { readonly definitions: Definitions; readonly name: string } {
  const own = dashboardOf(definitions, dashboard);
  const name = freeName('card', (own?.cards ?? []).map((other) => other.name));
  const chart = card.chart && { ...card.chart, name };
  return { definitions: updateDashboard(definitions, dashboard, (old) => ({ ...old, cards: [...old.cards, { name, ...freePlace(old, size), ...size, ...card, ...(chart && { chart }) }] })), name };
}

export function updateCard(definitions: Definitions, dashboard: string, card: string, patch: Patch<CardDefinition>): Definitions {
  return updateDashboard(definitions, dashboard, (old) => ({ ...old, cards: old.cards.map((own) => (own.name === card ? patched(own, patch) : own)) }));
}

export function updateCardChart(definitions: Definitions, dashboard: string, card: string, chart: ChartDefinition): Definitions {
  return updateCard(definitions, dashboard, card, { chart });
}

export function removeCard(definitions: Definitions, dashboard: string, card: string): Definitions {
  return updateDashboard(definitions, dashboard, (old) => ({ ...old, cards: old.cards.filter(({ name }) => name !== card) }));
}

export interface CardPlace {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where cards stand after one was dragged; the same definitions when nothing has moved. */
export function placeCards(definitions: Definitions, dashboard: string, places: readonly CardPlace[]): Definitions {
  const own = dashboardOf(definitions, dashboard);
  const at = new Map(places.map((place) => [place.name, place]));
  const isMoved = own?.cards.some((card) => {
    const place = at.get(card.name);
    return place && (place.x !== card.x || place.y !== card.y || place.w !== card.w || place.h !== card.h);
  });
  if (!isMoved) return definitions;
  return updateDashboard(definitions, dashboard, (old) => ({
    ...old,
    cards: old.cards.map((card) => {
      const place = at.get(card.name);
      return place ? { ...card, x: Math.min(place.x, GRID_COLUMNS - place.w), y: place.y, w: place.w, h: place.h } : card;
    }),
  }));
}
