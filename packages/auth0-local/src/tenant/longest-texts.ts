/** How long texts of the tenant can be, in characters: by its schemas, and by the forms of the Dashboard. */
export const longestTexts = {
  api: { name: 200, identifier: 600 },
  permission: { value: 280, description: 500 },
  application: { name: 200, description: 140, url: 2000 },
  role: { name: 50, description: 255 },
  user: { email: 320, password: 1000, name: 300 },
} as const;
