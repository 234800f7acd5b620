import DefaultTheme from 'vitepress/theme';
import './stepglass.css';

export default {
  extends: DefaultTheme,
  enhanceApp() {
    if (!import.meta.env.SSR) void import('stepglass/define');
  },
};
