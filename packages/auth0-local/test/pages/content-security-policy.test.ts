import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../src/pages/content-security-policy.js';

function read(policy: string, directive: string): string | undefined {
  return policy.split('; ').find((part) => part.startsWith(directive));
}

describe('contentSecurityPolicy', () => {
  it('lets no script run and nobody frame the page unless it is said', () => {
    expect(contentSecurityPolicy()).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
  });

  it.each([
    [['https://app.example.com/callback?a=b'], "form-action 'self' https://app.example.com"],
    [
      ['https://app.example.com/a', 'https://app.example.com/b'],
      "form-action 'self' https://app.example.com",
    ],
    [['http://localhost:3000/callback'], "form-action 'self' http://localhost:*"],
    [['http://127.0.0.1/callback'], "form-action 'self' http://127.0.0.1:*"],
    [['http://[::1]:3000/callback'], "form-action 'self' http:"],
    [['com.example.app:/callback'], "form-action 'self' com.example.app:"],
    [["https://a;script-src'x/callback"], "form-action 'self' https:"],
  ])('lets forms lead to %j', (formTargets, formAction) => {
    expect(read(contentSecurityPolicy({ formTargets }), 'form-action')).toBe(formAction);
  });

  it.each([
    ['http://localhost:3000', 'frame-ancestors http://localhost:3000'],
    ['https://app.example.com', 'frame-ancestors https://app.example.com'],
    ['http://[::1]:3000', "frame-ancestors 'none'"],
    ["https://a;script-src'x", "frame-ancestors 'none'"],
  ])('lets %s frame the page', (frameAncestor, directive) => {
    expect(read(contentSecurityPolicy({ frameAncestor }), 'frame-ancestors')).toBe(directive);
  });
});
