import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/pages/html.js';
import { decodeEntities } from '../support/browser.js';

describe('html', () => {
  it('leaves nothing of a text that could be markup, and nothing of it out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']/);
        expect(decodeEntities(markup)).toBe(text);
      }),
    );
  });

  it.each([
    ['<script>', '&lt;script&gt;'],
    ['&amp;', '&amp;amp;'],
    [`"'`, '&quot;&#39;'],
    [0, '0'],
  ])('writes %j as %s', (value, markup) => {
    expect(html`${value}`.markup).toBe(markup);
  });

  it('takes markup as it is, lists in order, and leaves out what is not there', () => {
    const items = ['<', html`<b>${'>'}</b>`, false, undefined, [1, ['2']]] as const;

    expect(html`<p>${items}</p>`.markup).toBe('<p>&lt;<b>&gt;</b>12</p>');
  });
});
