import { render } from 'preact';
import { takeKeyFromAddress } from './api/session.ts';
import { App } from './app.tsx';
import './elements.ts';
import { applyTheme } from './state/useTheme.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/overview.css';
import './styles/jobs.css';

takeKeyFromAddress();
applyTheme();
const root = document.getElementById('page');
if (root !== null) render(<App />, root);
