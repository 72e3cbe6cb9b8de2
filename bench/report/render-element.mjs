/**
 * Makes an element of a picture.
 *
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {readonly (string | object)[]} children A string is text.
 */
export function element(name, attributes = {}, ...children) {
  return { name, attributes, children };
}

/** Writes an element as XML. No text and no value of an attribute can become markup. */
export function renderElement({ name, attributes, children }) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(format(value))}"`);
  if (children.length === 0) return `<${name}${written.join('')}/>`;
  const inside = children.map((child) =>
    typeof child === 'string' ? escapeXml(child) : `\n${renderElement(child)}`,
  );
  const closing = children.some((child) => typeof child !== 'string') ? '\n' : '';
  return `<${name}${written.join('')}>${inside.join('')}${closing}</${name}>`;
}

function format(value) {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text) {
  // XML has no way at all to write most control characters.
  return text
    .replaceAll(/[^\t\n\r\u0020-\uFFFD]/g, ' ')
    .replaceAll(/[&<>"]/g, (character) => entities[character]);
}
