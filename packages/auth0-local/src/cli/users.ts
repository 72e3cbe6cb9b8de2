import { tenantAction } from './command-line/actions.js';
import { BooleanOption } from './command-line/boolean-option.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readJsonObject } from './command-line/option-values.js';
import { createDeleteCommand } from './resource/delete-command.js';
import { createListCommand } from './resource/list-command.js';
import { createItem, updateItem } from './resource/change-item.js';
import { requireId } from './resource/require-id.js';
import { createShowCommand } from './resource/show-command.js';
import { userResource } from './resource/user-resource.js';
import { createUserRolesCommand } from './user-roles.js';

/** `auth0 users`: who can log in. */
export function createUsersCommand(): CliCommand {
  return new CliCommand('users', 'Manage users: who can log in, and with which roles.').with(
    createCreateCommand(),
    createSearchCommand(),
    createShowCommand(userResource).examples(
      'auth0 users show ada@example.com',
      "auth0 users show 'auth0|65f0…' --json",
    ),
    createUpdateCommand(),
    createDeleteCommand(userResource).examples('auth0 users delete ada@example.com --force'),
    createUserRolesCommand(),
  );
}

interface UserOptions {
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  readonly username?: string;
  readonly connection?: string;
  readonly emailVerified?: boolean;
  readonly blocked?: boolean;
  readonly appMetadata?: object;
  readonly userMetadata?: object;
}

function createCreateCommand(): CliCommand {
  return addUserOptions(new CliCommand('create', 'Create a user. At a terminal, asks for what is missing.'))
    .action(
      tenantAction<UserOptions>(async (call) => {
        const { options, prompts } = call;
        const email = options.email ?? (await prompts.text({ message: 'Email', flag: '--email' }));
        const password =
          options.password ?? (await prompts.secret({ message: 'Password', flag: '--password' }));
        const { connection = 'Username-Password-Authentication' } = options;
        await createItem(call, userResource, readBody({ ...options, email, password, connection }));
      }),
    )
    .examples(
      'auth0 users create --email ada@example.com --password "correct horse" --name "Ada Lovelace"',
      'auth0 users create -e ada@example.com -p "correct horse" --app-metadata \'{"isAdmin":true}\' --json',
    );
}

function createUpdateCommand(): CliCommand {
  const command = new CliCommand('update', 'Change a user. What is not named stays as it is.');
  return addUserOptions(command.argument(`[${userResource.argument}]`))
    .addOption(new BooleanOption('--blocked', 'Whether the user is kept from logging in.'))
    .action(
      tenantAction<UserOptions, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, userResource, given);
        await updateItem(call, userResource, id, readBody(call.options));
      }),
    )
    .examples(
      'auth0 users update ada@example.com --name "Ada, Countess of Lovelace"',
      'auth0 users update ada@example.com --blocked',
    );
}

function createSearchCommand(): CliCommand {
  const command = createListCommand(userResource, {
    name: 'search',
    aliases: ['list', 'ls'],
    readQuery: ({ query, sort }: { readonly query?: string; readonly sort?: string }) => {
      return { q: query, sort, search_engine: 'v3' };
    },
  });
  return command
    .option('-q, --query <query>', 'What they have in common, like email:"ada*" or name:"Ada".')
    .option('-s, --sort <field:order>', 'By what they are sorted: name:1 upwards, name:-1 downwards.')
    .examples('auth0 users search', 'auth0 users search --query \'email:"ada*"\' --sort name:1 --json');
}

function addUserOptions(command: CliCommand): CliCommand {
  command
    .option('-e, --email <email>', 'Their email.')
    .option('-p, --password <password>', 'Their password. At a terminal it is better asked for.')
    .option('-n, --name <name>', 'Their full name.')
    .option('-u, --username <username>', 'Their username.')
    .option(
      '-c, --connection <name>',
      'The database connection: Username-Password-Authentication, if none is named.',
    )
    .addOption(new BooleanOption('--email-verified', 'Whether the email is known to be theirs.'))
    .option('--app-metadata <json>', 'What the application knows of them.', readJsonObject('--app-metadata'))
    .option('--user-metadata <json>', 'What they want to be known.', readJsonObject('--user-metadata'));
  return addOutputOptions(command);
}

function readBody(options: UserOptions): object {
  return {
    connection: options.connection,
    email: options.email,
    password: options.password,
    name: options.name,
    username: options.username,
    email_verified: options.emailVerified,
    blocked: options.blocked,
    app_metadata: options.appMetadata,
    user_metadata: options.userMetadata,
  };
}
