import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { base, pages } from '../api/navigation.ts';
import { tenantStatus } from '../api/status.ts';
import { useStore } from '../api/store.ts';
import { CopyText } from './copy.tsx';
import { Icon, type IconName } from './icon.tsx';

const navigation: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: pages.apis, label: 'APIs', icon: 'api' },
  { href: pages.applications, label: 'Applications', icon: 'application' },
  { href: pages.users, label: 'Users', icon: 'user' },
  { href: pages.roles, label: 'Roles', icon: 'role' },
  { href: pages.keys, label: 'Signing keys', icon: 'key' },
  { href: pages.activity, label: 'Activity', icon: 'activity' },
  { href: pages.inspector, label: 'Token inspector', icon: 'inspector' },
];

/** The way to every page, and which tenant this is. */
export function Sidebar() {
  const { path } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const domain = useStore(tenantStatus)?.domain ?? location.origin;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeByKey = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('keydown', closeByKey);
    return () => document.removeEventListener('keydown', closeByKey);
  }, [isOpen]);
  const isCurrent = (href: string): boolean =>
    path === href || path.startsWith(`${href}/`) || (href === pages.apis && path === base);
  return (
    <header class="sidebar">
      <a class="brand" href={pages.apis}>
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="15" />
          <path d="M16 7.5a4.6 4.6 0 0 1 2.3 8.6l1.6 8.4h-7.8l1.6-8.4A4.6 4.6 0 0 1 16 7.5z" />
        </svg>
        <span>
          <strong>Local tenant</strong>
          <span class="host">{new URL(domain).host}</span>
        </span>
      </a>
      <button
        ref={button}
        class="icon-button menu-button"
        type="button"
        aria-expanded={isOpen}
        aria-controls="navigation"
        aria-label="Menu"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'cross' : 'menu'} />
      </button>
      <nav id="navigation" class={isOpen ? 'open' : undefined} aria-label="Dashboard">
        {navigation.map(({ href, label, icon }) => (
          <a key={href} href={href} aria-current={isCurrent(href) ? 'page' : undefined}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
        <div class="domain">
          <span>AUTH0_DOMAIN</span>
          <CopyText text={domain} label="domain" />
        </div>
      </nav>
    </header>
  );
}
