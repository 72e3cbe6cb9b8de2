import type { Request, Response } from 'express';
import type { Site } from '../../site.js';

/** A request of a browser and its answer, with the tenant it is for. */
export interface Exchange {
  readonly site: Site;
  readonly req: Request;
  readonly res: Response;
}

/** The host of the tenant, as its pages show it. */
export function shownHost({ issuer }: Site): string {
  return new URL(issuer).host;
}
