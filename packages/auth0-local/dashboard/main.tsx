import 'virtual:palette.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/pages.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
