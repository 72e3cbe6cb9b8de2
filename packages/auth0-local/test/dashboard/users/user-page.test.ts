import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/tenant/users.js';
import { requestPasswordToken } from '../../support/flow-requests.js';
import { users } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the details of a user', () => {
  const dashboard = useDashboard();
  const createUser = async (name: string, more: object = {}): Promise<User> => {
    const { body } = await dashboard.trial.manage<User>('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: `${name}@example.com`,
      password: `${name}-password`,
      ...more,
    });
    return body;
  };
  const pathOf = ({ user_id: id }: User): string => `/users/${encodeURIComponent(id)}`;
  const readUser = async (user: User): Promise<User> =>
    (await dashboard.trial.manage<User>('GET', pathOf(user))).body;
  const logIn = async ({ email }: User, password: string) =>
    requestPasswordToken(dashboard.trial.ask, { username: email, password });

  it('show who it is and how often it has logged in, and change the profile', async () => {
    const user = await createUser('profile');
    await logIn(user, 'profile-password');
    const page = await dashboard.open(`/users/${encodeURIComponent(user.user_id)}`);
    await page.waitForURL(/\/details$/);
    await page.getByRole('button', { name: 'Copy id' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(user.user_id);
    await page.locator('.facts > div', { hasText: 'Logins' }).getByText('1', { exact: true }).waitFor();

    await page.getByLabel('Email', { exact: true }).fill('other@example.com');
    await page.getByLabel('Nickname').fill('Nick');
    await page.getByLabel('Email verified').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The details are saved.').waitFor();
    await page.getByRole('heading', { name: 'other@example.com' }).waitFor();
    await page.getByText('Verified', { exact: true }).waitFor();
    expect(await readUser(user)).toMatchObject({
      email: 'other@example.com',
      nickname: 'Nick',
      email_verified: true,
      name: user.name,
    });
  });

  it('say beside the field what cannot be, and keep what was typed', async () => {
    const user = await createUser('refused');
    const page = await dashboard.open(`${pathOf(user)}/details`);
    expectComplaint(page, /status of 409/);
    await page.getByLabel('Name', { exact: true }).fill(' ');
    await page.getByLabel('app_metadata').fill('{\n  "plan": "gold"\n  "seats": 3\n}');
    await page.getByLabel('user_metadata').fill('plan=gold');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It cannot be empty.').waitFor();
    await page.getByText('Line 2: expected a comma or }.').waitFor();
    await page.getByText('A JSON object is expected').waitFor();
    expect(await readUser(user)).toEqual(user);
    await page.getByLabel('user_metadata').fill('{ "a": [{ "__proto__": 1 }] }');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.locator('.field-error', { hasText: 'Leave out the name __proto__' }).waitFor();
    expect(await readUser(user)).toEqual(user);

    await page.getByRole('link', { name: 'Roles' }).last().click();
    await page.getByRole('link', { name: 'Details' }).click();
    expect(await page.getByLabel('app_metadata').inputValue()).toContain('"seats": 3');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByLabel('Email', { exact: true }).fill(users.plain.email);
    await page.keyboard.press('Enter');
    await page.locator('.field-error', { hasText: 'Another user has this email address' }).waitFor();
  });

  it('change metadata key by key, and what is gone from the text goes from the user', async () => {
    const user = await createUser('metadata', {
      app_metadata: { plan: 'free', isAdmin: true, limits: { seats: 1 } },
      user_metadata: { theme: 'dark' },
    });
    const page = await dashboard.open(`${pathOf(user)}/details`);
    await page
      .getByLabel('app_metadata')
      .fill('{ "plan": "gold", "limits": { "seats": 5 }, "roles": ["a"] }');
    // Somebody else adds and changes what this text says nothing of.
    await dashboard.trial.manage('PATCH', pathOf(user), {
      app_metadata: { trial: true },
      user_metadata: { language: 'de' },
    });
    await page.getByRole('link', { name: 'Roles' }).last().click();
    await page.getByRole('link', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The details are saved.').waitFor();
    const saved = await readUser(user);
    expect(saved.app_metadata).toEqual({
      plan: 'gold',
      limits: { seats: 5 },
      roles: ['a'],
      trial: true,
    });
    expect(saved.user_metadata).toEqual({ theme: 'dark', language: 'de' });
    await page.getByRole('button', { name: 'Save changes', disabled: true }).waitFor();
    expect(JSON.parse(await page.getByLabel('app_metadata').inputValue())).toEqual(saved.app_metadata);

    await page.getByLabel('user_metadata').fill('');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The details are saved.').nth(1).waitFor();
    expect((await readUser(user)).user_metadata ?? {}).toEqual({});
  });

  it('block a user, who then gets no token', async () => {
    const user = await createUser('blocked');
    const page = await dashboard.open(`${pathOf(user)}/details`);
    expect((await logIn(user, 'blocked-password')).status).toBe(200);
    await page.getByLabel('Blocked').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.locator('.badge', { hasText: 'Blocked' }).waitFor();
    expect((await logIn(user, 'blocked-password')).body).toMatchObject({
      error: 'invalid_grant',
      error_description: 'user is blocked',
    });
    await page.getByLabel('Blocked').uncheck();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The details are saved.').nth(1).waitFor();
    expect((await logIn(user, 'blocked-password')).status).toBe(200);
  });

  it('set a new password, with which alone the user can log in', async () => {
    const user = await createUser('forgetful');
    const page = await dashboard.open(`${pathOf(user)}/details`);
    await page.getByRole('button', { name: 'Set a new password' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill('a new one');
    expect(await dialog.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('password');
    await dialog.getByRole('button', { name: 'Show password' }).click();
    await dialog.getByRole('textbox', { name: 'Password' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Set a new password' }).click();
    expect(await dialog.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await dialog.getByLabel('Password', { exact: true }).fill('the newest');
    await page.keyboard.press('Enter');
    await page.getByText('forgetful@example.com has a new password.').waitFor();
    expect((await logIn(user, 'forgetful-password')).status).toBe(403);
    expect((await logIn(user, 'the newest')).status).toBe(200);
  });

  it('delete the user, and lead back to the list', async () => {
    const user = await createUser('gone');
    const page = await dashboard.open(`${pathOf(user)}/details`);
    await page.getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete user' }).click();
    await page.waitForURL(/\/users$/);
    await page.getByText('gone@example.com is deleted.').waitFor();
    expect((await dashboard.trial.manage('GET', pathOf(user))).status).toBe(404);
    expectComplaint(page, /status of 404/);
    await page.goBack();
    await page.getByText('There is no such user').waitFor();
  });
});
