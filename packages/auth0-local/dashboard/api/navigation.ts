/** Where the Dashboard is. */
export const base = '/dashboard';

/** The addresses of the Dashboard's pages, from the names of things. */
export const pages = {
  apis: `${base}/apis`,
  api: (id: string, tab = 'quickstart') => `${base}/apis/${encodeURIComponent(id)}/${tab}`,
  applications: `${base}/applications`,
  application: (id: string, tab = 'settings') => `${base}/applications/${encodeURIComponent(id)}/${tab}`,
  users: `${base}/users`,
  user: (id: string, tab = 'details') => `${base}/users/${encodeURIComponent(id)}/${tab}`,
  roles: `${base}/roles`,
  role: (id: string, tab = 'settings') => `${base}/roles/${encodeURIComponent(id)}/${tab}`,
  keys: `${base}/signing-keys`,
  activity: `${base}/activity`,
  event: (logId: string) => `${base}/activity?${new URLSearchParams({ event: logId }).toString()}`,
  inspector: `${base}/inspector`,
} as const;
