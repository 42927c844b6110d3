import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import './globals.css';
import { Providers } from '#app/providers.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { THEME_COOKIE, themeOf } from '#components/shell/theme.ts';

export const metadata: Metadata = {
  title: { default: 'Patchboard', template: '%s · Patchboard' },
  description: 'Version sets and patches of Temporal workflows: where work goes, and which code may go.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

/** Reading the cookie makes every page dynamic, which the content policy's nonce needs as well. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <Providers serverNowMs={Date.now()}>
          <Shell theme={theme}>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
