import type Database from 'libsql';

/** Which documents of a collection are meant: the values that generated columns must have. */
export type Filter<Column extends string> = Partial<Readonly<Record<Column, string>>>;

/** A part of a list. */
export interface Range {
  /** How many documents to skip. */
  readonly offset?: number;
  /** How many at most; all by default. */
  readonly limit?: number;
  /** Whether the list begins at its end. */
  readonly isNewestFirst?: boolean;
}

/** A part of a list, and where it ends if it goes on. */
export interface Part<Document> {
  readonly documents: Document[];
  readonly next?: number;
}

interface Row {
  readonly data: string;
}

interface PositionedRow extends Row {
  readonly position: number;
}

/**
 * Documents of one kind in one table, in the order in which they were added.
 *
 * What it returns is a fresh copy: changing it changes nothing until it is put back.
 */
export class Collection<Document extends object, Column extends string = never> {
  readonly #database: Database.Database;
  readonly #table: string;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  get(id: string): Document | undefined {
    const row = this.#prepare(`SELECT data FROM ${this.#table} WHERE id = ?`).get(id) as Row | undefined;
    return row && (JSON.parse(row.data) as Document);
  }

  /** The first document that a filter fits. */
  find(filter: Filter<Column>): Document | undefined {
    return this.list(filter, { limit: 1 })[0];
  }

  list(
    filter: Filter<Column> = {},
    { offset = 0, limit = -1, isNewestFirst = false }: Range = {},
  ): Document[] {
    const { where, values } = readFilter(filter);
    const order = isNewestFirst ? 'rowid DESC' : 'rowid';
    const sql = `SELECT data FROM ${this.#table}${where} ORDER BY ${order} LIMIT ? OFFSET ?`;
    const rows = this.#prepare(sql).all(...values, limit, offset) as Row[];
    return rows.map(({ data }) => JSON.parse(data) as Document);
  }

  /**
   * A part of a list that goes on where another ended, whatever was added or deleted meanwhile.
   *
   * @param position - Where the other ended; 0 for the beginning.
   */
  listAfter(filter: Filter<Column>, position: number, limit: number): Part<Document> {
    const { where, values } = readFilter(filter);
    const sql = `SELECT rowid AS position, data FROM ${this.#table}${where || ' WHERE true'} AND rowid > ? ORDER BY rowid LIMIT ?`;
    const rows = this.#prepare(sql).all(...values, position, limit + 1) as PositionedRow[];
    const part = rows.slice(0, limit);
    const last = part.at(-1);
    return {
      documents: part.map(({ data }) => JSON.parse(data) as Document),
      ...(rows.length > limit && last !== undefined && { next: last.position }),
    };
  }

  /** What stands before a position, the newest first. */
  listBefore(position: number, limit: number): Document[] {
    const sql = `SELECT data FROM ${this.#table} WHERE rowid < ? ORDER BY rowid DESC LIMIT ?`;
    const rows = this.#prepare(sql).all(position, limit) as Row[];
    return rows.map(({ data }) => JSON.parse(data) as Document);
  }

  /** Where a document stands: what was added later has a higher position. */
  findPosition(id: string): number | undefined {
    const row = this.#prepare(`SELECT rowid AS position FROM ${this.#table} WHERE id = ?`).get(id);
    return (row as { position: number } | undefined)?.position;
  }

  count(filter: Filter<Column> = {}): number {
    const { where, values } = readFilter(filter);
    const row = this.#prepare(`SELECT count(*) AS total FROM ${this.#table}${where}`).get(...values);
    return (row as { total: number }).total;
  }

  /** Adds a document, or replaces the one of this id where it stands. */
  put(id: string, document: Document): void {
    const sql = `INSERT INTO ${this.#table} (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data`;
    this.#prepare(sql).run(id, JSON.stringify(document));
  }

  /** @returns Whether there was one: of several callers only one gets `true`. */
  delete(id: string): boolean {
    return this.#prepare(`DELETE FROM ${this.#table} WHERE id = ?`).run(id).changes === 1;
  }

  /** @returns How many there were. */
  deleteWhere(filter: Filter<Column>): number {
    const { where, values } = readFilter(filter);
    return this.#prepare(`DELETE FROM ${this.#table}${where}`).run(...values).changes;
  }

  /** Deletes what expired before a time. For tables with a column `expires_at`. */
  deleteExpired(now: number): void {
    this.#prepare(`DELETE FROM ${this.#table} WHERE expires_at <= ?`).run(now);
  }

  /** Of the documents that a filter fits, keeps the newest only. */
  keepNewest(count: number, filter: Filter<Column> = {}): void {
    const { where, values } = readFilter(filter);
    const surplus = `SELECT rowid FROM ${this.#table}${where} ORDER BY rowid DESC LIMIT -1 OFFSET ?`;
    this.#prepare(`DELETE FROM ${this.#table} WHERE rowid IN (${surplus})`).run(...values, count);
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function readFilter(filter: Filter<string>): { where: string; values: string[] } {
  const entries = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (entries.length === 0) return { where: '', values: [] };
  const conditions = entries.map(([column]) => `${column} = ?`).join(' AND ');
  return { where: ` WHERE ${conditions}`, values: entries.map(([, value]) => value) };
}
