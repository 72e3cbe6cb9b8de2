import { describe, expect, it } from 'vitest';
import { readDomain } from '../src/read-domain.js';

describe('readDomain', () => {
  it.each([
    ['tenant.us.auth0.com', 'https://tenant.us.auth0.com/'],
    ['https://tenant.us.auth0.com', 'https://tenant.us.auth0.com/'],
    ['https://tenant.us.auth0.com/', 'https://tenant.us.auth0.com/'],
    ['HTTPS://Tenant.US.auth0.com', 'https://tenant.us.auth0.com/'],
    ['  tenant.us.auth0.com ', 'https://tenant.us.auth0.com/'],
    ['tenant.us.auth0.com:8443', 'https://tenant.us.auth0.com:8443/'],
    ['http://localhost:4400', 'http://localhost:4400/'],
    ['http://127.0.0.1', 'http://127.0.0.1/'],
    ['http://127.8.9.1:80', 'http://127.8.9.1/'],
    ['http://[::1]:4400/', 'http://[::1]:4400/'],
  ])('reads %j as %s', (domain, issuer) => {
    expect(readDomain(domain)).toBe(issuer);
  });

  it.each([
    ['', 'domain must be a non-empty string'],
    ['   ', 'domain must be a non-empty string'],
    [7, 'domain must be a non-empty string'],
    ['http://tenant.us.auth0.com', 'invalid domain URL (https required)'],
    ['http://localhost.evil.example', 'invalid domain URL (https required)'],
    ['http://128.0.0.1', 'invalid domain URL (https required)'],
    ['http://127.0.0.1.example.com', 'invalid domain URL (https required)'],
    ['ftp://tenant.us.auth0.com', 'invalid domain URL (https required)'],
    ['https://user:secret@tenant.us.auth0.com', 'credentials are not allowed'],
    ['user@tenant.us.auth0.com', 'credentials are not allowed'],
    ['@tenant.us.auth0.com', 'credentials are not allowed'],
    ['tenant.us.auth0.com?a=b', 'query/fragment are not allowed'],
    ['tenant.us.auth0.com/?', 'query/fragment are not allowed'],
    ['tenant.us.auth0.com#', 'query/fragment are not allowed'],
    ['tenant.us.auth0.com/path', 'path segments are not allowed'],
    ['tenant.us.auth0.com//', 'path segments are not allowed'],
    ['tenant .us.auth0.com', 'invalid domain URL'],
    ['tenant\n.us.auth0.com', 'invalid domain URL'],
    ['tenant.us.auth0.com\\path', 'invalid domain URL'],
    ['https://', 'invalid domain URL'],
    ['https://tenant:port', 'invalid domain URL'],
  ])('refuses %j', (domain, reason) => {
    expect(() => readDomain(domain)).toThrow('Invalid domain configuration: ');
    expect(() => readDomain(domain)).toThrow(reason);
    expect(() => readDomain(domain)).toThrow('(AUTH0_DOMAIN)');
  });
});
