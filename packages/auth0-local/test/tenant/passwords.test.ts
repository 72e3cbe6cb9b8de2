import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword, isPasswordHash } from '../../src/tenant/passwords.js';

describe('hashPassword', () => {
  it('makes hashes that only the password fits', async () => {
    const hash = await hashPassword('correct horse');
    expect(await isPassword('correct horse', hash)).toBe(true);
    for (const wrong of ['correct hors', 'Correct horse', '', `correct horse\0`, hash]) {
      expect(await isPassword(wrong, hash)).toBe(false);
    }
  });

  it('salts: the same password has another hash each time', async () => {
    expect(await hashPassword('a')).not.toBe(await hashPassword('a'));
  });

  it('says what it cost, and has nothing of the password in it', async () => {
    const hash = await hashPassword('hunter2');
    expect(hash).toMatch(/^scrypt\$4096\$8\$4\$[\w-]{22}\$[\w-]{43}$/);
    expect(hash).not.toContain('hunter2');
  });

  it('takes one password for the same however its letters are composed', async () => {
    expect(await isPassword('é', await hashPassword('e\u0301'))).toBe(true);
  });
});

describe('isPassword', () => {
  it.each(['', 'scrypt', 'scrypt$16384$8$1$$', 'plain'])(
    'is false for what is no hash: "%s"',
    async (hash) => {
      expect(await isPassword('a', hash)).toBe(false);
    },
  );
});

describe('isPasswordHash', () => {
  it('takes hashes made here, and none that would cost more', async () => {
    const hash = await hashPassword('a');
    expect(isPasswordHash(hash)).toBe(true);
    expect(isPasswordHash(hash.replace('$4096$', '$1048576$'))).toBe(false);
    expect(isPasswordHash(hash.replace('$4$', '$99$'))).toBe(false);
    expect(isPasswordHash('$2b$10$abc')).toBe(false);
  });
});
