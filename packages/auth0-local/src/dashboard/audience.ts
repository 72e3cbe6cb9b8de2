/** For whom the Dashboard can be: who sits at this machine, all who reach the tenant, or nobody. */
export const dashboardAudiences = ['loopback', 'anywhere', 'off'] as const;
export type DashboardAudience = (typeof dashboardAudiences)[number];
