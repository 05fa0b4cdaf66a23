import './ui/no-eval.js';
import '@fontsource-variable/noto-sans-sc/wght.css';
import { createRoot } from 'react-dom/client';
import { App, fetchScreen } from './app.js';
import { useLanguage } from './ui/catalogue.js';
import './ui/tokens.css';
import './ui/panel.css';

document.documentElement.lang = useLanguage.getState().language;
fetchScreen(location.pathname);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
