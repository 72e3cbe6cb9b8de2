import type { AppType } from './application-schema.js';

/** The types of applications, as the command line calls them, and what they are called in words. */
export const applicationTypes = {
  native: { appType: 'native', label: 'Native' },
  spa: { appType: 'spa', label: 'Single Page Web Application' },
  regular: { appType: 'regular_web', label: 'Regular Web Application' },
  m2m: { appType: 'non_interactive', label: 'Machine to Machine' },
  resource_server: { appType: 'resource_server', label: 'Resource Server' },
} as const satisfies Record<string, { readonly appType: AppType; readonly label: string }>;

/** The type of an application, in words. */
export function describeApplicationType(type: AppType | undefined): string {
  return Object.values(applicationTypes).find(({ appType }) => appType === type)?.label ?? 'Generic';
}

/** What an application of a type is created with, by the Dashboard and the command alike. */
export function applicationDefaults(type: AppType): {
  readonly grant_types?: readonly string[];
  readonly oidc_conformant: true;
} {
  return {
    ...(type === 'non_interactive' && { grant_types: ['client_credentials'] }),
    oidc_conformant: true,
  };
}
