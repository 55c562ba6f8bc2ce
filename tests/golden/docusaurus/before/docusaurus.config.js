// @ts-check
module.exports = {
  title: 'Dino docs',
  url: 'https://example.org',
  baseUrl: '/',
  i18n: {
    defaultLocale: 'en',
    locales: ['en', 'fr', 'ja'],
  },
  presets: [['classic', { docs: { routeBasePath: 'docs' } }]],
};
