import { describe, expect, it } from 'vitest';
import { PresentedByRequest } from '../../src/binding/presented-by-request.js';
import type { MtlsPolicy } from '../../src/binding/mtls/check-certificate-binding.js';

const off: MtlsPolicy = { mode: 'off', getCertificate: undefined };

describe('PresentedByRequest', () => {
  it('has what the request has', () => {
    const presented = new PresentedByRequest('dpop', { proofs: ['a', 'b'], method: 'PATCH' }, off);
    expect([presented.scheme, presented.proofs, presented.method]).toEqual(['dpop', ['a', 'b'], 'PATCH']);
  });

  it('has nothing where the request has nothing', () => {
    const presented = new PresentedByRequest('bearer', {}, off);
    expect([presented.proofs, presented.method, presented.certificate()]).toEqual([[], undefined, undefined]);
  });

  it('reads nothing before it is asked for', () => {
    const read: string[] = [];
    const request = {
      get proofs() {
        read.push('proofs');
        return ['a'];
      },
      get method() {
        read.push('method');
        return 'GET';
      },
      get native() {
        read.push('native');
        return {};
      },
    };
    const presented = new PresentedByRequest('bearer', request, off);
    expect(read).toEqual([]);
    expect(presented.proofs).toEqual(['a']);
    expect(read).toEqual(['proofs']);
  });

  it('has the certificate that the application finds, who is told of the proxy', () => {
    const asked: unknown[] = [];
    const native = { name: 'the request' };
    const policy: MtlsPolicy = {
      mode: 'allowed',
      getCertificate: (request, hop) => {
        asked.push([request, hop]);
        return 'a certificate';
      },
    };
    expect(new PresentedByRequest('bearer', { native, isProxyTrusted: true }, policy).certificate()).toBe(
      'a certificate',
    );
    new PresentedByRequest('bearer', { native }, policy).certificate();
    expect(asked).toEqual([
      [native, { isProxyTrusted: true }],
      [native, { isProxyTrusted: false }],
    ]);
  });
});
