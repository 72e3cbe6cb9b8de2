const paths = {
  api: 'M4 6.5h16M4 12h16M4 17.5h10',
  application: 'M4 5h16v14H4zM4 9.5h16',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  role: 'M12 3.5 19 6v5.5c0 4.4-2.9 7.4-7 9-4.1-1.6-7-4.6-7-9V6z',
  key: 'M8 16.5a4.5 4.5 0 1 1 4.2-6.1L20.5 10.4v3.2h-2.6v2.6h-3v-2.6h-2.7A4.5 4.5 0 0 1 8 16.5z',
  activity: 'M3 12.5h4l3-7.5 4.5 14 2.7-6.5H21',
  inspector: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20.5 20.5',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  check: 'M4.5 12.5l5 5 10-11',
  cross: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 11.5h1v1H5zM11.5 11.5h1v1h-1zM18 11.5h1v1h-1z',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  back: 'M19 12H5M11 6l-6 6 6 6',
  down: 'M6 9.5l6 6 6-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  send: 'M4 12 20 4.5l-5 15.5-3.5-6.5z',
  pause: 'M8.5 5v14M15.5 5v14',
  play: 'M7.5 5v14l11-7z',
  warning: 'M12 4 21 19.5H3zM12 10v4.5M12 17h.01',
  system:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18',
} as const;
export type IconName = keyof typeof paths;

/** A picture beside words that say the same: it has no name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
