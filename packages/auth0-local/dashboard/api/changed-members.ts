/** What of a body differs from what is saved: it changes nothing that somebody else may have changed meanwhile. */
export function changedMembers<Body extends object>(saved: Body, body: Body): Partial<Body> {
  const differs = (name: string): boolean =>
    JSON.stringify(saved[name as keyof Body]) !== JSON.stringify(body[name as keyof Body]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => differs(name))) as Partial<Body>;
}
