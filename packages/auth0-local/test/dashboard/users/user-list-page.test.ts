import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/tenant/users.js';
import { nobodysHash } from '../../../src/tenant/passwords.js';
import { extendSeed } from '../../support/authorize-requests.js';
import { requestPasswordToken } from '../../support/flow-requests.js';
import { users } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

/** Beside the two of the trial tenant. */
const many = Array.from({ length: 120 }, (_, index) => ({
  email: `person-${index}@example.com`,
  user_id: `person-${index}`,
  name: `Robin (no. ${index})`,
  password_hash: nobodysHash,
}));

describe('the list of users', () => {
  const dashboard = useDashboard({ seed: extendSeed({ users: many }) });
  const findUsers = async (email: string): Promise<User[]> =>
    (await dashboard.trial.manage<User[]>('GET', `/users-by-email?email=${encodeURIComponent(email)}`)).body;

  it('is read page by page, keeps the old page until the next is here, and the way back leads through them', async () => {
    const page = await dashboard.open('/users');
    await page.getByText('1–50 of 122').waitFor();
    const first = page.getByRole('link', { name: users.plain.email });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/page=1&/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('.users[aria-busy=true]').waitFor();
    expect(await first.isVisible()).toBe(true);
    release();
    await page.getByText('51–100 of 122').waitFor();
    await page.getByRole('link', { name: 'person-48@example.com' }).waitFor();
    expect(page.url()).toMatch(/\/users\?page=2$/);

    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('101–122 of 122').waitFor();
    await page.locator('.users[aria-busy=false]').waitFor();
    expect(await page.getByRole('row').count()).toBe(1 + 22);
    await page.goBack();
    await page.getByText('51–100 of 122').waitFor();
    await page.reload();
    await page.getByText('51–100 of 122').waitFor();
  });

  it('is searched while somebody types, without losing a key, and the address has the words', async () => {
    const page = await dashboard.open('/users?page=2');
    const box = page.getByRole('searchbox');
    await box.pressSequentially('person-11', { delay: 40 });
    await page.getByText('11 users found.').waitFor();
    expect(await box.inputValue()).toBe('person-11');
    expect(page.url()).toMatch(/\/users\?q=person-11$/);
    await box.pressSequentially('7', { delay: 40 });
    await page.getByText('1 user found.').waitFor();
    await page.goBack();
    await page.getByText('51–100 of 122').waitFor();
    expect(await box.inputValue()).toBe('');
  });

  it.each([
    ['robin 117)', ['person-117@example.com']],
    ['auth0|person-118', ['person-118@example.com']],
    ['NOT (admin:"', []],
    ['ADMIN example', [users.admin.email]],
    [String.raw`"admin@example.com"`, [users.admin.email]],
  ])('finds by %s what has these words, whatever they mean in a query', async (text, expected) => {
    const page = await dashboard.open(`/users?q=${encodeURIComponent(text)}`);
    const count = expected.length;
    await page.getByText(count === 1 ? '1 user found.' : '0 users found.').waitFor();
    expect(await page.locator('td a').allTextContents()).toEqual(expected);
    if (count > 0) return;
    await page.getByRole('button', { name: 'Show all users' }).click();
    await page.getByText('122 users.').waitFor();
  });

  it('creates a user with a password that was made up, who can log in with it', async () => {
    const page = await dashboard.open('/users');
    await page.getByRole('button', { name: 'Create user' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create user' });
    await dialog.getByLabel('Email', { exact: true }).fill('Jane@Example.com');
    await page.keyboard.press('Enter');
    await dialog.getByText('Give a password, or make one up.').waitFor();
    await dialog.getByRole('button', { name: 'Make one up' }).click();
    const password = await dialog.getByRole('textbox', { name: 'Password' }).inputValue();
    expect(password).toMatch(/^[\w-]{20}$/);
    await dialog.getByRole('button', { name: 'Copy password' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(password);
    await dialog.getByRole('button', { name: 'Make one up' }).click();
    const other = await dialog.getByRole('textbox', { name: 'Password' }).inputValue();
    expect(other).not.toBe(password);
    await dialog.getByLabel('Name').fill('Jane Doe');
    await dialog.getByLabel('Email verified').check();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/users\/auth0%7C[0-9a-f]{24}\/details$/);

    const [user] = await findUsers('jane@example.com');
    expect(user).toMatchObject({ email: 'jane@example.com', name: 'Jane Doe', email_verified: true });
    const login = await requestPasswordToken(dashboard.trial.ask, {
      username: 'jane@example.com',
      password: other,
    });
    expect(login.status).toBe(200);
  });

  it('says beside the field what the tenant refuses', async () => {
    const page = await dashboard.open('/users');
    expectComplaint(page, /status of 4(00|09)/);
    await page.getByRole('button', { name: 'Create user' }).click();
    const dialog = page.getByRole('dialog');
    const email = dialog.getByLabel('Email', { exact: true });
    await dialog
      .getByRole('textbox', { name: 'Password' })
      .or(dialog.getByLabel('Password', { exact: true }))
      .fill('secret');
    for (const [typed, reason] of [
      [users.plain.email, 'Another user has this email address'],
      // The tenant alone knows that it is none.
      ['jane@exämple.com', 'Write a whole email address'],
    ] as const) {
      await email.fill(typed);
      await page.keyboard.press('Enter');
      await dialog.locator('.field-error', { hasText: reason }).waitFor();
      expect(await email.getAttribute('aria-invalid')).toBe('true');
    }
    expect(await dialog.getByRole('alert').count()).toBe(0);
  });

  it('deletes a user after asking, and the last of a page leads to the page before', async () => {
    await dashboard.trial.manage('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'gone@example.com',
      password: 'gone-password',
    });
    const page = await dashboard.open('/users?q=gone');
    await page.getByRole('button', { name: 'Actions for gone@example.com' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete user' }).click();
    await page.getByText('gone@example.com is deleted.').waitFor();
    await page.getByText('Nobody found').waitFor();
    expect(await findUsers('gone@example.com')).toEqual([]);
    await page.goto(`${dashboard.trial.tenant.domain}/dashboard/users?page=9`);
    await page.getByText(/^101–\d+ of \d+$/).waitFor();
    expect(page.url()).toMatch(/\?page=3$/);
  });
});
