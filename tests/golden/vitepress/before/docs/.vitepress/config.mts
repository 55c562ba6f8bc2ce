import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Vite docs',
  locales: {
    root: { label: 'English', lang: 'en' },
    fr: { label: 'Français', lang: 'fr', link: '/fr/' },
    'zh-Hans': { label: '简体中文', lang: 'zh-Hans' },
  },
})
