// @c15t/react as its quickstart shows it, without a backend: the consent banner at the root of an app.

import '@c15t/react/styles.css';
import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from '@c15t/react';
import { createRoot } from 'react-dom/client';

const options = {
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  overrides: { country: 'DE' },
  i18n: {
    locale: LANGUAGE,
    detectBrowserLanguage: false,
    // English is built in; the others come all at once.
    messages: LANGUAGE == 'en' ? {} : { [LANGUAGE]: (await import('@c15t/translations/all')).baseTranslations[LANGUAGE] },
  },
};

createRoot(document.getElementById('app')).render(
  <ConsentManagerProvider options={options}>
    <ConsentBanner />
    <ConsentDialog />
  </ConsentManagerProvider>,
);
