/** A resolve hook: the dependency `express` is the one installed as `express-4`. */
export function resolve(specifier, context, nextResolve) {
  if (specifier !== 'express') return nextResolve(specifier, context);
  return nextResolve('express-4', { ...context, parentURL: import.meta.url });
}
