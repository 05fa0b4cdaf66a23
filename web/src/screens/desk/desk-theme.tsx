import type { Language } from '@app/shared';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import zhTW from 'antd/locale/zh_TW';
import type { ReactNode } from 'react';
import { useLanguage } from '../../ui/catalogue.js';
import { useRootPx } from '../../ui/use-root-px.js';

const LOCALE = { 'zh-Hans': zhCN, 'zh-Hant': zhTW, en: enUS } as const satisfies Record<Language, object>;

/** The colours of tokens.css, since antd computes with them and reads no variables. */
const COLOURS = {
  colorBgBase: '#0e151d',
  colorBgContainer: '#151f2a',
  colorBgElevated: '#1c2936',
  colorBgLayout: '#0e151d',
  colorBorder: '#33465a',
  colorBorderSecondary: '#2a3947',
  colorTextBase: '#dbe5ee',
  colorPrimary: '#4a7fb0',
  colorInfo: '#4a7fb0',
  colorLink: '#8fb3d4',
  colorError: '#ff7a6b',
  colorWarning: '#f5b84a',
  colorSuccess: '#7fb8a4',
} as const;

/** Forms and tables of the desks: dark and dense, in the language chosen, growing with the screen. */
export function DeskTheme({ children }: { children: ReactNode }) {
  const px = useRootPx();
  const language = useLanguage((choice) => choice.language);
  const token = {
    ...COLOURS,
    fontFamily: 'var(--font)',
    fontSize: Math.round(px * 0.95),
    sizeUnit: px / 4,
    controlHeight: Math.round(px * 1.875),
    borderRadius: Math.round(px * 0.375),
    motion: false,
  };
  return (
    <ConfigProvider
      locale={LOCALE[language]}
      theme={{ algorithm: theme.darkAlgorithm, token }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
