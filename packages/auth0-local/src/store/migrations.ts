/** The schema, step by step: an existing database runs the steps it has not run. A step that was released never changes. */
export const migrations: readonly string[] = [
  // Each table holds documents as JSON. What is looked up or unique is a column generated from the document, so that
  // there is one truth about each thing.
  `
  CREATE TABLE settings (id TEXT PRIMARY KEY, data TEXT NOT NULL);

  CREATE TABLE apis (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    identifier TEXT GENERATED ALWAYS AS (data ->> '$.identifier') STORED UNIQUE
  );

  CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    name TEXT GENERATED ALWAYS AS (data ->> '$.name') STORED
  );

  CREATE TABLE client_grants (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    client_id TEXT GENERATED ALWAYS AS (data ->> '$.client_id') STORED,
    audience TEXT GENERATED ALWAYS AS (data ->> '$.audience') STORED,
    subject_type TEXT GENERATED ALWAYS AS (data ->> '$.subject_type') STORED,
    UNIQUE (client_id, audience, subject_type)
  );
  CREATE INDEX client_grants_audience ON client_grants (audience);

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    email TEXT GENERATED ALWAYS AS (data ->> '$.email') STORED UNIQUE
  );

  CREATE TABLE roles (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    name TEXT GENERATED ALWAYS AS (data ->> '$.name') STORED UNIQUE
  );

  CREATE TABLE user_roles (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    user_id TEXT GENERATED ALWAYS AS (data ->> '$.user_id') STORED,
    role_id TEXT GENERATED ALWAYS AS (data ->> '$.role_id') STORED
  );
  CREATE INDEX user_roles_user ON user_roles (user_id);
  CREATE INDEX user_roles_role ON user_roles (role_id);

  CREATE TABLE permissions (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    holder TEXT GENERATED ALWAYS AS (data ->> '$.holder') STORED,
    identifier TEXT GENERATED ALWAYS AS (data ->> '$.resource_server_identifier') STORED
  );
  CREATE INDEX permissions_holder ON permissions (holder);
  CREATE INDEX permissions_identifier ON permissions (identifier);

  CREATE TABLE signing_keys (id TEXT PRIMARY KEY, data TEXT NOT NULL);

  CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    user_id TEXT GENERATED ALWAYS AS (data ->> '$.user_id') STORED,
    client_id TEXT GENERATED ALWAYS AS (data ->> '$.client_id') STORED,
    audience TEXT GENERATED ALWAYS AS (data ->> '$.audience') STORED
  );

  CREATE TABLE artifacts (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    kind TEXT GENERATED ALWAYS AS (data ->> '$.kind') STORED,
    family TEXT GENERATED ALWAYS AS (data ->> '$.family') STORED,
    user_id TEXT GENERATED ALWAYS AS (data ->> '$.user_id') STORED,
    client_id TEXT GENERATED ALWAYS AS (data ->> '$.client_id') STORED,
    audience TEXT GENERATED ALWAYS AS (data ->> '$.data.access.audience') STORED,
    expires_at INTEGER GENERATED ALWAYS AS (data ->> '$.expires_at') STORED
  );
  CREATE INDEX artifacts_kind ON artifacts (kind);
  CREATE INDEX artifacts_expiry ON artifacts (expires_at);
  CREATE INDEX artifacts_family ON artifacts (family);

  CREATE TABLE logs (id TEXT PRIMARY KEY, data TEXT NOT NULL);
  `,
];
