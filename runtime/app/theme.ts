/**
 * The look, whole: colours, radii, spacing and type of every screen. antd draws its components from these tokens and
 * publishes them as CSS variables (`--ant-*`); our style sheets use only those variables and the option colours below.
 */
import { theme, type ThemeConfig } from 'antd';

/** The class antd hangs its variables on; `<html>` wears it too, so that our own style sheets see them. */
export const THEME_CLASS = 'relata';

export const OPTION_COLORS = ['gray', 'red', 'orange', 'gold', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink'] as const;
export type OptionColor = (typeof OPTION_COLORS)[number];

/** Text on its tint: AA in both modes. */
const PALETTE: Record<OptionColor, { light: [ink: string, tint: string]; dark: [ink: string, tint: string] }> = {
  gray: { light: ['#4b5563', '#eceef1'], dark: ['#c3c8d0', '#2e3138'] },
  red: { light: ['#b42318', '#fdeceb'], dark: ['#f9a8a1', '#43211f'] },
  orange: { light: ['#b0450b', '#fdefe3'], dark: ['#f8b48a', '#43291a'] },
  gold: { light: ['#8a5a00', '#fbf2d2'], dark: ['#eccb6d', '#3b3116'] },
  green: { light: ['#18703b', '#e4f5ea'], dark: ['#8ad7a8', '#1b3626'] },
  teal: { light: ['#0f6b69', '#dff4f3'], dark: ['#7fd6d2', '#153635'] },
  blue: { light: ['#1c5fc2', '#e5effc'], dark: ['#93bdf8', '#1c2f4d'] },
  indigo: { light: ['#4338ca', '#eaeafd'], dark: ['#b1b0fb', '#2a2956'] },
  purple: { light: ['#7a2fb8', '#f3e9fb'], dark: ['#d0a8f3', '#38254a'] },
  pink: { light: ['#b31f68', '#fce8f1'], dark: ['#f3a2c9', '#451f33'] },
};

export type Appearance = 'light' | 'dark';

export function isOptionColor(color: string | undefined): color is OptionColor {
  return OPTION_COLORS.some((known) => known === color);
}

export function optionColors(color: string | undefined, appearance: Appearance): { ink: string; tint: string } {
  const [ink, tint] = PALETTE[isOptionColor(color) ? color : 'gray'][appearance];
  return { ink, tint };
}

const FONT = `system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif`;

export function buildTheme(appearance: Appearance): ThemeConfig {
  const dark = appearance === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    cssVar: { key: THEME_CLASS },
    token: {
      colorPrimary: dark ? '#7c78f5' : '#4f46e5',
      colorInfo: dark ? '#7c78f5' : '#4f46e5',
      colorLink: dark ? '#a5a2fa' : '#4f46e5',
      colorBgLayout: dark ? '#121316' : '#f7f7f8',
      colorBgContainer: dark ? '#1a1b1f' : '#ffffff',
      colorBgElevated: dark ? '#222429' : '#ffffff',
      colorText: dark ? '#e6e7ea' : '#1f2329',
      colorTextSecondary: dark ? '#a3a8b2' : '#5b616b',
      colorTextTertiary: dark ? '#858b96' : '#6f7681',
      colorTextPlaceholder: dark ? '#7a808a' : '#767c87',
      colorWarningText: dark ? '#eccb6d' : '#8a5a00',
      colorErrorText: dark ? '#f9a8a1' : '#b42318',
      colorSuccessText: dark ? '#8ad7a8' : '#18703b',
      colorBorder: dark ? '#3a3d45' : '#d6d9de',
      colorBorderSecondary: dark ? '#2a2c32' : '#e8eaed',
      fontFamily: FONT,
      fontSize: 14,
      fontSizeSM: 12,
      borderRadius: 6,
      borderRadiusLG: 10,
      borderRadiusSM: 4,
      controlHeight: 32,
      controlHeightSM: 28,
      controlHeightLG: 44,
      wireframe: false,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Layout: { siderBg: dark ? '#16171a' : '#fbfbfc', headerBg: dark ? '#1a1b1f' : '#ffffff' },
      Menu: {
        itemHeight: 32,
        itemBorderRadius: 6,
        itemMarginInline: 8,
        itemMarginBlock: 1,
        itemBg: 'transparent',
        subMenuItemBg: 'transparent',
        itemSelectedBg: dark ? '#2a2956' : '#ecebfd',
        itemSelectedColor: dark ? '#d5d4fd' : '#3730a3',
        groupTitleFontSize: 12,
        groupTitleColor: dark ? '#858b96' : '#6f7681',
        activeBarBorderWidth: 0,
      },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Form: { itemMarginBottom: 24, verticalLabelPadding: '0 0 4px', labelFontSize: 13 },
      Tabs: { horizontalItemPadding: '8px 0', horizontalMargin: '0 0 12px', horizontalItemGutter: 24 },
      Modal: { titleFontSize: 16 },
      Tooltip: { fontSize: 12 },
      Segmented: { itemSelectedBg: dark ? '#2a2c32' : '#ffffff' },
    },
  };
}
