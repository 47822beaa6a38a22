/** Further pages of the designer, one line each: roles, app, templates, publish. Each is loaded when it is opened, by whose level allows it. */
import { AppstoreOutlined, BlockOutlined, DashboardOutlined, PartitionOutlined, RocketOutlined, SafetyOutlined } from '@ant-design/icons';
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import type { Label } from '#engine/errors.ts';
import { ADMINISTRATOR_LEVEL, DESIGN_LEVEL, type Level } from '#engine/permissions/levels.ts';

export interface DesignerSection {
  /** Below `/designer`; the page may have routes of its own under it. */
  readonly path: string;
  readonly title: Label;
  readonly icon: ReactNode;
  /** From this level on. */
  readonly level: Level;
  readonly Page: LazyExoticComponent<ComponentType>;
}

const SECTIONS: readonly DesignerSection[] = [
  { path: 'dashboards', title: { 'zh-CN': '仪表盘', en: 'Dashboards' }, icon: <DashboardOutlined aria-hidden="true" />, level: DESIGN_LEVEL, Page: lazy(() => import('./dashboards/DashboardsPage.tsx').then((module) => ({ default: module.DashboardsPage }))) },
  { path: 'workflows', title: { 'zh-CN': '流程', en: 'Workflows' }, icon: <PartitionOutlined aria-hidden="true" />, level: ADMINISTRATOR_LEVEL, Page: lazy(() => import('./workflows/WorkflowsPage.tsx').then((module) => ({ default: module.WorkflowsPage }))) },
  { path: 'roles', title: { 'zh-CN': '角色与权限', en: 'Roles and rights' }, icon: <SafetyOutlined aria-hidden="true" />, level: ADMINISTRATOR_LEVEL, Page: lazy(() => import('./roles/RolesPage.tsx').then((module) => ({ default: module.RolesPage }))) },
  { path: 'app', title: { 'zh-CN': '应用设置', en: 'App settings' }, icon: <AppstoreOutlined aria-hidden="true" />, level: ADMINISTRATOR_LEVEL, Page: lazy(() => import('./app/AppPage.tsx').then((module) => ({ default: module.AppPage }))) },
  { path: 'templates', title: { 'zh-CN': '模板与迁移', en: 'Templates and files' }, icon: <BlockOutlined aria-hidden="true" />, level: ADMINISTRATOR_LEVEL, Page: lazy(() => import('./templates/TemplatesPage.tsx').then((module) => ({ default: module.TemplatesPage }))) },
  { path: 'publish', title: { 'zh-CN': '发布与历史', en: 'Publish and history' }, icon: <RocketOutlined aria-hidden="true" />, level: DESIGN_LEVEL, Page: lazy(() => import('./publish/PublishPage.tsx').then((module) => ({ default: module.PublishPage }))) },
];

/** Those that somebody of a level finds. */
export function sectionsFor(level: number): readonly DesignerSection[] {
  return SECTIONS.filter((section) => level >= section.level);
}
